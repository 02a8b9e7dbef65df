import { type KpiValues } from '@ricochet/e2-node';
import { cqiEfficiency, mcsEfficiency, type McsTable } from '@ricochet/ran-types';
import { type RlcMetrics, type UeMetrics } from './metrics-frame.js';

/** Sums of a UE's bearers over a period. */
export type RlcSums = Omit<RlcMetrics, 'number'>;

/**
 * What the scheduler tells of a UE over a period, in the catalogue's units: `dl_brate` is bit/s of what MAC delivered,
 * over the whole period; `dl_bs` octets. RLC's delay and loss where its metrics are switched on.
 */
export function ueKpis(ue: UeMetrics, periodMs: number, mcsTable: McsTable): KpiValues {
  const { dl_brate, dl_bs, dl_nof_ok, dl_nof_nok } = ue;
  const blocks = dl_nof_ok === undefined ? undefined : dl_nof_ok + (dl_nof_nok ?? 0);
  return defined({
    'DRB.UEThpDl': dl_brate && dl_brate / 1e3,
    'DRB.PdcpSduVolumeDL': dl_brate && (dl_brate * periodMs) / 1e6,
    'RCT.BufferDl': dl_bs,
    'TB.TotNbrDl': blocks,
    'TB.ErrTotNbrDl': dl_nof_nok,
    'RCT.SpectralEfficiencyDl': efficiencyOf(ue, blocks, mcsTable),
  });
}

/** Delay in 0.1 ms, loss in 10⁻⁶. */
export function rlcKpis({ sdus, lostSdus, latencyUs }: RlcSums): KpiValues {
  return defined({
    'DRB.RlcSduDelayDl': sdus > 0 ? latencyUs / sdus / 100 : undefined,
    'DRB.RlcPacketDropRateDl': sdus + lostSdus > 0 ? (1e6 * lostSdus) / (sdus + lostSdus) : undefined,
  });
}

/** bit/s/Hz by the MCS of what was sent; by the CQI where nothing was. */
function efficiencyOf(ue: UeMetrics, blocks: number | undefined, table: McsTable): number | undefined {
  const { dl_mcs, cqi, layers = 1 } = ue;
  const sent = blocks !== undefined && blocks > 0 && dl_mcs !== undefined;
  const ofLayer = (sent ? mcsEfficiency(table, Math.round(dl_mcs)) : undefined) ?? ofCqi(table, cqi);
  return ofLayer && ofLayer * Math.max(1, layers);
}

function ofCqi(table: McsTable, cqi: number | undefined): number | undefined {
  return cqi === undefined ? undefined : cqiEfficiency(table, Math.round(cqi));
}

function defined(values: { readonly [K in keyof KpiValues]: number | undefined }): KpiValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}
