import { type EffectCause, type SliceQuotaControl } from '@ricochet/contracts';
import {
  formatSNssai,
  sliceTypeOf,
  type KpiName,
  type MeasurementReport,
  type RrmPolicyRatio,
  type SNssai,
} from '@ricochet/ran-types';
import { type MeasuredEffect } from './measured-effect.js';
import { type QuotaManner, WHOLE_QUOTAS } from './quota-manner.js';

/** What the RIC itself subscribes to, for effects and for the KPI series that it keeps. */
export const QUOTA_EFFECT_MEASUREMENTS = [
  'RCT.RrmPolicyMinDl',
  'RCT.RrmPolicyMaxDl',
  'RCT.RrmPolicyDedicatedDl',
  'RRU.PrbUsedDl',
  'RCT.BufferDl',
  'RCT.OfferedVolumeDl',
  'DRB.PdcpSduVolumeDL',
  'RCT.PacketDelayDl.Mean',
  'RCT.PacketDelayDl.P99',
  'RCT.PacketDelayDl.Max',
  'RCT.QosDl',
] as const satisfies readonly KpiName[];

export interface QuotaEffectContext {
  readonly carrierPrbs: number | undefined;
  /** What was in force when the control was asked for, as far as it is known. */
  readonly before?: readonly RrmPolicyRatio[] | undefined;
  /** How nodes of its make are judged. */
  readonly manner?: QuotaManner | undefined;
}

/** A slice of a report. */
interface SliceUse {
  readonly snssai: SNssai;
  readonly slice: string;
  readonly prbs: number | null | undefined;
  readonly waitingBytes: number;
  readonly min: number | null | undefined;
  readonly max: number | null | undefined;
  readonly dedicated: number;
}

interface Fault {
  readonly cause: EffectCause;
  readonly text: string;
}

/**
 * Holds the asked slice quotas against a slice-level report: the ratios in force, and the share of the carrier
 * that each slice really got. `undefined` when the report does not carry what is needed.
 */
export function measureQuotaEffect(
  control: SliceQuotaControl,
  report: MeasurementReport,
  { carrierPrbs, before, manner = WHOLE_QUOTAS }: QuotaEffectContext,
): MeasuredEffect | undefined {
  const told = usesOf(report);
  if (told === undefined || carrierPrbs === undefined) return undefined;
  const uses = manner.tellsInForce ? told : told.map((use) => asAsked(use, control));
  const faults: Fault[] = [];
  const short: Fault[] = [];
  const shares: MeasuredEffect['shares'] = [];
  for (const asked of control.ratios) {
    const slice = formatSNssai(asked.snssai);
    const use = uses.find((candidate) => candidate.slice === slice);
    if (use?.prbs === null || use?.prbs === undefined) {
      faults.push({ cause: 'not-reported', text: `slice ${slice} is not reported` });
      continue;
    }
    const { prbs } = use;
    const limit = limitOf(use, uses, { carrierPrbs, manner });
    shares.push({
      of: slice,
      asked: asked.minRatio / 100,
      achieved: prbs / carrierPrbs,
      ...(limit !== undefined && { limit }),
    });
    const fault = faultOf(asked, { ...use, prbs }, { carrierPrbs, before, manner });
    if (fault !== undefined) faults.push(fault);
    if ((prbs / carrierPrbs) * 100 < asked.minRatio - 1) short.push(shortfallOf(use, limit));
  }
  const [fault] = faults;
  if (fault !== undefined) return { effective: false, cause: fault.cause, reason: textOf(faults), shares };
  const limited = limitedBy(control, manner);
  if (limited !== undefined) return { ...limited, shares };
  const capped = short.filter(({ cause }) => cause === 'capped');
  if (capped.length > 0) {
    return { effective: true, cause: 'capped', reason: `less used than given: ${textOf(capped)}`, shares };
  }
  if (short.length === 0) return { effective: true, shares };
  const idle = short.map(({ text }) => text).join(', ');
  const reason = `less used than given, for want of demand: ${idle}`;
  return { effective: true, cause: 'no-demand', reason, shares };
}

/** The ratios in force at the end of a slice-level report; `undefined` when it does not have them. */
export function ratiosInForce(report: MeasurementReport): RrmPolicyRatio[] | undefined {
  return usesOf(report)?.flatMap(({ snssai, min, max, dedicated }) =>
    typeof min === 'number' && typeof max === 'number'
      ? [{ snssai, minRatio: min, maxRatio: max, dedicatedRatio: dedicated }]
      : [],
  );
}

