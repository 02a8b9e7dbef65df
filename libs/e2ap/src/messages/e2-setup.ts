import { z } from 'zod';
import { causeSchema } from '../cause.js';
import {
  globalE2NodeIdSchema,
  globalRicIdSchema,
  octetsSchema,
  ranFunctionIdSchema,
  transactionIdSchema,
} from '../ids.js';

/** A RAN function that a node offers: the service model by OID, and its definition in the model's own encoding. */
export const ranFunctionItemSchema = z.strictObject({
  ranFunctionId: ranFunctionIdSchema,
  ranFunctionDefinition: octetsSchema,
  ranFunctionRevision: z.int().min(0).max(4095),
  ranFunctionOid: z.string(),
});
export type RanFunctionItem = z.infer<typeof ranFunctionItemSchema>;

/** One component of the node and its configuration on its interface (clause 9.2.27). */
export const componentConfigurationItemSchema = z.strictObject({
  interfaceType: z.enum(['ng', 'xn', 'e1', 'f1', 'w1', 's1', 'x2']),
  /** Id of the component on that interface: the gNB-DU id on F1. */
  componentId: z.string(),
  requestPart: octetsSchema,
  responsePart: octetsSchema,
});
export type ComponentConfigurationItem = z.infer<typeof componentConfigurationItemSchema>;

export const componentAcknowledgeItemSchema = z.strictObject({
  interfaceType: componentConfigurationItemSchema.shape.interfaceType,
  componentId: z.string(),
  outcome: z.enum(['success', 'failure']),
  cause: causeSchema.optional(),
});

/** E2 SETUP REQUEST (clause 9.1.2.2). */
export const e2SetupRequestSchema = z.strictObject({
  transactionId: transactionIdSchema,
  globalE2NodeId: globalE2NodeIdSchema,
  ranFunctionsAdded: z.array(ranFunctionItemSchema),
  componentConfigurationAddition: z.array(componentConfigurationItemSchema),
});
export type E2SetupRequest = z.infer<typeof e2SetupRequestSchema>;

/** E2 SETUP RESPONSE (clause 9.1.2.3). */
export const e2SetupResponseSchema = z.strictObject({
  transactionId: transactionIdSchema,
  globalRicId: globalRicIdSchema,
  ranFunctionsAccepted: z.array(
    z.strictObject({ ranFunctionId: ranFunctionIdSchema, ranFunctionRevision: z.int().min(0).max(4095) }),
  ),
  ranFunctionsRejected: z.array(z.strictObject({ ranFunctionId: ranFunctionIdSchema, cause: causeSchema })),
  componentConfigurationAdditionAck: z.array(componentAcknowledgeItemSchema),
});
export type E2SetupResponse = z.infer<typeof e2SetupResponseSchema>;

/** Seconds to wait before another attempt (clause 9.2.5). */
export const timeToWaitSchema = z.enum(['v1s', 'v2s', 'v5s', 'v10s', 'v20s', 'v60s']);
export type TimeToWait = z.infer<typeof timeToWaitSchema>;

/** E2 SETUP FAILURE (clause 9.1.2.4). */
export const e2SetupFailureSchema = z.strictObject({
  transactionId: transactionIdSchema,
  cause: causeSchema,
  timeToWait: timeToWaitSchema.optional(),
});
export type E2SetupFailure = z.infer<typeof e2SetupFailureSchema>;
