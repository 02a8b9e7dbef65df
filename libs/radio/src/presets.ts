import { sNssaiOf } from '@ricochet/ran-types';

import { type PathLossModel, type DuProfile, type RadioConfig, type SliceConfig } from './radio-config.js';

const WHOLE = { minRatio: 0, maxRatio: 100, dedicatedRatio: 0 } as const;

const SLICE: Omit<SliceConfig, 'snssai' | 'packetBytes' | 'bufferMs' | 'delayBudgetMs'> = {
  model: 'poisson',
  rateMbpsPerUe: null,
  onOff: false,
  frameRateHz: 60,
  frameSigmaRatio: 0.105,
  frameJitterMs: 2,
  reportPackets: 1,
  bufferFactor: 2.5,
  latePackets: 'keep',
  policy: 'proportional-fair',
  quota: WHOLE,
};

function profile(load: readonly [number, number, number], ues: readonly [number, number, number]): DuProfile {
  return {
    load: { eMBB: load[0], mMTC: load[1], URLLC: load[2] },
    ues: { eMBB: ues[0], mMTC: ues[1], URLLC: ues[2] },
    speedFactor: 1,
    sessions: false,
  };
}

/** Table 1 of the core paper, and where it is silent the calibrated prototype. */
export const PAPER: RadioConfig = {
  preset: 'paper',
  cells: 7,
  uesPerCell: 30,
  spareUesPerCell: 6,
  prbsPerCell: 100,
  prbBandwidthHz: 200e3,
  duTypes: ['stadium', 'iot-park', 'factory', 'residential', 'airport'],
  duProfiles: {
    stadium: profile([0.72, 0.14, 0.14], [14, 9, 7]),
    'iot-park': profile([0.35, 0.45, 0.2], [8, 15, 7]),
    factory: profile([0.35, 0.2, 0.45], [8, 8, 14]),
    residential: profile([0.48, 0.26, 0.26], [10, 11, 9]),
    airport: {
      ...profile([0.48, 0.26, 0.26], [10, 11, 9]),
      speedFactor: 2,
      sessions: { presentMeanS: 30, awayMeanS: 10 },
    },
  },
  load: { min: 0.55, max: 0.9 },
  layout: {
    kind: 'hexagonal',
    interSiteDistanceM: 500,
    wrapAround: true,
    siteHeightM: 16.5,
    ueHeightM: 1.5,
    minDistanceM: 0,
  },
  mobility: { speedMinMps: 10, speedMaxMps: 20, turnPeriodMs: 1000, area: 'cell' },
  channel: {
    carrierGhz: 3.5,
    txPowerDbm: 56,
    antennaGainDbi: 0,
    noiseDbmPerHz: -173,
    noiseFigureDb: 0,
    pathLoss: 'exponent',
    referenceLossDb: 43.3,
    pathLossExponent: 3.5,
    shadowing: false,
    fading: { model: 'ar1', subbands: 10, periodMs: 10, ricianKDb: 9 },
    interference: 'used-prbs',
    outdoorToIndoor: false,
  },
  link: {
    rate: 'shannon',
    maxSpectralEfficiency: 7.4,
    codingEfficiency: 0.75,
    pdschSymbols: 12,
    dmrsRePerPrb: 12,
    overheadRePerPrb: 0,
    layers: 1,
    blerTarget: 0.1,
    blerSlopePerDb: 3,
    outerLoopStepDb: 0.1,
    cqiDelayed: false,
    harq: false,
  },
  handover: false,
  traffic: {
    referenceCapacityMbps: 38,
    mixJitterSigma: 0.25,
    ueWeightSigma: 0.4,
    modulation: { depth: 0.3, periodMinS: 3, periodMaxS: 8 },
    surges: { meanIntervalS: 6, durationMinS: 0.5, durationMaxS: 2, factor: 2 },
  },
  slices: {
    eMBB: {
      ...SLICE,
      snssai: sNssaiOf('eMBB'),
      packetBytes: 1500,
      onOff: { onMeanMs: 600, offMeanMs: 400 },
      bufferMs: 500,
      delayBudgetMs: 300,
    },
    mMTC: { ...SLICE, snssai: sNssaiOf('mMTC'), packetBytes: 200, bufferMs: 500, delayBudgetMs: 300 },
    URLLC: {
      ...SLICE,
      snssai: sNssaiOf('URLLC'),
      packetBytes: 250,
      bufferMs: 200,
      delayBudgetMs: 50,
      latePackets: 'count',
    },
  },
  qosDelayMs: 50,
  qosServedShare: 0.9,
};

