import { z } from 'zod';

/** Why a procedure failed (E2AP clause 9.2.1), as the CHOICE of its groups. */
export const causeSchema = z.union([
  z.strictObject({
    ricRequest: z.enum([
      'ran-function-id-invalid',
      'action-not-supported',
      'excessive-actions',
      'duplicate-action',
      'duplicate-event-trigger',
      'function-resource-limit',
      'request-id-unknown',
      'inconsistent-action-subsequent-action-sequence',
      'control-message-invalid',
      'ric-call-process-id-invalid',
      'control-timer-expired',
      'control-failed-to-execute',
      'system-not-ready',
      'unspecified',
    ]),
  }),
  z.strictObject({
    ricService: z.enum(['ran-function-not-supported', 'excessive-functions', 'ric-resource-limit']),
  }),
  z.strictObject({ e2Node: z.enum(['e2node-component-unknown']) }),
  z.strictObject({ transport: z.enum(['unspecified', 'transport-resource-unavailable']) }),
  z.strictObject({
    protocol: z.enum([
      'transfer-syntax-error',
      'abstract-syntax-error-reject',
      'abstract-syntax-error-ignore-and-notify',
      'message-not-compatible-with-receiver-state',
      'semantic-error',
      'abstract-syntax-error-falsely-constructed-message',
      'unspecified',
    ]),
  }),
  z.strictObject({
    misc: z.enum(['control-processing-overload', 'hardware-failure', 'om-intervention', 'unspecified']),
  }),
]);
export type Cause = z.infer<typeof causeSchema>;

/** `ricRequest/control-message-invalid`: for people. */
export function formatCause(cause: Cause): string {
  const [[group, value]] = Object.entries(cause) as [[string, string]];
  return `${group}/${value}`;
}
