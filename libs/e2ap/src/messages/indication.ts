import { z } from 'zod';
import { octetsSchema, ranFunctionIdSchema, ricActionIdSchema, ricRequestIdSchema } from '../ids.js';

/** RIC INDICATION (clause 9.1.1.7). */
export const ricIndicationSchema = z.strictObject({
  ricRequestId: ricRequestIdSchema,
  ranFunctionId: ranFunctionIdSchema,
  ricActionId: ricActionIdSchema,
  /** Counts the report periods of the action modulo 65536, those that could not be sent too. */
  ricIndicationSn: z.int().min(0).max(65_535).optional(),
  ricIndicationType: z.enum(['report', 'insert']),
  ricIndicationHeader: octetsSchema,
  ricIndicationMessage: octetsSchema,
  ricCallProcessId: octetsSchema.optional(),
});
export type RicIndication = z.infer<typeof ricIndicationSchema>;
