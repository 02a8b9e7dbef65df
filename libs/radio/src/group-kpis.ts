import { type KpiName } from '@ricochet/ran-types';

import { CQI_COUNT, FIELD, GROUP_ROW } from './counters.js';
import { dropRate, type KpiPeriod } from './kpi-period.js';
import { sliceQuality } from './slice-quality.js';
import { SLICE_COUNT } from './ue-table.js';
import { UE_KPIS } from './ue-kpis.js';

/** KPIs that slices and cells share, of the groups selected in the period. */
export const GROUP_KPIS: { readonly [K in KpiName]?: (period: KpiPeriod) => number } = {
  'RRU.PrbUsedDl': (p) => p.total(FIELD.prbSlots) / p.slots,
  'DRB.UEThpDl': meanThroughput,
  'DRB.PdcpSduVolumeDL': (p) => p.total(FIELD.deliveredBits) / 1000,
  'DRB.RlcSduDelayDl': (p) =>
    ((p.total(FIELD.delayMs) - p.total(FIELD.airMs)) * 10) / p.total(FIELD.deliveredPackets),
  'DRB.AirIfDelayDl': (p) => (p.total(FIELD.airMs) * 10) / p.total(FIELD.deliveredPackets),
  'DRB.RlcPacketDropRateDl': (p) => dropRate(p.total(FIELD.lostPackets), p.total(FIELD.arrivedPackets)),
  'DRB.MeanActiveUeDl': (p) => p.total(FIELD.busySlots) / p.slots,
  'RRC.ConnMean': (p) => p.counted(GROUP_ROW.connectedSlots) / p.slots,
  'TB.TotNbrDl': (p) => p.counted(GROUP_ROW.blocks),
  'TB.ErrTotNbrDl': (p) => p.counted(GROUP_ROW.blockErrors),
  'RCT.PacketDelayDl.Mean': (p) => p.total(FIELD.delayMs) / p.total(FIELD.deliveredPackets),
  'RCT.PacketDelayDl.P50': (p) => p.groupQuantile(0.5),
  'RCT.PacketDelayDl.P95': (p) => p.groupQuantile(0.95),
  'RCT.PacketDelayDl.P99': (p) => p.groupQuantile(0.99),
  'RCT.PacketDelayDl.Max': (p) => p.largest(p.delayMax) || NaN,
  'RCT.BufferDl': (p) => Math.ceil(p.sumQueued(p.now) / 8),
  'RCT.OfferedVolumeDl': (p) => p.total(FIELD.offeredBits) / 1000,
  'RCT.HolDelayDl': (p) => p.largest(p.now.holMs),
  'RCT.SpectralEfficiencyDl': (p) => p.sum(p.now, FIELD.efficiency) / (p.membersEnd - p.membersBegin),
  'RCT.PrbNeedArrivalDl': (p) => sumOverUes(p, 'RCT.PrbNeedArrivalDl'),
  'RCT.PrbNeedBacklogDl': (p) => sumOverUes(p, 'RCT.PrbNeedBacklogDl'),
};

/** KPIs of a cell alone, with the cell selected. */
export const CELL_KPIS: { readonly [K in KpiName]?: (period: KpiPeriod, cell: number) => number } = {
  'RRU.PrbTotDl': (p, cell) => {
    const available = p.availablePrbSlots(cell);
    return available === 0 ? 0 : Math.round((100 * p.total(FIELD.prbSlots)) / available);
  },
  'RRU.PrbAvailDl': (p, cell) => Math.round(p.availablePrbSlots(cell) / p.slots),
  'CARR.WBCQIDist': (p, cell) => {
    let reports = 0;
    for (let cqi = 0; cqi < CQI_COUNT; cqi++) reports += p.cqiCount(cell, cqi);
    return reports;
  },
};

/** KPIs of a slice alone, with the group selected. */
export const SLICE_KPIS: { readonly [K in KpiName]?: (period: KpiPeriod, group: number) => number } = {
  'RCT.QosDl': quality,
  'RCT.RrmPolicyMinDl': (p, group) => p.now.minRatio[group] ?? NaN,
  'RCT.RrmPolicyMaxDl': (p, group) => p.now.maxRatio[group] ?? NaN,
  'RCT.RrmPolicyDedicatedDl': (p, group) => p.now.dedicatedRatio[group] ?? NaN,
};

/** Mean over the members that had something to receive. */
function meanThroughput(p: KpiPeriod): number {
  let sum = 0;
  let count = 0;
  for (let i = p.membersBegin; i < p.membersEnd; i++) {
    const throughput = p.throughput(p.member(i));
    if (Number.isNaN(throughput)) continue;
    sum += throughput;
    count++;
  }
  return sum / count;
}

function sumOverUes(p: KpiPeriod, name: 'RCT.PrbNeedArrivalDl' | 'RCT.PrbNeedBacklogDl'): number {
  let sum = 0;
  for (let i = p.membersBegin; i < p.membersEnd; i++) sum += UE_KPIS[name]?.(p, p.member(i)) ?? NaN;
  return sum;
}

function quality(p: KpiPeriod, group: number): number {
  const sliceIndex = group % SLICE_COUNT;
  const backlog = p.sumQueued(p.then) + p.sum(p.then, FIELD.harqBits);
  return sliceQuality(sliceIndex, {
    offeredBits: backlog + p.total(FIELD.offeredBits),
    deliveredBits: p.total(FIELD.deliveredBits),
    satisfiedShare: sliceIndex === 1 ? satisfiedShare(p) : 1,
    maxDelayMs: sliceIndex === 2 ? p.largest(p.delayMax) : 0,
    zeroAtMs: p.config.qosDelayMs,
  });
}

/** Of the members that had anything to receive, those that received enough of it. */
function satisfiedShare(p: KpiPeriod): number {
  let asking = 0;
  let satisfied = 0;
  for (let i = p.membersBegin; i < p.membersEnd; i++) {
    const ue = p.member(i);
    const offered = p.backlogBefore(ue) + p.grown(FIELD.offeredBits, ue);
    if (offered === 0) continue;
    asking++;
    if (p.grown(FIELD.deliveredBits, ue) >= p.config.qosServedShare * offered) satisfied++;
  }
  return asking === 0 ? 1 : satisfied / asking;
}
