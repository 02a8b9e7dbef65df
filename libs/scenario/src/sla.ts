import type { KpiName, SliceType } from '@ricochet/ran-types';
import { z } from 'zod';

const limit = z.number().nonnegative();
const share = z.number().min(0).max(1);

/** Limits of one slice; every one that is given must hold. */
export const sliceLimitsSchema = z.strictObject({
  /**
   * Delivered bits of those that were to deliver (left over from before or arrived in the period); bits of
   * packets that were dropped or lost, lateness included, count as not delivered.
   */
  minServedShare: share.optional().describe('delivered bits of those that were to deliver'),
  minQos: share.optional().describe('RCT.QosDl, the slice quality in 0..1'),
  maxDelayMeanMs: limit.optional().describe('RCT.PacketDelayDl.Mean'),
  maxDelayP95Ms: limit.optional().describe('RCT.PacketDelayDl.P95'),
  maxDelayP99Ms: limit.optional().describe('RCT.PacketDelayDl.P99'),
  maxDelayMs: limit.optional().describe('RCT.PacketDelayDl.Max'),
  maxDropShare: share.optional().describe('DRB.RlcPacketDropRateDl, as a share of the packets that arrived'),
});

/** Limits by service type; a slice without limits is always satisfied. */
export const slaSchema = z.strictObject({
  eMBB: sliceLimitsSchema.optional(),
  mMTC: sliceLimitsSchema.optional(),
  URLLC: sliceLimitsSchema.optional(),
} satisfies Record<SliceType, z.ZodType>);

export type SliceLimits = z.output<typeof sliceLimitsSchema>;
export type Sla = z.output<typeof slaSchema>;
export type LimitName = keyof SliceLimits;

/** A slice's KPIs over one period, in the catalogue's units; `null`, NaN and absent all mean "no value". */
export type SliceKpis = Partial<Readonly<Record<KpiName, number | null>>>;

/** Slice-level measurements that {@link slaSatisfied} reads, whatever the limits. */
export const SLA_MEASUREMENTS = [
  'DRB.PdcpSduVolumeDL',
  'RCT.OfferedVolumeDl',
  'RCT.BufferDl',
  'DRB.RlcPacketDropRateDl',
  'RCT.HolDelayDl',
  'RCT.PacketDelayDl.Mean',
  'RCT.PacketDelayDl.P95',
  'RCT.PacketDelayDl.P99',
  'RCT.PacketDelayDl.Max',
  'RCT.QosDl',
] as const satisfies readonly KpiName[];

/** A limit that did not hold: what was measured and what was allowed, in the limit's unit. */
export interface SlaViolation {
  readonly limit: LimitName;
  readonly value: number;
  readonly bound: number;
}

export interface SlaResult {
  readonly satisfied: boolean;
  /** False when nothing arrived and nothing waited: such a period is satisfied. */
  readonly traffic: boolean;
  readonly violations: readonly SlaViolation[];
}

/** How one limit is measured (`undefined`: nothing to judge) and on which side of the bound it holds. */
interface LimitRule {
  readonly side: 'min' | 'max';
  readonly measure: (kpis: SliceKpis) => number | undefined;
}

const RULES: Readonly<Record<LimitName, LimitRule>> = {
  minServedShare: { side: 'min', measure: servedShare },
  minQos: { side: 'min', measure: (kpis) => valueOf(kpis, 'RCT.QosDl') },
  maxDelayMeanMs: { side: 'max', measure: (kpis) => delayOf(kpis, 'RCT.PacketDelayDl.Mean') },
  maxDelayP95Ms: { side: 'max', measure: (kpis) => delayOf(kpis, 'RCT.PacketDelayDl.P95') },
  maxDelayP99Ms: { side: 'max', measure: (kpis) => delayOf(kpis, 'RCT.PacketDelayDl.P99') },
  maxDelayMs: { side: 'max', measure: (kpis) => delayOf(kpis, 'RCT.PacketDelayDl.Max') },
  maxDropShare: { side: 'max', measure: dropShare },
};

/** Judges one period of one slice of one DU. A period without traffic satisfies every limit. */
export function slaSatisfied(limits: SliceLimits, kpis: SliceKpis): SlaResult {
  if (bitsToDeliverKbit(kpis) <= 0) return { satisfied: true, traffic: false, violations: [] };
  const violations: SlaViolation[] = [];
  for (const [name, { side, measure }] of Object.entries(RULES) as [LimitName, LimitRule][]) {
    const bound = limits[name];
    const value = bound === undefined ? undefined : measure(kpis);
    if (bound === undefined || value === undefined) continue;
    const holds = side === 'min' ? value >= bound : value <= bound;
    if (!holds) violations.push({ limit: name, value, bound });
  }
  return { satisfied: violations.length === 0, traffic: true, violations };
}

/** Served share of the bits that were to deliver; `undefined` when there were none. */
export function servedShare(kpis: SliceKpis): number | undefined {
  const toDeliverKbit = bitsToDeliverKbit(kpis);
  return toDeliverKbit > 0 ? (valueOf(kpis, 'DRB.PdcpSduVolumeDL') ?? 0) / toDeliverKbit : undefined;
}

/** Backlog at the start plus arrivals, told from where the bits went: delivered, still waiting, or dropped. */
function bitsToDeliverKbit(kpis: SliceKpis): number {
  const deliveredKbit = valueOf(kpis, 'DRB.PdcpSduVolumeDL') ?? 0;
  const waitingKbit = ((valueOf(kpis, 'RCT.BufferDl') ?? 0) * 8) / 1000;
  const droppedKbit = (dropShare(kpis) ?? 0) * (valueOf(kpis, 'RCT.OfferedVolumeDl') ?? 0);
  return deliveredKbit + waitingKbit + droppedKbit;
}

function dropShare(kpis: SliceKpis): number | undefined {
  const dropsPerMillion = valueOf(kpis, 'DRB.RlcPacketDropRateDl');
  return dropsPerMillion === undefined ? undefined : dropsPerMillion * 1e-6;
}

/** A delay of the packets delivered; when none was, the age of the oldest that waits. */
function delayOf(kpis: SliceKpis, name: KpiName): number | undefined {
  return valueOf(kpis, name) ?? valueOf(kpis, 'RCT.HolDelayDl');
}

function valueOf(kpis: SliceKpis, name: KpiName): number | undefined {
  const value = kpis[name];
  return value === undefined || value === null || Number.isNaN(value) ? undefined : value;
}
