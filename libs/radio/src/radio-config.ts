import { type SliceType, type SNssai } from '@ricochet/ran-types';

/** What a DU serves: decides the mix of slices, the speeds and whether UEs come and go. */
export type DuType = 'stadium' | 'iot-park' | 'factory' | 'residential' | 'airport';

export type TrafficModel = 'poisson' | 'ftp3' | 'xr' | 'periodic' | 'sparse';

export type SlicePolicy = 'weights' | 'round-robin' | 'proportional-fair' | 'max-cqi' | 'm-lwdf' | 'srpt';

/** `exponent` is the model of the `paper` preset, the others are the scenarios of TR 38.901 table 7.4.1-1. */
export type PathLossModel = 'exponent' | 'UMa' | 'UMi' | 'RMa' | 'InH';

export interface LayoutConfig {
  /** Hexagonal rings around cell 0, or a square grid. */
  readonly kind: 'hexagonal' | 'grid';
  readonly interSiteDistanceM: number;
  /** Every cell sees the nearest image of every other one, so that no cell lies at an edge; by default with more than 7 cells. */
  readonly wrapAround: boolean;
  readonly siteHeightM: number;
  readonly ueHeightM: number;
  /** UEs are placed and counted no nearer than this (2D). */
  readonly minDistanceM: number;
}

export interface MobilityConfig {
  readonly speedMinMps: number;
  readonly speedMaxMps: number;
  /** Time between two turns, drawn from {0, ±π/12, ±π/6, ±π/3}; a multiple of 100 ms. */
  readonly turnPeriodMs: number;
  /** `cell`: reflected at the edge of the home cell; `network`: walks from cell to cell, reflected where none is. */
  readonly area: 'cell' | 'network';
}

export interface FadingConfig {
  /** AR(1) on the complex gain, Clarke's sum of sinusoids, or a constant gain of one. */
  readonly model: 'ar1' | 'sum-of-sinusoids' | 'none';
  readonly subbands: number;
  /** Update period: 1, 2, 5 or 10 ms. */
  readonly periodMs: number;
  /** Rice factor of links in line of sight; links without it are Rayleigh. */
  readonly ricianKDb: number;
}

export interface ChannelConfig {
  readonly carrierGhz: number;
  /** Power of a cell over all its PRBs. */
  readonly txPowerDbm: number;
  readonly antennaGainDbi: number;
  readonly noiseDbmPerHz: number;
  readonly noiseFigureDb: number;
  readonly pathLoss: PathLossModel;
  /** `exponent` model: loss at 1 m and exponent. */
  readonly referenceLossDb: number;
  readonly pathLossExponent: number;
  /** Log-normal, correlated over the distance moved; null takes sigma or distance of the TR 38.901 scenario. */
  readonly shadowing: false | { readonly sigmaDb: number | null; readonly correlationM: number | null };
  readonly fading: FadingConfig;
  /**
   * Other cells' power: at the PRBs they really used in the last 10 ms, always full, none, or `literal`: as
   * printed in
   * the core paper's (1), the other cell's channel to its own UEs.
   */
  readonly interference: 'used-prbs' | 'full' | 'none' | 'literal';
  /** Outdoor-to-indoor loss of TR 38.901 clause 7.4.3 for this ratio of the UEs. */
  readonly outdoorToIndoor: false | { readonly indoorRatio: number; readonly loss: 'low' | 'high' };
}

export interface HarqConfig {
  readonly maxTransmissions: number;
  readonly roundTripMs: number;
}

export interface LinkConfig {
  /** `shannon`: min(cap, log2(1 + SINR)); `mcs`: CQI, MCS and TBS of TS 38.214. */
  readonly rate: 'shannon' | 'mcs';
  readonly maxSpectralEfficiency: number;
  /** Share of Shannon's rate that a code reaches: places the SINR thresholds of the MCS. */
  readonly codingEfficiency: number;
  readonly pdschSymbols: number;
  readonly dmrsRePerPrb: number;
  readonly overheadRePerPrb: number;
  readonly layers: number;
  readonly blerTarget: number;
  /** Steepness of the BLER curve at the target. */
  readonly blerSlopePerDb: number;
  /** Step down of the outer loop at an error; 0 switches it off. */
  readonly outerLoopStepDb: number;
  /** The scheduler knows the CQI of the previous update. */
  readonly cqiDelayed: boolean;
  readonly harq: false | HarqConfig;
}

