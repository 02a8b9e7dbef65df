import { z } from 'zod';
import { causeSchema } from '../cause.js';
import { octetsSchema, ranFunctionIdSchema, ricActionIdSchema, ricRequestIdSchema } from '../ids.js';

const ricActionSchema = z.strictObject({
  ricActionId: ricActionIdSchema,
  ricActionType: z.enum(['report', 'insert', 'policy']),
  ricActionDefinition: octetsSchema.optional(),
});
export type RicAction = z.infer<typeof ricActionSchema>;

const key = { ricRequestId: ricRequestIdSchema, ranFunctionId: ranFunctionIdSchema };

/** RIC SUBSCRIPTION REQUEST (clause 9.1.1.1). */
export const ricSubscriptionRequestSchema = z.strictObject({
  ...key,
  ricEventTriggerDefinition: octetsSchema,
  ricActionsToBeSetup: z.array(ricActionSchema).min(1).max(16),
});
export type RicSubscriptionRequest = z.infer<typeof ricSubscriptionRequestSchema>;

/** RIC SUBSCRIPTION RESPONSE (clause 9.1.1.2). */
export const ricSubscriptionResponseSchema = z.strictObject({
  ...key,
  ricActionsAdmitted: z.array(ricActionIdSchema).min(1),
  ricActionsNotAdmitted: z.array(z.strictObject({ ricActionId: ricActionIdSchema, cause: causeSchema })),
});
export type RicSubscriptionResponse = z.infer<typeof ricSubscriptionResponseSchema>;

/** RIC SUBSCRIPTION FAILURE (clause 9.1.1.3). */
export const ricSubscriptionFailureSchema = z.strictObject({ ...key, cause: causeSchema });
export type RicSubscriptionFailure = z.infer<typeof ricSubscriptionFailureSchema>;

/** RIC SUBSCRIPTION DELETE REQUEST and RESPONSE (clauses 9.1.1.4 and 9.1.1.5). */
export const ricSubscriptionDeleteSchema = z.strictObject(key);
export type RicSubscriptionDelete = z.infer<typeof ricSubscriptionDeleteSchema>;

/** RIC SUBSCRIPTION DELETE FAILURE (clause 9.1.1.6). */
export const ricSubscriptionDeleteFailureSchema = z.strictObject({ ...key, cause: causeSchema });
export type RicSubscriptionDeleteFailure = z.infer<typeof ricSubscriptionDeleteFailureSchema>;
