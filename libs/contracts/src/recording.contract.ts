import { z } from 'zod';
import { request } from './contract.js';

/**
 * Asked by the simulator of a lockstep run that is recorded, every so often between two instants, when all that the
 * instants before brought is on the bus: who records answers when it has kept up, and has changed what was to change.
 */
export const simulationGate = request('sim.gate', {
  request: z.strictObject({
    /** Simulation time. */
    timeMs: z.number(),
  }),
  reply: z.strictObject({
    /** Somebody else decides from now on: the simulator asks whether all are ready. */
    disturbed: z.boolean(),
  }),
});

/**
 * Asked by who records while the simulator waits at the gate: xApps may be changed until the simulator asks who is ready.
 */
export const lockstepHold = request('ric.lockstep.hold', {
  request: z.strictObject({}),
  reply: z.strictObject({}),
});
