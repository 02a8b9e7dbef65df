import type { SliceType } from '@ricochet/ran-types';
import { z } from 'zod';
import { switchable } from './schema-parts.js';

/*
 * The radio network as the scenario file gives it: any part of the radio model's configuration, on top of
 * its preset, in its names and units. Here stand the keys and the kinds of values; the ranges are the
 * radio model's to judge (`checkNetwork` of `parseScenario`). A spec of `libs/control`, which may import
 * both rooms, holds this schema to the radio's own type.
 */

const real = z.number().optional();
const whole = z.int().optional();
const flag = z.boolean().optional();
const oneOf = <const T extends readonly string[]>(words: T) => z.enum(words).optional();

const bySlice = <T extends z.ZodType>(part: T) =>
  z
    .strictObject({ eMBB: part, mMTC: part, URLLC: part } satisfies Record<SliceType, T>)
    .partial()
    .optional();

const layout = z.strictObject({
  kind: oneOf(['hexagonal', 'grid']),
  interSiteDistanceM: real,
  wrapAround: flag,
  siteHeightM: real,
  ueHeightM: real,
  minDistanceM: real,
});

const mobility = z.strictObject({
  speedMinMps: real,
  speedMaxMps: real,
  turnPeriodMs: whole,
  area: oneOf(['cell', 'network']),
});

const fading = z.strictObject({
  model: oneOf(['ar1', 'sum-of-sinusoids', 'none']),
  subbands: whole,
  periodMs: whole,
  ricianKDb: real,
});

const channel = z.strictObject({
  carrierGhz: real,
  txPowerDbm: real,
  antennaGainDbi: real,
  noiseDbmPerHz: real,
  noiseFigureDb: real,
  pathLoss: oneOf(['exponent', 'UMa', 'UMi', 'RMa', 'InH']),
  referenceLossDb: real,
  pathLossExponent: real,
  shadowing: switchable(
    z.strictObject({
      sigmaDb: z.number().nullable().optional(),
      correlationM: z.number().nullable().optional(),
    }),
  ),
  fading: fading.optional(),
  interference: oneOf(['used-prbs', 'full', 'none', 'literal']),
  outdoorToIndoor: switchable(z.strictObject({ indoorRatio: real, loss: oneOf(['low', 'high']) })),
});

const link = z.strictObject({
  rate: oneOf(['shannon', 'mcs']),
  maxSpectralEfficiency: real,
  codingEfficiency: real,
  pdschSymbols: whole,
  dmrsRePerPrb: whole,
  overheadRePerPrb: whole,
  layers: whole,
  blerTarget: real,
  blerSlopePerDb: real,
  outerLoopStepDb: real,
  cqiDelayed: flag,
  harq: switchable(z.strictObject({ maxTransmissions: whole, roundTripMs: whole })),
});

const handover = z.strictObject({ offsetDb: real, hysteresisDb: real, timeToTriggerMs: whole });

const traffic = z.strictObject({
  referenceCapacityMbps: real,
  mixJitterSigma: real,
  ueWeightSigma: real,
  modulation: switchable(z.strictObject({ depth: real, periodMinS: real, periodMaxS: real })),
  surges: switchable(
    z.strictObject({ meanIntervalS: real, durationMinS: real, durationMaxS: real, factor: real }),
  ),
});

const slice = z.strictObject({
  snssai: z
    .strictObject({
      sst: z.int().min(0).max(255),
      sd: z
        .string()
        .regex(/^[0-9a-f]{6}$/i)
        .optional(),
    })
    .optional(),
  model: oneOf(['poisson', 'ftp3', 'xr', 'periodic', 'sparse']),
  packetBytes: whole,
  rateMbpsPerUe: z.number().nullable().optional(),
  onOff: switchable(z.strictObject({ onMeanMs: real, offMeanMs: real })),
  frameRateHz: real,
  frameSigmaRatio: real,
  frameJitterMs: real,
  reportPackets: whole,
  bufferMs: real,
  bufferFactor: real,
  delayBudgetMs: real,
  latePackets: oneOf(['keep', 'count', 'discard']),
  policy: oneOf(['weights', 'round-robin', 'proportional-fair', 'max-cqi', 'm-lwdf', 'srpt']),
  quota: z.strictObject({ minRatio: whole, maxRatio: whole, dedicatedRatio: whole }).optional(),
});

const duProfile = z
  .strictObject({
    load: bySlice(z.number()),
    ues: bySlice(z.number()),
    speedFactor: real,
    sessions: switchable(z.strictObject({ presentMeanS: real, awayMeanS: real })),
  })
  .optional();

const DU_TYPES = ['stadium', 'iot-park', 'factory', 'residential', 'airport'] as const;

export const networkSchema = z.strictObject({
  preset: oneOf(['paper', 'tr38901']),
  /** Cells, one DU each. */
  cells: z.int().min(1).max(1000).default(7),
  uesPerCell: whole,
  spareUesPerCell: whole,
  prbsPerCell: whole,
  prbBandwidthHz: real,
  duTypes: z.array(z.enum(DU_TYPES)).min(1).optional(),
  duProfiles: z
    .strictObject({
      stadium: duProfile,
      'iot-park': duProfile,
      factory: duProfile,
      residential: duProfile,
      airport: duProfile,
    } satisfies Record<(typeof DU_TYPES)[number], z.ZodType>)
    .optional(),
  load: z.strictObject({ min: real, max: real }).optional(),
  layout: layout.optional(),
  mobility: mobility.optional(),
  channel: channel.optional(),
  link: link.optional(),
  handover: switchable(handover),
  traffic: traffic.optional(),
  slices: bySlice(slice),
  qosDelayMs: real,
  qosServedShare: real,
});

export type ScenarioNetwork = z.output<typeof networkSchema>;
