import { type Bus } from '@ricochet/bus';
import { positionsWanted, simulationPositions } from '@ricochet/contracts';
import { type Simulation } from '../simulation.js';

const PERIOD_MS = 500;
/** Who looks says so more often. */
const TOLD_FOR_PERIODS = 10;

/** Tells positions for as long as somebody asks for them, by the wall clock; otherwise it costs nothing. */
export function tellPositions(
  bus: Pick<Bus, 'subscribe' | 'publish'>,
  simulation: Pick<Simulation, 'positions'>,
): void {
  let periodsLeft = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    bus.publish(simulationPositions, simulation.positions());
    periodsLeft -= 1;
    if (periodsLeft > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  bus.subscribe(positionsWanted, () => {
    periodsLeft = TOLD_FOR_PERIODS;
    if (timer !== undefined) return;
    timer = setInterval(tell, PERIOD_MS).unref();
    tell();
  });
}
