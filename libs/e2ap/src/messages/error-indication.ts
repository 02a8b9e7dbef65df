import { z } from 'zod';
import { causeSchema } from '../cause.js';
import { ranFunctionIdSchema, ricRequestIdSchema, transactionIdSchema } from '../ids.js';

/** ERROR INDICATION (clause 9.1.2.1): about a message that no failure message can answer. */
export const errorIndicationSchema = z.strictObject({
  transactionId: transactionIdSchema.optional(),
  ricRequestId: ricRequestIdSchema.optional(),
  ranFunctionId: ranFunctionIdSchema.optional(),
  cause: causeSchema.optional(),
});
export type ErrorIndication = z.infer<typeof errorIndicationSchema>;
