import { type Bus, type Unsubscribe } from '@ricochet/bus';
import { controlEffect, controlRequest, type ControlEffect, type RanControl } from '@ricochet/contracts';
import { messageOf, type Logger } from '@ricochet/platform';
import { controlOf, type Control, type ControlResult } from './control.js';
import { EffectBook } from './effect-book.js';
import { UnderWay } from './under-way.js';

const REQUEST_TIMEOUT_MS = 2_000;
/** In lockstep the RIC may wait for what other xApps ask for at the same instant. */
const LOCKSTEP_REQUEST_TIMEOUT_MS = 60_000;

export interface ControlDoorOptions {
  readonly bus: Bus;
  readonly name: string;
  readonly instance: string;
  readonly log: Logger;
  readonly onEffect?: ((effect: ControlEffect) => void) | undefined;
  /** It has begun to listen to effects: the RIC is to tell them. */
  readonly onListening: () => void;
}

/** The report that a control answers, if there is one. */
export interface ControlOccasion {
  readonly callProcessId?: string | undefined;
  /** Simulation time waits. */
  readonly lockstep?: boolean;
}

/** Asks the RIC for controls, and hears what they did. */
export class ControlDoor {
  private sequence = 0;
  private readonly underWay = new UnderWay();
  private readonly effects = new EffectBook();
  private listening: Unsubscribe | undefined;

  constructor(private readonly options: ControlDoorOptions) {}

  control(nodeId: string, control: RanControl, about: ControlOccasion = {}): Control {
    const acknowledgement = this.ask(nodeId, control, about);
    this.underWay.add(acknowledgement);
    return controlOf(acknowledgement, () => {
      this.listen();
      return this.effects.of({ nodeId, kind: control.kind, acknowledgement });
    });
  }

  /** All that was asked has been answered. */
  async idle(): Promise<void> {
    await this.underWay.idle();
  }

  stop(): void {
    this.listening?.();
    this.effects.close();
  }

  get isListening(): boolean {
    return this.listening !== undefined;
  }

  /** Hears effects from now on; they come as often as controls go, so only to who wants them. */
  listen(): void {
    if (this.isListening) return;
    const { bus, name, onEffect, onListening } = this.options;
    this.listening = bus.subscribe(controlEffect(name), (effect) => {
      this.effects.take(effect);
      onEffect?.(effect);
    });
    onListening();
  }

  private async ask(
    nodeId: string,
    control: RanControl,
    { callProcessId, lockstep }: ControlOccasion,
  ): Promise<ControlResult> {
    const { bus, name, instance, log } = this.options;
    const sequence = ++this.sequence;
    const request = { instance, sequence, nodeId, callProcessId, control };
    const result = await bus
      .request(controlRequest(name), request, lockstep ? LOCKSTEP_REQUEST_TIMEOUT_MS : REQUEST_TIMEOUT_MS)
      .catch((error: unknown): ControlResult => ({
        controlId: `${name}-${sequence}`,
        outcome: 'timed-out',
        cause: messageOf(error),
      }));
    if (result.outcome !== 'acknowledged') {
      log.warn(`${control.kind} at ${nodeId} ${result.outcome}: ${result.cause}`);
    }
    return result;
  }
}
