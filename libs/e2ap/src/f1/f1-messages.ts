import {
  bitString,
  choice,
  enumerated,
  ie,
  ieList,
  ieMessage,
  type Infer,
  integer,
  octetString,
  optional,
  printableString,
  sequence,
} from '@ricochet/asn1';
import { extensions, rawField } from './extensions.js';
import { nrCgi, servedCell } from './served-cell.js';

/** Codes of the elementary procedures that are read (TS 38.473 clause 9.4.7). */
export const F1_PROCEDURE = { setup: 1, duConfigurationUpdate: 3 } as const;

const message = sequence({
  procedureCode: integer({ min: 0, max: 255 }),
  criticality: enumerated(['reject', 'ignore', 'notify']),
  value: octetString(),
});

/** F1AP-PDU (clause 9.4.3), the message in octets. */
export const f1apPdu = choice({
  initiatingMessage: message,
  successfulOutcome: message,
  unsuccessfulOutcome: message,
  other: rawField,
});
export type F1apPdu = Infer<typeof f1apPdu>;

const transaction = { transactionId: ie(78, 'reject', integer({ min: 0, max: 255, extensible: true })) };
const gnbDuId = integer({ min: 0, max: 2 ** 36 - 1 });
const rrcVersion = sequence(
  { latestRrcVersion: bitString({ min: 3, max: 3 }), iesExtensions: optional(extensions) },
  {},
);

const servedCells = ieList(
  ie(
    43,
    'reject',
    sequence(
      {
        servedCell,
        systemInformation: optional(
          sequence({ mib: octetString(), sib1: octetString(), iesExtensions: optional(extensions) }, {}),
        ),
        iesExtensions: optional(extensions),
      },
      {},
    ),
  ),
  { min: 1, max: 512 },
);

/** F1 SETUP REQUEST (clause 9.2.1.4). */
export const f1SetupRequest = ieMessage({
  ...transaction,
  gnbDuId: ie(42, 'reject', gnbDuId),
  gnbDuName: ie(45, 'ignore', printableString({ min: 1, max: 150, extensible: true }), 'optional'),
  servedCells: ie(44, 'reject', servedCells, 'optional'),
  gnbDuRrcVersion: ie(171, 'reject', rrcVersion),
});

/** F1 SETUP RESPONSE (clause 9.2.1.5). */
export const f1SetupResponse = ieMessage({
  ...transaction,
  gnbCuRrcVersion: ie(170, 'reject', rrcVersion),
});

const cellStatuses = ieList(
  ie(
    88,
    'reject',
    sequence(
      {
        nrCgi,
        serviceStatus: sequence(
          {
            serviceState: enumerated(['in-service', 'out-of-service'], { extensions: [] }),
            switchingOffOngoing: optional(enumerated(['true'], { extensions: [] })),
            iesExtensions: optional(extensions),
          },
          {},
        ),
        iesExtensions: optional(extensions),
      },
      {},
    ),
  ),
  { min: 0, max: 512 },
);

/** GNB-DU CONFIGURATION UPDATE (clause 9.2.1.7): which cells are in service. */
export const duConfigurationUpdate = ieMessage({
  ...transaction,
  cellStatuses: ie(89, 'reject', cellStatuses, 'optional'),
  gnbDuId: ie(42, 'reject', gnbDuId, 'optional'),
});

/** GNB-DU CONFIGURATION UPDATE ACKNOWLEDGE (clause 9.2.1.8). */
export const duConfigurationUpdateAcknowledge = ieMessage(transaction);
