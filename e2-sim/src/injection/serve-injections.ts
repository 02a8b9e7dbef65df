import { type Bus } from '@ricochet/bus';
import { simulationInject } from '@ricochet/contracts';
import { RicochetError } from '@ricochet/platform';
import { type EventPlayer } from '../events/event-player.js';

/** A lockstep run repeats to the bit: nobody's hand may be in it. */
export class InjectionRefused extends RicochetError {
  constructor() {
    super('INJECTION_REFUSED', 'a run in lockstep plays its scenario and nothing else');
  }
}

/** Lets events come in from outside, in real time. */
export function serveInjections(
  bus: Pick<Bus, 'serve'>,
  events: Pick<EventPlayer, 'inject'>,
  mode: 'real-time' | 'lockstep',
): void {
  bus.serve(simulationInject, ({ event }) => {
    if (mode === 'lockstep') throw new InjectionRefused();
    return events.inject(event);
  });
}
