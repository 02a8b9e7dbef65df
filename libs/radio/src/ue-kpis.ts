import { type KpiName } from '@ricochet/ran-types';

import { FIELD } from './counters.js';
import { dropRate, type KpiPeriod } from './kpi-period.js';

export type UeKpi = (period: KpiPeriod, ue: number) => number;

/** The KPIs of a UE: definitions and units in the catalogue. */
export const UE_KPIS: { readonly [K in KpiName]?: UeKpi } = {
  'RRU.PrbUsedDl': (p, ue) => p.grown(FIELD.prbSlots, ue) / p.slots,
  'DRB.UEThpDl': (p, ue) => p.throughput(ue),
  'DRB.PdcpSduVolumeDL': (p, ue) => p.grown(FIELD.deliveredBits, ue) / 1000,
  'DRB.RlcSduDelayDl': (p, ue) =>
    ((p.grown(FIELD.delayMs, ue) - p.grown(FIELD.airMs, ue)) * 10) / p.grown(FIELD.deliveredPackets, ue),
  'DRB.AirIfDelayDl': (p, ue) => (p.grown(FIELD.airMs, ue) * 10) / p.grown(FIELD.deliveredPackets, ue),
  'DRB.RlcPacketDropRateDl': (p, ue) =>
    dropRate(p.grown(FIELD.lostPackets, ue), p.grown(FIELD.arrivedPackets, ue)),
  'RCT.PacketDelayDl.Mean': (p, ue) => p.grown(FIELD.delayMs, ue) / p.grown(FIELD.deliveredPackets, ue),
  'RCT.PacketDelayDl.P50': (p, ue) => p.quantile(ue, 0.5),
  'RCT.PacketDelayDl.P95': (p, ue) => p.quantile(ue, 0.95),
  'RCT.PacketDelayDl.P99': (p, ue) => p.quantile(ue, 0.99),
  'RCT.PacketDelayDl.Max': (p, ue) => p.delayMax[ue] || NaN,
  'RCT.BufferDl': (p, ue) => Math.ceil(p.queuedBits(ue) / 8),
  'RCT.OfferedVolumeDl': (p, ue) => p.grown(FIELD.offeredBits, ue) / 1000,
  'RCT.HolDelayDl': (p, ue) => p.now.holMs[ue] ?? NaN,
  'RCT.SpectralEfficiencyDl': (p, ue) => p.gauge(FIELD.efficiency, ue),
  'RCT.PrbNeedArrivalDl': (p, ue) => p.grown(FIELD.offeredBits, ue) / p.slots / p.bitsPerPrb(ue),
  'RCT.PrbNeedBacklogDl': (p, ue) => p.queuedBits(ue) / p.bitsPerPrb(ue),
  'RCT.SNssai': (p, ue) => p.sNssai(ue),
  'RCT.SchedulingWeightDl': (p, ue) => p.gauge(FIELD.weight, ue),
};
