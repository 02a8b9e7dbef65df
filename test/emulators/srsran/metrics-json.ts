import { type CellReading, type UeReading } from '../emulated-gnb.js';

/** Releases whose metrics differ. */
export type SrsranEra = '24.10' | '25.04' | '25.10' | 'ocudu';

/** The scheduler's report of a period, as an era writes it: one text a datagram or frame. */
export function schedulerReports(era: SrsranEra, cells: readonly CellReading[], time: ReportTime): string[] {
  if (era === '24.10' || era === '25.04')
    return cells.map((cell) => `${JSON.stringify(oldReport(cell, time))}\n`);
  const own = cells.map((cell) => (era === 'ocudu' ? ocuduCell(cell, time) : cell2510(cell, time)));
  return [JSON.stringify({ timestamp: utcText(time.nowMs), cells: own })];
}

export interface ReportTime {
  readonly nowMs: number;
  readonly periodMs: number;
}

/** Metrics of other layers, which come between the scheduler's and are of no use to an adapter. */
export function otherReports(nowMs: number): string[] {
  const timestamp = utcText(nowMs);
  return [
    JSON.stringify({ app_resource_usage: { cpu_usage_percent: 101.5, memory_usage_mb: 1200.25 }, timestamp }),
    JSON.stringify({ du: { du_high: { mac: { dl: [{ pci: 1, average_latency_us: 70.7 }] } } }, timestamp }),
  ];
}

const SDU_BITS = 12_000;

/** RLC's reports, one a bearer, of gNBs with `metrics.layers.enable_rlc`. */
export function rlcReports(cells: readonly CellReading[], nowMs: number): string[] {
  return cells
    .flatMap(({ ues }) => ues)
    .map(({ number, bits, rlcDelayUs = 0 }) => {
      const sdus = Math.ceil(bits / SDU_BITS);
      const tx = {
        num_sdus: sdus,
        num_sdu_bytes: Math.round(bits / 8),
        num_dropped_sdus: 0,
        num_discarded_sdus: 0,
        sum_sdu_latency_us: Math.round(sdus * rlcDelayUs),
      };
      const rlc_metrics = { du_id: 0, ue_id: number, drb_id: 1, tx, rx: { num_sdus: 0 } };
      return JSON.stringify({ rlc_metrics, timestamp: utcText(nowMs) });
    });
}

/** `YYYY-MM-DDThh:mm:ss.sss`, UTC without saying so. */
export function utcText(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, -1);
}

const rate = (ue: UeReading, { periodMs }: ReportTime) => (ue.bits * 1000) / periodMs;

/** Before 25.10: a report a cell, UEs in containers, no PCI of a cell; what is not measured is "n/a" or absent. */
function oldReport({ ues, changes }: CellReading, time: ReportTime) {
  return {
    ue_list: ues.map((ue) => ({
      ue_container: {
        pci: 1,
        rnti: ue.rnti,
        ...(ue.cqi > 0 && { cqi: ue.cqi }),
        ri: 1.0,
        dl_mcs: ue.mcs,
        dl_brate: rate(ue, time),
        dl_nof_ok: ue.blocks - ue.errors,
        dl_nof_nok: ue.errors,
        dl_bs: ue.bufferBytes,
        pusch_snr_db: 21.5,
        ta_ns: 'n/a',
        ul_mcs: 10,
        ul_brate: 1200,
        ul_nof_ok: 2,
        ul_nof_nok: 0,
        bsr: 0,
      },
    })),
    event_list: changes.map(({ rnti, kind }) => ({
      cell_events: { sfn: 12, slot_index: 3, rnti, event_type: kind },
    })),
    cell_metrics: { error_indication_count: 0, average_latency: 12, latency_histogram: [900, 100, 0] },
    timestamp: time.nowMs / 1000,
  };
}

/** 25.10: lists that are empty are left out, what is not measured is null or absent. */
function cell2510({ cell, ues, changes }: CellReading, time: ReportTime) {
  return {
    cell_metrics: {
      pci: cell + 1,
      error_indication_count: 0,
      average_latency: 12,
      max_latency: 40,
      nof_failed_pdcch_allocs: 0,
      latency_histogram: [900, 100, 0],
      pucch_tot_rb_usage_avg: 0.7,
    },
    ...(ues.length > 0 && { ue_list: ues.map((ue) => ueOf(cell, ue, time)) }),
    ...(changes.length > 0 && {
      event_list: changes.map(({ rnti, kind }) => ({ slot: '12.3', rnti, event_type: kind })),
    }),
  };
}

function ueOf(cell: number, ue: UeReading, time: ReportTime) {
  return {
    ue: ue.number,
    pci: cell + 1,
    rnti: ue.rnti,
    ...(ue.cqi > 0 && { cqi: ue.cqi }),
    dl_ri: 1.0,
    ul_ri: 1.0,
    dl_mcs: ue.mcs,
    dl_brate: rate(ue, time),
    dl_nof_ok: ue.blocks - ue.errors,
    dl_nof_nok: ue.errors,
    dl_bs: ue.bufferBytes,
    pusch_snr_db: 21.5,
    ta_ns: null,
    ul_mcs: 10,
    ul_brate: 1200.0,
    last_phr: null,
    bsr: 0,
  };
}

/** OCUDU: −1 for a CQI that is not measured, other names of counters, PRBs by slot of the TDD pattern. */
function ocuduCell(reading: CellReading, time: ReportTime) {
  const { cell_metrics, ue_list, ...rest } = cell2510(reading, time);
  const { nof_failed_pdcch_allocs: _, ...kept } = cell_metrics;
  return {
    ...rest,
    cell_metrics: {
      ...kept,
      failed_dl_pdcch: 0,
      failed_ul_pdcch: 0,
      pdsch_prbs_used_per_tdd_slot_idx: Array.from({ length: 10 }, () => reading.usedPrbs),
    },
    ...(ue_list && { ue_list: ue_list.map((ue) => ({ ...ue, cqi: ue.cqi ?? -1, ta_ns: 0, last_phr: 0 })) }),
  };
}
