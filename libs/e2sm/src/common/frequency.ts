import { choice, enumerated, integer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';

const frequencyBand = integer({ min: 1, max: 1024, extensible: true });

/** NR-ARFCN (TS 38.473 clause 9.3.1.17). */
export const nrArfcn = soleField(integer({ min: 0, max: 3_279_165 }));

/** NR Frequency Info (TS 38.473 clause 9.3.1.17). */
export const nrFrequencyInfo = sequence(
  {
    nrArfcn,
    frequencyBands: sequenceOf(
      sequence(
        {
          frequencyBand,
          supplementaryUplinkBands: sequenceOf(soleField(frequencyBand), { min: 0, max: 32 }),
        },
        {},
      ),
      { min: 1, max: 32 },
    ),
    frequencyShift7p5khz: optional(enumerated(['false', 'true'], { extensions: [] })),
  },
  {},
);

/** Serving cell's ARFCN (E2SM). */
export const servingCellArfcn = choice({ nr: nrArfcn, eutra: integer({ min: 0, max: 65_535 }) }, {});

/** Serving cell's physical cell id (E2SM). */
export const servingCellPci = choice(
  { nr: integer({ min: 0, max: 1007 }), eutra: integer({ min: 0, max: 503, extensible: true }) },
  {},
);
