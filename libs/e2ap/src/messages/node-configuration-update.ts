import { z } from 'zod';
import { causeSchema } from '../cause.js';
import { globalE2NodeIdSchema, transactionIdSchema } from '../ids.js';
import {
  componentAcknowledgeItemSchema,
  componentConfigurationItemSchema,
  timeToWaitSchema,
} from './e2-setup.js';

/** E2 NODE CONFIGURATION UPDATE (clause 9.1.2.10): components that changed. */
export const nodeConfigurationUpdateSchema = z.strictObject({
  transactionId: transactionIdSchema,
  globalE2NodeId: globalE2NodeIdSchema.optional(),
  componentConfigurationUpdate: z.array(componentConfigurationItemSchema),
});
export type NodeConfigurationUpdate = z.infer<typeof nodeConfigurationUpdateSchema>;

/** E2 NODE CONFIGURATION UPDATE ACKNOWLEDGE (clause 9.1.2.11). */
export const nodeConfigurationUpdateAckSchema = z.strictObject({
  transactionId: transactionIdSchema,
  componentConfigurationUpdateAck: z.array(componentAcknowledgeItemSchema),
});
export type NodeConfigurationUpdateAck = z.infer<typeof nodeConfigurationUpdateAckSchema>;

/** E2 NODE CONFIGURATION UPDATE FAILURE (clause 9.1.2.12). */
export const nodeConfigurationUpdateFailureSchema = z.strictObject({
  transactionId: transactionIdSchema,
  cause: causeSchema,
  timeToWait: timeToWaitSchema.optional(),
});
export type NodeConfigurationUpdateFailure = z.infer<typeof nodeConfigurationUpdateFailureSchema>;
