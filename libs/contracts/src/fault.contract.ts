import { z } from 'zod';
import { request, type RequestOf } from './contract.js';
import { xAppNameSchema } from './xapp.contract.js';

/** The longest that a timer of Node takes. */
export const MAX_FAULT_LIMIT_MS = 2 ** 31 - 1;

/**
 * Asked by the simulator whenever that changes: what its scenario has go wrong inside the RIC from now on. Nothing is
 * broken in earnest, so that simulation time tells what befalls which report.
 */
export const ricFaults = request('ric.faults', {
  request: z.strictObject({
    /** xApps that the bus brings no reports; all else goes on. */
    cutOff: z.union([z.literal('all'), z.array(xAppNameSchema)]),
    /** A1 is out: policies are neither taken nor told of. */
    a1Out: z.boolean(),
    /** Wall time after which all is well, should the simulator say nothing any more; absent: it alone says so. */
    limitMs: z.int().positive().max(MAX_FAULT_LIMIT_MS).optional(),
  }),
  reply: z.strictObject({}),
});
export type RicFaults = RequestOf<typeof ricFaults>;
