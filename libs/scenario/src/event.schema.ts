import { SLICE_TYPES } from '@ricochet/ran-types';
import { z } from 'zod';
import { e2FaultSchemas } from './e2-fault.schema.js';
import { cells, durationMs } from './schema-parts.js';

/* Events of the time line. */

const timed = { at: durationMs };
const slice = z.enum(SLICE_TYPES);
const nonNegative = z.number().nonnegative();

/** Multiplies a slice's offered load by `factor`; all cells when absent. */
const surge = z
  .strictObject({
    ...timed,
    kind: z.literal('surge'),
    slice,
    cells: cells.optional(),
    factor: nonNegative,
    duration: durationMs,
    /** Time to rise to the factor, and again to fall from it, within the duration. */
    ramp: durationMs.default(0),
  })
  .transform(({ at, duration, ramp, ...event }) => ({
    ...event,
    atMs: at,
    durationMs: duration,
    rampMs: ramp,
  }));

/** Switches DUs off or on; their UEs' data waits. */
const cellPower = z
  .strictObject({ ...timed, kind: z.enum(['cell-off', 'cell-on']), cells })
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

/** `count` UEs in each of the cells join a slice or leave it. */
const ueCount = z
  .strictObject({
    ...timed,
    kind: z.enum(['ue-arrival', 'ue-departure']),
    cells,
    slice,
    count: z.int().min(1),
  })
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

/** New speeds for the UEs of the cells; all cells when absent. */
const mobility = z
  .strictObject({
    ...timed,
    kind: z.literal('mobility'),
    cells: cells.optional(),
    speedMinMps: nonNegative,
    speedMaxMps: nonNegative,
  })
  .refine(({ speedMinMps, speedMaxMps }) => speedMinMps <= speedMaxMps, {
    path: ['speedMaxMps'],
    error: 'expected at least speedMinMps',
  })
  .transform(({ at, ...event }) => ({ ...event, atMs: at }));

/** Raises the noise at the UEs of the cells. */
const interference = z
  .strictObject({
    ...timed,
    kind: z.literal('interference'),
    cells,
    noiseRiseDb: nonNegative,
    duration: durationMs,
  })
  .transform(({ at, duration, ...event }) => ({ ...event, atMs: at, durationMs: duration }));

/** The connection of the DUs to the RIC is lost; the radio network goes on. For the simulator to play. */
const e2Disconnect = z
  .strictObject({ ...timed, kind: z.literal('e2-disconnect'), cells, duration: durationMs })
  .transform(({ at, duration, ...event }) => ({ ...event, atMs: at, durationMs: duration }));

/** The DUs reset E2: they forget their subscriptions and say so. For the simulator to play. */
const e2Reset = z
  .strictObject({ ...timed, kind: z.literal('e2-reset'), cells })
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
]);

export type ScenarioEvent = z.output<typeof eventSchema>;
