import { choice, enumerated, integer, sequence } from '@ricochet/asn1';

/** Logical and transport channels of E-UTRA RRC messages (TS 36.331 clause 6.2.1). */
const rrcClassLte = enumerated(
  [
    'bcch-bch',
    'bcch-bch-mbms',
    'bcch-dl-sch',
    'bcch-dl-sch-br',
    'bcch-dl-sch-mbms',
    'mcch',
    'pcch',
    'dl-ccch',
    'dl-dcch',
    'ul-ccch',
    'ul-dcch',
    'sc-mcch',
  ],
  { extensions: [] },
);

/** Logical and transport channels of NR RRC messages (TS 38.331 clause 6.2.1). */
const rrcClassNr = enumerated(
  ['bcch-bch', 'bcch-dl-sch', 'dl-ccch', 'dl-dcch', 'pcch', 'ul-ccch', 'ul-ccch1', 'ul-dcch'],
  { extensions: [] },
);

/** RRC Message ID (E2SM): the class of the message and its index in that class. */
export const rrcMessageId = sequence(
  { rrcType: choice({ lte: rrcClassLte, nr: rrcClassNr }, {}), messageId: integer() },
  {},
);
