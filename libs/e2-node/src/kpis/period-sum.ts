import { type KpiName } from '@ricochet/ran-types';
import { type KpiValues } from '../ran.js';
import { type CellPeriod } from './cell-period.js';

/** Over several periods: added up. */
const SUMMED: ReadonlySet<KpiName> = new Set<KpiName>([
  'DRB.PdcpSduVolumeDL',
  'RCT.OfferedVolumeDl',
  'TB.TotNbrDl',
  'TB.ErrTotNbrDl',
  'CARR.WBCQIDist',
]);
/** As it is at the end. */
const LATEST: ReadonlySet<KpiName> = new Set<KpiName>([
  'RCT.BufferDl',
  'RCT.HolDelayDl',
  'RCT.SpectralEfficiencyDl',
  'RCT.PrbNeedBacklogDl',
  'RCT.RrmPolicyMinDl',
  'RCT.RrmPolicyMaxDl',
  'RCT.RrmPolicyDedicatedDl',
  'RCT.SNssai',
]);
const LARGEST: ReadonlySet<KpiName> = new Set<KpiName>(['RCT.PacketDelayDl.Max']);

/** One period of two that follow each other; all else is the mean over time. UEs are those of the later one. */
export function joined(earlier: CellPeriod, later: CellPeriod): CellPeriod {
  const periodMs = earlier.periodMs + later.periodMs;
  const join = (one: KpiValues | undefined, other: KpiValues): KpiValues =>
    joinedValues([one ?? {}, earlier.periodMs], [other, later.periodMs]);
  return {
    endMs: later.endMs,
    periodMs,
    cell: join(earlier.cell, later.cell),
    slices: new Map(
      [...later.slices].map(([slice, values]) => [slice, join(earlier.slices.get(slice), values)]),
    ),
    ues: new Map(
      [...later.ues].map(([id, { snssai, kpis }]) => [
        id,
        { snssai, kpis: join(earlier.ues.get(id)?.kpis, kpis) },
      ]),
    ),
  };
}

type Timed = readonly [values: KpiValues, periodMs: number];

/** A value that one of them does not have is that of the other. */
function joinedValues([one, oneMs]: Timed, [other, otherMs]: Timed): KpiValues {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as KpiName[]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [former, latter] = [one[name], other[name]];
      if (former === undefined || latter === undefined) return [name, former ?? latter];
      if (SUMMED.has(name)) return [name, former + latter];
      if (LATEST.has(name)) return [name, latter];
      if (LARGEST.has(name)) return [name, Math.max(former, latter)];
      return [name, (former * oneMs + latter * otherMs) / (oneMs + otherMs)];
    }),
  );
}
