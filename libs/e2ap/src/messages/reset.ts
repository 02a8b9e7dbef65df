import { z } from 'zod';
import { causeSchema } from '../cause.js';
import { transactionIdSchema } from '../ids.js';

/** RESET REQUEST (clause 9.1.2.5): the sender has forgotten every subscription and asks the peer to do so. */
export const resetRequestSchema = z.strictObject({ transactionId: transactionIdSchema, cause: causeSchema });
export type ResetRequest = z.infer<typeof resetRequestSchema>;

/** RESET RESPONSE (clause 9.1.2.6). */
export const resetResponseSchema = z.strictObject({ transactionId: transactionIdSchema });
export type ResetResponse = z.infer<typeof resetResponseSchema>;
