import { SLICE_TYPES } from '@ricochet/ran-types';
import { z } from 'zod';
import { e2FaultSchemas } from './e2-fault.schema.js';
import { ricFaultSchemas } from './ric-fault.schema.js';
import { cells, durationMs } from './schema-parts.js';

/* Events of the time line; the simulator plays them. The descriptions go into the JSON Schema. */

const timed = { at: durationMs.describe('simulation time') };
const slice = z.enum(SLICE_TYPES);
const nonNegative = z.number().nonnegative();

const surge = z
  .strictObject({
    ...timed,
    kind: z.literal('surge'),
    slice,
    cells: cells.optional(),
    factor: nonNegative,
    duration: durationMs,
    ramp: durationMs
      .default(0)
      .describe('time to rise to the factor, and again to fall, within the duration'),
  })
  .describe("multiplies a slice's offered load by the factor; at all cells without them")
  .transform(({ at, duration, ramp, ...event }) => ({
    ...event,
    atMs: at,
    durationMs: duration,
    rampMs: ramp,
  }));

const cellPower = z
  .strictObject({ ...timed, kind: z.enum(['cell-off', 'cell-on']), cells })
  .describe("switches DUs off or on; their UEs' data waits")
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

const ueCount = z
  .strictObject({
    ...timed,
    kind: z.enum(['ue-arrival', 'ue-departure']),
    cells,
    slice,
    count: z.int().min(1),
  })
  .describe('so many UEs in each of the cells join a slice or leave it')
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

const mobility = z
  .strictObject({
    ...timed,
    kind: z.literal('mobility'),
    cells: cells.optional(),
    speedMinMps: nonNegative,
    speedMaxMps: nonNegative,
  })
  .describe('new speeds, m/s, for the UEs of the cells; of all without them')
  .refine(({ speedMinMps, speedMaxMps }) => speedMinMps <= speedMaxMps, {
    path: ['speedMaxMps'],
    error: 'expected at least speedMinMps',
  })
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

const interference = z
  .strictObject({
    ...timed,
    kind: z.literal('interference'),
    cells,
    noiseRiseDb: nonNegative,
    duration: durationMs,
  })
  .describe('raises the noise at the UEs of the cells')
  .transform(({ at, duration, ...event }) => ({ ...event, atMs: at, durationMs: duration }));

const e2Disconnect = z
  .strictObject({ ...timed, kind: z.literal('e2-disconnect'), cells, duration: durationMs })
  .describe('the connection of the DUs to the RIC is lost; the radio network goes on')
  .transform(({ at, duration, ...event }) => ({ ...event, atMs: at, durationMs: duration }));

const e2Reset = z
  .strictObject({ ...timed, kind: z.literal('e2-reset'), cells })
  .describe('the DUs reset E2: they forget their subscriptions and say so')
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

export const eventSchema = z.discriminatedUnion('kind', [
  surge,
  cellPower,
  ueCount,
  mobility,
  interference,
  e2Disconnect,
  e2Reset,
  ...e2FaultSchemas,
  ...ricFaultSchemas,
]);

export type ScenarioEvent = z.output<typeof eventSchema>;

/** The cells that an event names; `undefined`: it names none. */
export function cellsOf(event: ScenarioEvent): readonly number[] | undefined {
  return 'cells' in event ? event.cells : undefined;
}
