import { enumerated, type Infer, integer, optional, sequence, sequenceOf } from '@ricochet/asn1';
import { ricRequestId } from './ids.js';

const criticality = enumerated(['reject', 'ignore', 'notify']);

/** What of a message was not understood or missing (clause 9.2.2). */
export const criticalityDiagnostics = sequence(
  {
    procedureCode: optional(integer({ min: 0, max: 255 })),
    triggeringMessage: optional(
      enumerated(['initiating-message', 'successful-outcome', 'unsuccessful-outcome']),
    ),
    procedureCriticality: optional(criticality),
    ricRequestId: optional(ricRequestId),
    iesCriticalityDiagnostics: optional(
      sequenceOf(
        sequence(
          {
            ieCriticality: criticality,
            ieId: integer({ min: 0, max: 65_535 }),
            typeOfError: enumerated(['not-understood', 'missing'], { extensions: [] }),
          },
          {},
        ),
        { min: 1, max: 256 },
      ),
    ),
  },
  {},
);
export type CriticalityDiagnostics = Infer<typeof criticalityDiagnostics>;
