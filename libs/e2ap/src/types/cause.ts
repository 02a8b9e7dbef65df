import { choice, enumerated, type Infer } from '@ricochet/asn1';

/** Every group can grow: values that are newer than this schema come as `unknown-<index>`. */
const open = { extensions: [], keepUnknown: true } as const;

/** Why a procedure failed (E2AP clause 9.2.1), as the CHOICE of its groups. */
export const cause = choice(
  {
    ricRequest: enumerated(
      [
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
      ],
      {
        // Since v3.00.
        extensions: [
          'ric-subscription-end-time-expired',
          'ric-subscription-end-time-invalid',
          'duplicate-ric-request-id',
          'event-trigger-not-supported',
          'requested-information-unavailable',
          'invalid-information-request',
        ],
        keepUnknown: true,
      },
    ),
    ricService: enumerated(['ran-function-not-supported', 'excessive-functions', 'ric-resource-limit'], open),
    e2Node: enumerated(['e2node-component-unknown'], open),
    transport: enumerated(['unspecified', 'transport-resource-unavailable'], open),
    protocol: enumerated(
      [
        'transfer-syntax-error',
        'abstract-syntax-error-reject',
        'abstract-syntax-error-ignore-and-notify',
        'message-not-compatible-with-receiver-state',
        'semantic-error',
        'abstract-syntax-error-falsely-constructed-message',
        'unspecified',
      ],
      open,
    ),
    misc: enumerated(
      ['control-processing-overload', 'hardware-failure', 'om-intervention', 'unspecified'],
      open,
    ),
  },
  {},
);
export type Cause = Infer<typeof cause>;

/** `ricRequest/control-message-invalid`: for people. */
export function formatCause(value: Cause): string {
  const [[group, reason]] = Object.entries(value) as [[string, string]];
  return `${group}/${reason}`;
}