/** TR 38.901 with link adaptation and HARQ of TS 38.214, UMa at 3.5 GHz, 20 MHz (106 PRBs of 180 kHz). */
export const TR38901: RadioConfig = {
  ...PAPER,
  preset: 'tr38901',
  prbsPerCell: 106,
  prbBandwidthHz: 180e3,
  mobility: { speedMinMps: 0.8, speedMaxMps: 0.8, turnPeriodMs: 1000, area: 'cell' },
  channel: {
    ...PAPER.channel,
    noiseDbmPerHz: -174,
    noiseFigureDb: 9,
    pathLoss: 'UMa',
    shadowing: { sigmaDb: null, correlationM: null },
  },
  link: { ...PAPER.link, rate: 'mcs', cqiDelayed: true, harq: { maxTransmissions: 4, roundTripMs: 8 } },
  slices: {
    ...PAPER.slices,
    URLLC: { ...PAPER.slices.URLLC, delayBudgetMs: 10 },
  },
};

/** What changes with the scenario of TR 38.901 (tables 7.2-1 to 7.2-3 and 7.5-6) in the `tr38901` preset. */
export const TR38901_SCENARIOS: Readonly<
  Record<
    Exclude<PathLossModel, 'exponent'>,
    {
      readonly layout: RadioConfig['layout'];
      readonly txPowerDbm: number;
      readonly antennaGainDbi: number;
      readonly ricianKDb: number;
      readonly referenceCapacityMbps: number;
    }
  >
> = {
  UMa: {
    layout: { ...PAPER.layout, siteHeightM: 25, minDistanceM: 35 },
    txPowerDbm: 49,
    antennaGainDbi: 8,
    ricianKDb: 9,
    referenceCapacityMbps: 20,
  },
  UMi: {
    layout: { ...PAPER.layout, interSiteDistanceM: 200, siteHeightM: 10, minDistanceM: 10 },
    txPowerDbm: 44,
    antennaGainDbi: 8,
    ricianKDb: 9,
    referenceCapacityMbps: 20,
  },
  RMa: {
    layout: { ...PAPER.layout, interSiteDistanceM: 1732, siteHeightM: 35, minDistanceM: 35 },
    txPowerDbm: 49,
    antennaGainDbi: 8,
    ricianKDb: 7,
    referenceCapacityMbps: 20,
  },
  InH: {
    layout: { ...PAPER.layout, kind: 'grid', interSiteDistanceM: 20, siteHeightM: 3, minDistanceM: 0 },
    txPowerDbm: 24,
    antennaGainDbi: 5,
    ricianKDb: 7,
    referenceCapacityMbps: 20,
  },
};

/** What an option starts from when its preset has it switched off and an input switches it on. */
export const OPTION_DEFAULTS: Readonly<Record<string, object>> = {
  'channel.shadowing': { sigmaDb: null, correlationM: null },
  'channel.outdoorToIndoor': { indoorRatio: 0.8, loss: 'low' },
  'link.harq': { maxTransmissions: 4, roundTripMs: 8 },
  handover: { offsetDb: 3, hysteresisDb: 1, timeToTriggerMs: 160 },
  'traffic.modulation': { depth: 0.3, periodMinS: 3, periodMaxS: 8 },
  'traffic.surges': { meanIntervalS: 6, durationMinS: 0.5, durationMaxS: 2, factor: 2 },
  onOff: { onMeanMs: 600, offMeanMs: 400 },
  sessions: { presentMeanS: 30, awayMeanS: 10 },
};
