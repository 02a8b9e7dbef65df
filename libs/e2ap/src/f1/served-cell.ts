import {
  bitNumber,
  choice,
  enumerated,
  hexOctets,
  type Infer,
  integer,
  mapped,
  octetNumber,
  octetString,
  optional,
  sequence,
  sequenceOf,
  type Type,
} from '@ricochet/asn1';
import { type NrCgi, type SNssai } from '@ricochet/ran-types';
import { plmnIdentity } from '../types/plmn-identity.js';
import { extension, extensions, rawField } from './extensions.js';

const iesExtensions = { iesExtensions: optional(extensions) };

export const nrCgi: Type<NrCgi> = mapped(
  sequence({ plmn: plmnIdentity, nci: bitNumber(36), ...iesExtensions }, {}),
  {
    fromWire: ({ plmn, nci }) => ({ plmn, nci }),
    toWire: ({ plmn, nci }) => ({ plmn, nci }),
  },
);

const frequencyBand = integer({ min: 1, max: 1024, extensible: true });
const nrArfcn = integer({ min: 0, max: 3_279_165 });

/** PRBs of the bandwidths that TS 38.101 has; which they are by their place, then those that came later. */
const BANDWIDTHS = [
  ...[11, 18, 24, 25, 31, 32, 38, 51, 52, 65, 66, 78, 79, 93, 106, 107, 121, 132, 133, 135, 160, 162, 189],
  ...[216, 217, 245, 264, 270, 273],
];
const LATER_BANDWIDTHS = [33, 62, 124, 148, 248, 44, 58, 92, 119, 188, 242];
const nameOf = (prbs: number): string => `nrb${prbs}`;

const bandwidth = sequence(
  {
    nrScs: enumerated(['scs15', 'scs30', 'scs60', 'scs120'], { extensions: ['scs480', 'scs960'] }),
    nrNrb: enumerated(BANDWIDTHS.map(nameOf), { extensions: LATER_BANDWIDTHS.map(nameOf) }),
    ...iesExtensions,
  },
  {},
);

const frequency = sequence(
  {
    nrArfcn,
    sulInformation: optional(
      sequence({ sulNrArfcn: nrArfcn, sulTransmissionBandwidth: bandwidth, ...iesExtensions }, {}),
    ),
    frequencyBands: sequenceOf(
      sequence(
        {
          frequencyBand,
          sulBands: sequenceOf(sequence({ frequencyBand, ...iesExtensions }, {}), { min: 0, max: 32 }),
          ...iesExtensions,
        },
        {},
      ),
      { min: 1, max: 32 },
    ),
    ...iesExtensions,
  },
  {},
);

const nrMode = choice({
  fdd: sequence(
    {
      ulFrequency: frequency,
      dlFrequency: frequency,
      ulBandwidth: bandwidth,
      dlBandwidth: bandwidth,
      ...iesExtensions,
    },
    {},
  ),
  tdd: sequence({ frequency, bandwidth, ...iesExtensions }, {}),
  other: rawField,
});

/** Carriers by their width in PRBs, which may be any. */
const carriers = sequenceOf(
  sequence(
    {
      carrierScs: enumerated(['scs15', 'scs30', 'scs60', 'scs120'], { extensions: ['scs480', 'scs960'] }),
      offsetToCarrier: integer({ min: 0, max: 2199, extensible: true }),
      carrierBandwidth: integer({ min: 0, max: 275, extensible: true }),
      ...iesExtensions,
    },
    {},
  ),
  { min: 1, max: 5 },
);
const carrierList = extension(354, carriers);
const dlCarrierList = extension(389, carriers);

const slices = sequenceOf(
  sequence({
    sNssai: sequence({ sst: octetNumber(1), sd: optional(hexOctets(3)), ...iesExtensions }),
    ...iesExtensions,
  }),
  { min: 1, max: 1024 },
);
const taiSliceSupportList = extension(131, slices);

/** Served-Cell-Information (TS 38.473 clause 9.3.1.10). */
const wire = sequence(
  {
    nrCgi,
    nrPci: integer({ min: 0, max: 1007 }),
    fiveGsTac: optional(octetString(3)),
    configuredEpsTac: optional(octetString(2)),
    servedPlmns: sequenceOf(sequence({ plmn: plmnIdentity, ...iesExtensions }, {}), { min: 1, max: 6 }),
    nrMode,
    measurementTimingConfiguration: octetString(),
    ...iesExtensions,
  },
  {},
);

/** A cell that a gNB-DU serves, as far as a RIC needs it. */
export interface F1ServedCell {
  readonly nrCgi: NrCgi;
  /** Of the downlink carrier, 1 to 275. */
  readonly prbs: number;
  readonly sliceSupport: readonly SNssai[];
}

/** Where a simulated cell has nothing of its own to tell: band n78 around 3.5 GHz, and no measurement timing. */
const FREQUENCY = { nrArfcn: 633_333, frequencyBands: [{ frequencyBand: 78, sulBands: [] }] };
const NO_MEASUREMENT_TIMING = new Uint8Array(1);
const SCS = 'scs15' as const;

export const servedCell: Type<F1ServedCell> = mapped(wire, {
  fromWire: ({ nrCgi: cgi, servedPlmns, nrMode: mode }) => ({
    nrCgi: cgi,
    prbs: prbsOf(mode),
    sliceSupport: servedPlmns.flatMap(({ iesExtensions: all }) =>
      (taiSliceSupportList.in(all) ?? []).map(({ sNssai: { sst, sd } }) => ({
        sst,
        ...(sd !== undefined && { sd }),
      })),
    ),
  }),
  toWire({ nrCgi: cgi, prbs, sliceSupport }) {
    const list = sliceSupport.map(({ sst, sd }) => ({
      sNssai: { sst, ...(sd !== undefined && { sd }) },
    }));
    const nearest = BANDWIDTHS.find((size) => size >= prbs) ?? BANDWIDTHS.at(-1)!;
    const carrier = { carrierScs: SCS, offsetToCarrier: 0, carrierBandwidth: prbs } as const;
    return {
      nrCgi: cgi,
      nrPci: cgi.nci % 1008,
      servedPlmns: [
        { plmn: cgi.plmn, ...(list.length > 0 && { iesExtensions: [taiSliceSupportList.of(list)] }) },
      ],
      nrMode: {
        tdd: {
          frequency: FREQUENCY,
          bandwidth: { nrScs: SCS, nrNrb: nameOf(nearest) },
          iesExtensions: [carrierList.of([carrier])],
        },
      },
      measurementTimingConfiguration: NO_MEASUREMENT_TIMING,
    };
  },
});

function prbsOf(mode: Infer<typeof nrMode>): number {
  if ('other' in mode) throw new Error('expected FDD or TDD');
  const isTdd = 'tdd' in mode;
  const carrier = isTdd ? carrierList.in(mode.tdd.iesExtensions) : dlCarrierList.in(mode.fdd.iesExtensions);
  const { nrNrb } = isTdd ? mode.tdd.bandwidth : mode.fdd.dlBandwidth;
  return carrier?.[0]?.carrierBandwidth ?? Number(nrNrb.replace('nrb', ''));
}
