import { z } from 'zod';
import { causeSchema } from '../cause.js';
import { octetsSchema, ranFunctionIdSchema, ricRequestIdSchema } from '../ids.js';

const key = { ricRequestId: ricRequestIdSchema, ranFunctionId: ranFunctionIdSchema };

/** RIC CONTROL REQUEST (clause 9.1.1.8). */
export const ricControlRequestSchema = z.strictObject({
  ...key,
  ricCallProcessId: octetsSchema.optional(),
  ricControlHeader: octetsSchema,
  ricControlMessage: octetsSchema,
  ricControlAckRequest: z.enum(['noAck', 'ack']).optional(),
});
export type RicControlRequest = z.infer<typeof ricControlRequestSchema>;

/** RIC CONTROL ACKNOWLEDGE (clause 9.1.1.9). */
export const ricControlAcknowledgeSchema = z.strictObject({
  ...key,
  ricCallProcessId: octetsSchema.optional(),
  ricControlOutcome: octetsSchema.optional(),
});
export type RicControlAcknowledge = z.infer<typeof ricControlAcknowledgeSchema>;

/** RIC CONTROL FAILURE (clause 9.1.1.10). */
export const ricControlFailureSchema = z.strictObject({
  ...key,
  ricCallProcessId: octetsSchema.optional(),
  cause: causeSchema,
  ricControlOutcome: octetsSchema.optional(),
});
export type RicControlFailure = z.infer<typeof ricControlFailureSchema>;
