import type { ScenarioEvent } from './event.schema.js';
import type { Scenario } from './scenario.schema.js';

/** The events by time; those of one instant in the order of the file. */
export function timeLine({ events }: Scenario): readonly ScenarioEvent[] {
  return events.toSorted((one, other) => one.atMs - other.atMs);
}
