import { type SliceNeed } from './decide.js';
import { type GuardConfig, type Targets } from './guard.config.js';
import { type SliceView } from './slice-view.js';

/** However late or short: the worst that is told apart. */
const MAX_PRESSURE = 10;
/** A throughput that falls short by this share is a target missed. */
const MISSED_BY = 0.05;

export interface NeedContext {
  readonly config: Pick<GuardConfig, 'headroom' | 'reservePercent'>;
  readonly floorPercent: number;
  readonly carrierPrbs: number;
  readonly periodMs: number;
  /** Its RRMPolicyMinRatio, as far as we know. */
  readonly minPercent: number;
}

/** What a slice needs to hold its targets, and how near it is to missing one. */
export function needOf(
  view: SliceView,
  targets: Targets | undefined,
  context: NeedContext,
): Omit<SliceNeed, 'mayRise'> {
  const { floorPercent } = context;
  if (targets === undefined) return { requiredPercent: floorPercent, pressure: 0, isUrgent: false };
  const percent = Math.ceil(requiredPercent(view, targets, context));
  return {
    requiredPercent: Math.max(floorPercent, Math.min(100, percent)),
    pressure: Math.min(MAX_PRESSURE, Math.max(0, ...pressuresOf(view, targets, context))),
    isUrgent: targets.maxDelayMs !== undefined,
  };
}

function requiredPercent(view: SliceView, targets: Targets, context: NeedContext): number {
  const { config, carrierPrbs, periodMs } = context;
  const neededPercent = (100 * (view.neededPrbs ?? view.usedPrbs)) / carrierPrbs;
  const { maxDelayMs, minServedShare, minThroughputKbps } = targets;
  // In time means all of it, and at once.
  if (maxDelayMs !== undefined) return config.headroom * neededPercent + config.reservePercent;
  const offeredKbps = ((view.offeredKbit ?? view.deliveredKbit) * 1000) / periodMs;
  const promised = Math.max(
    minServedShare ?? 0,
    minThroughputKbps === undefined || offeredKbps === 0 ? 0 : Math.min(1, minThroughputKbps / offeredKbps),
  );
  return promised * neededPercent;
}

/** Of each target that can be judged: measured against allowed. */
function pressuresOf(view: SliceView, targets: Targets, context: NeedContext): number[] {
  const { maxDelayMs, minServedShare, minThroughputKbps } = targets;
  const pressures: number[] = [];
  if (maxDelayMs !== undefined && view.delayMs !== undefined) pressures.push(view.delayMs / maxDelayMs);
  if (minServedShare !== undefined && view.servedShare !== undefined) {
    pressures.push((1 - view.servedShare) / (1 - minServedShare));
  }
  if (minThroughputKbps !== undefined) pressures.push(throughputPressure(view, minThroughputKbps, context));
  return pressures;
}

/** A slice that wants less is not short; where the demand is not told, one that leaves PRBs of its minimum unused. */
function throughputPressure(
  { deliveredKbit, offeredKbit, usedPrbs }: SliceView,
  minThroughputKbps: number,
  { periodMs, carrierPrbs, minPercent }: NeedContext,
): number {
  const promisedKbit = (minThroughputKbps * periodMs) / 1000;
  const wantsMore = offeredKbit !== undefined || usedPrbs >= (minPercent / 100) * carrierPrbs - 1;
  const dueKbit = Math.min(promisedKbit, offeredKbit ?? promisedKbit);
  return wantsMore && dueKbit > 0 ? (1 - deliveredKbit / dueKbit) / MISSED_BY : 0;
}