/** Event A3 of TS 38.331 clause 5.5.4.4 on RSRP without fast fading. */
export interface HandoverConfig {
  readonly offsetDb: number;
  readonly hysteresisDb: number;
  readonly timeToTriggerMs: number;
}

export interface TrafficConfig {
  /** What a load of 1 means, for a cell. */
  readonly referenceCapacityMbps: number;
  /** Log-normal sigma on the load share of each slice, drawn per cell. */
  readonly mixJitterSigma: number;
  /** Log-normal sigma on each UE's share of its slice's load. */
  readonly ueWeightSigma: number;
  /** Sinusoidal modulation of each slice's rate. */
  readonly modulation:
    false | { readonly depth: number; readonly periodMinS: number; readonly periodMaxS: number };
  /** Random surges of each slice. */
  readonly surges:
    | false
    | {
        readonly meanIntervalS: number;
        readonly durationMinS: number;
        readonly durationMaxS: number;
        readonly factor: number;
      };
}

export interface SliceQuota {
  readonly minRatio: number;
  readonly maxRatio: number;
  readonly dedicatedRatio: number;
}

export interface SliceConfig {
  readonly snssai: SNssai;
  readonly model: TrafficModel;
  /** Packet (a file for `ftp3`); `xr` frames take theirs from the bit rate. */
  readonly packetBytes: number;
  /** Mean bit rate of each UE; null shares the load of the cell out. */
  readonly rateMbpsPerUe: number | null;
  readonly onOff: false | { readonly onMeanMs: number; readonly offMeanMs: number };
  /** `xr` (TR 38.838): frame rate, sigma of the frame size, truncated at ± 50 %, and sigma of the jitter, ± 4 ms. */
  readonly frameRateHz: number;
  readonly frameSigmaRatio: number;
  readonly frameJitterMs: number;
  /** `sparse`: packets of one report. */
  readonly reportPackets: number;
  /** Buffer: this much time at `bufferFactor` times the mean rate. */
  readonly bufferMs: number;
  readonly bufferFactor: number;
  readonly delayBudgetMs: number;
  /**
   * Packets older than the budget: `keep` as any other, `count` them as lost when they are delivered (their bits are
   * delivered bits), or `discard` them from the queue (their bits are dropped bits).
   */
  readonly latePackets: 'keep' | 'count' | 'discard';
  readonly policy: SlicePolicy;
  readonly quota: SliceQuota;
}

/** Mix of one type of DU: shares of load and UEs by slice, speed factor, and sessions of UEs that come and go. */
export interface DuProfile {
  readonly load: Readonly<Record<SliceType, number>>;
  readonly ues: Readonly<Record<SliceType, number>>;
  readonly speedFactor: number;
  readonly sessions: false | { readonly presentMeanS: number; readonly awayMeanS: number };
}

/** Everything resolved: see `resolveRadioConfig`. */
export interface RadioConfig {
  readonly preset: 'paper' | 'tr38901';
  readonly cells: number;
  readonly uesPerCell: number;
  /** Places for UEs that arrive by an event, a cell. */
  readonly spareUesPerCell: number;
  readonly prbsPerCell: number;
  readonly prbBandwidthHz: number;
  /** Cycled over the cells. */
  readonly duTypes: readonly DuType[];
  readonly duProfiles: Readonly<Record<DuType, DuProfile>>;
  /** Offered load of a cell as a fraction of the reference capacity, drawn uniformly. */
  readonly load: { readonly min: number; readonly max: number };
  readonly layout: LayoutConfig;
  readonly mobility: MobilityConfig;
  readonly channel: ChannelConfig;
  readonly link: LinkConfig;
  readonly handover: false | HandoverConfig;
  readonly traffic: TrafficConfig;
  readonly slices: Readonly<Record<SliceType, SliceConfig>>;
  /** URLLC's quality is zero at this delay. */
  readonly qosDelayMs: number;
  /** An mMTC UE is satisfied at this share of its offered bits. */
  readonly qosServedShare: number;
}

type Overrides<T> = T extends SNssai | readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overrides<T[K]> | undefined }
    : T;

/** What a scenario gives: any part of a {@link RadioConfig}, on top of its preset (`paper` when absent). */
export type RadioInput = Overrides<RadioConfig>;
