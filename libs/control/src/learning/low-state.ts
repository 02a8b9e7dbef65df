import { SLICE_TYPES, sliceTypeOf, sNssaiToInteger, type SNssai } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { slicesOf } from '../observation/ue-slices.js';
import { SHARE_FLOOR } from '../split/split-rule.js';

/** Values a UE contributes to {@link lowState}. */
export const UE_FEATURES = 7 + SLICE_TYPES.length;

/** Where {@link lowState} tells the base weights, if there are any. */
export const BASE_WEIGHT_AT = UE_FEATURES;

/** Needs are told as those of a UE among so many, so that one network serves any number of UEs. */
const REFERENCE_UES = 30;
/** Needs are told in percent of the carrier: in PRBs, on the carrier of Table 1. */
const PERCENT = 100;
/** Spectral efficiency of the highest CQI, bit/s/Hz. */
const TOP_EFFICIENCY = 7.4;
/** Served over arrived beyond this is a buffer that drains, however fast. */
const SERVED_CAP = 2;
const DELAY_SCALE_MS = 50;
const DELAY_CAP = 2;

/** What needs are measured against. */
export interface Airtime {
  readonly bandwidthKhz: number;
  readonly periodMs: number;
}

/** 100 PRBs of 200 kHz (Table 1 of the core paper) for one decision period of the lower controller. */
export const PAPER_AIRTIME: Airtime = { bandwidthKhz: 20_000, periodMs: 10 };

/** The quota in force of a slice; slice observations are such. */
export interface SliceQuotaInForce {
  readonly snssai: SNssai;
  /** 0..1 of the carrier. */
  readonly quota: number;
}

/** What the lower controller sees of one DU. */
export interface LowState {
  /** [count · UE_FEATURES], one more each with base weights: a UE after the other. */
  readonly features: Float32Array;
  /** [count] which slice a UE belongs to, 0 … groupCount − 1 in the order of their first UE. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  readonly count: number;
}

export interface LowStateOptions {
  readonly airtime?: Airtime;
  /** A rule's weights, in the order of the UEs, for actors that learn on top of the rule. */
  readonly baseWeights?: readonly number[];
}

interface Group {
  /** Of the slice type. */
  readonly typeIndex: number;
  readonly quota: number;
}

/**
 * The UEs of one DU as features, in their order; every UE gets, with x = N/30 for N UEs:
 *
 * 0. ln(1 + x · n) / 2 with n the percent of the carrier that would empty its buffer within one period
 * 1. the same of arrivals like those of the last period
 * 2. spectral efficiency / 7.4
 * 3. bits served / bits arrived, at most 2; 1 when there were neither
 * 4. age of its oldest waiting packet / 50 ms, at most 2
 * 5. b_l: its slice's quota in force, 0..1
 * 6. slice pressure: ln(1 + need of its slice / b_l) / 2, the need of backlog and arrivals within one period, b_l at
 *    least .02
 * 7. to 9. slice type, one-hot: eMBB, mMTC, URLLC; another SST counts as eMBB
 * 10. with `baseWeights` ({@link BASE_WEIGHT_AT}): ln(w n) / 2 of its base weight w as a UE among n of its slice
 *
 * The core paper's state (throughputs alone) can tell neither queues nor channels apart.
 *
 * @param quotas in force; a slice that is not among them counts as without any (0).
 */
export function lowState(
  ues: readonly UeObservation[],
  quotas: readonly SliceQuotaInForce[],
  { airtime = PAPER_AIRTIME, baseWeights }: LowStateOptions = {},
): LowState {
  const { sliceOf, snssais } = slicesOf(ues);
  const groups = snssais.map((snssai) => groupOf(snssai, quotas));
  const memberCounts = new Float64Array(groups.length);
  // Of backlog and arrivals, share of the carrier.
  const needs = new Float64Array(groups.length);
  for (let place = 0; place < ues.length; place++) {
    const ue = ues[place]!;
    const slice = sliceOf[place]!;
    memberCounts[slice]! += 1;
    needs[slice]! += airtimeShare(ue.bufferKbit + ue.offeredKbit, ue, airtime);
  }
  const pressures = groups.map(({ quota }, slice) => logOf(needs[slice]! / Math.max(SHARE_FLOOR, quota)));
  const width = baseWeights === undefined ? UE_FEATURES : UE_FEATURES + 1;
  const features = new Float32Array(ues.length * width);
  const scale = (PERCENT * ues.length) / REFERENCE_UES;
  for (let place = 0; place < ues.length; place++) {
    const ue = ues[place]!;
    const slice = sliceOf[place]!;
    const { quota, typeIndex } = groups[slice]!;
    const at = place * width;
    features[at] = logOf(scale * airtimeShare(ue.bufferKbit, ue, airtime));
    features[at + 1] = logOf(scale * airtimeShare(ue.offeredKbit, ue, airtime));
    features[at + 2] = ue.spectralEfficiency / TOP_EFFICIENCY;
    features[at + 3] = servedOfArrived(ue);
    features[at + 4] = Math.min(DELAY_CAP, ue.holDelayMs / DELAY_SCALE_MS);
    features[at + 5] = quota;
    features[at + 6] = pressures[slice]!;
    features[at + 7 + typeIndex] = 1;
    if (baseWeights !== undefined) {
      features[at + BASE_WEIGHT_AT] = Math.log((baseWeights[place] ?? 0) * memberCounts[slice]!) / 2;
    }
  }
  return { features, groups: new Int32Array(sliceOf), groupCount: groups.length, count: ues.length };
}

function groupOf(snssai: SNssai, quotas: readonly SliceQuotaInForce[]): Group {
  const key = sNssaiToInteger(snssai);
  const quota = quotas.find((each) => sNssaiToInteger(each.snssai) === key)?.quota ?? 0;
  return { typeIndex: SLICE_TYPES.indexOf(sliceTypeOf(snssai) ?? 'eMBB'), quota };
}

/** Of a need; many UEs have none, and that takes no logarithm. */
function logOf(need: number): number {
  return need === 0 ? 0 : Math.log1p(need) / 2;
}

/** Share of the carrier that sends so much to a UE within one period. */
function airtimeShare(
  kbit: number,
  { spectralEfficiency }: UeObservation,
  { bandwidthKhz, periodMs }: Airtime,
): number {
  return (kbit * 1000) / (spectralEfficiency * bandwidthKhz * periodMs);
}

function servedOfArrived({ deliveredKbit, offeredKbit }: UeObservation): number {
  if (offeredKbit > 0) return Math.min(SERVED_CAP, deliveredKbit / offeredKbit);
  return deliveredKbit > 0 ? SERVED_CAP : 1;
}