function usesOf({ measurements, rows }: MeasurementReport): SliceUse[] | undefined {
  const column = (name: KpiName): number => measurements.indexOf(name);
  const [min, max, dedicated, used, buffer] = QUOTA_EFFECT_MEASUREMENTS.slice(0, 5).map(column) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if ([min, max, used, buffer].includes(-1)) return undefined;
  return rows.flatMap(({ snssai, values }) =>
    snssai === undefined
      ? []
      : {
          snssai,
          slice: formatSNssai(snssai),
          prbs: values[used],
          waitingBytes: values[buffer] ?? 0,
          min: values[min],
          max: values[max],
          dedicated: values[dedicated] ?? 0,
        },
  );
}

/** What a node does not tell is taken for what was asked of it, as far as it takes that. */
function asAsked(use: SliceUse, { ratios }: SliceQuotaControl): SliceUse {
  const asked = ratios.find(({ snssai }) => formatSNssai(snssai) === use.slice);
  return { ...use, min: null, max: asked?.maxRatio ?? null, dedicated: 0 };
}

/** Where the maximum alone applies: effective as far as that goes, with what does not. */
function limitedBy(
  { ratios }: SliceQuotaControl,
  { limit }: QuotaManner,
): Pick<MeasuredEffect, 'effective' | 'cause' | 'reason'> | undefined {
  const asksForMore = ratios.some(({ minRatio, dedicatedRatio }) => minRatio > 0 || dedicatedRatio > 0);
  if (limit === undefined || !asksForMore) return undefined;
  return { effective: ratios.some(({ maxRatio }) => maxRatio < 100), cause: 'limited', reason: limit };
}

function faultOf(
  { snssai, minRatio, maxRatio }: RrmPolicyRatio,
  { slice, min, max, prbs }: SliceUse & { readonly prbs: number },
  { carrierPrbs = 0, before, manner = WHOLE_QUOTAS }: QuotaEffectContext,
): Fault | undefined {
  if (manner.tellsInForce && (min !== minRatio || max !== maxRatio)) {
    const former = before?.find((ratio) => formatSNssai(ratio.snssai) === formatSNssai(snssai));
    const isIgnored = former !== undefined && former.minRatio === min && former.maxRatio === max;
    const text = `slice ${slice}: ${min}..${max} % in force, asked ${minRatio}..${maxRatio} %`;
    return isIgnored
      ? { cause: 'ignored', text: `${text}: ignored by the node` }
      : { cause: 'other-in-force', text };
  }
  if (prbs <= (maxRatio / 100) * carrierPrbs + manner.tolerancePrbs) return undefined;
  return { cause: 'over-maximum', text: `slice ${slice} used more than its maximum of ${maxRatio} %` };
}

/** What keeps a slice that has more to send at its share; `undefined` where nothing does but its demand. */
function limitOf(
  use: SliceUse,
  uses: readonly SliceUse[],
  { carrierPrbs = 0, manner: { tolerancePrbs } = WHOLE_QUOTAS }: QuotaEffectContext,
): string | undefined {
  const { prbs, waitingBytes, max } = use;
  if (waitingBytes === 0 || typeof prbs !== 'number') return undefined;
  if (typeof max === 'number' && prbs >= (max / 100) * carrierPrbs - tolerancePrbs) return 'its own maximum';
  const others = uses.filter((other) => other !== use);
  // What is dedicated to others is theirs, even when it is idle.
  const taken = others.reduce(
    (sum, other) => sum + Math.max(other.prbs ?? 0, (other.dedicated / 100) * carrierPrbs),
    prbs,
  );
  if (taken < carrierPrbs - tolerancePrbs * uses.length) return undefined;
  const entitled = others.filter(({ min, dedicated }) => (min ?? 0) > 0 || dedicated > 0);
  if (entitled.length === 0) return 'the carrier';
  return entitled.map(({ slice, min, dedicated }) => entitlementOf(slice, min ?? 0, dedicated)).join(', ');
}

function entitlementOf(slice: string, min: number, dedicated: number): string {
  return `slice ${slice} (min ${min} %${dedicated > 0 ? `, ${dedicated} % dedicated` : ''})`;
}

function shortfallOf({ snssai, slice, waitingBytes }: SliceUse, limit: string | undefined): Fault {
  const name = sliceTypeOf(snssai) ?? slice;
  if (limit !== undefined) return { cause: 'capped', text: `${name} capped by ${limit}` };
  const waiting = waitingBytes > 0 ? ` (${waitingBytes} bytes wait at the end)` : '';
  return { cause: 'no-demand', text: `${name}${waiting}` };
}

function textOf(faults: readonly Fault[]): string {
  return faults.map(({ text }) => text).join('; ');
}
