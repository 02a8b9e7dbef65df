import { addReadMetrics, type Registry } from '@ricochet/platform';
import { type SliceTotals } from '../sampling/slice-totals.js';

const MS_PER_S = 1_000;
const PERCENT = 100;

/** KPIs, quotas and SLAs of the slices of each node, as the network has them. */
export function addSliceMetrics(metrics: Registry, totals: SliceTotals): void {
  addTotals(metrics, totals);
  addValues(metrics, totals);
}

const BY_SLICE = ['node', 'slice'] as const;

function addTotals(metrics: Registry, totals: SliceTotals): void {
  addReadMetrics(metrics, {
    ricochet_sim_slice_offered_bits_total: {
      help: 'Bits that arrived for the UEs of a slice of a node.',
      by: BY_SLICE,
      read: () => totals.total('offeredBits'),
    },
    ricochet_sim_slice_delivered_bits_total: {
      help: 'Bits that were delivered to the UEs of a slice of a node.',
      by: BY_SLICE,
      read: () => totals.total('deliveredBits'),
    },
    ricochet_sim_slice_periods_total: {
      help: 'Periods of 100 ms in which the SLA of a slice of a node was judged.',
      by: BY_SLICE,
      read: () => totals.total('periods'),
    },
    ricochet_sim_slice_sla_met_periods_total: {
      help: 'Those in which it was met.',
      by: BY_SLICE,
      read: () => totals.total('slaMetPeriods'),
    },
  });
}

function addValues(metrics: Registry, totals: SliceTotals): void {
  const seconds = (ms: number | null): number | null => (ms === null ? null : ms / MS_PER_S);
  addReadMetrics(metrics, {
    ricochet_sim_cell_on: {
      help: '1 while the cell of a node is on.',
      by: 'node',
      read: () => totals.cellsOn(),
    },
    ricochet_sim_slice_ues: {
      help: 'UEs of a slice of a node, over the last 100 ms.',
      by: BY_SLICE,
      read: () => totals.value(({ ues }) => ues),
    },
    ricochet_sim_slice_prb_used_ratio: {
      help: 'PRBs that a slice used, of those of the carrier, over the last 100 ms.',
      by: BY_SLICE,
      read: () =>
        totals.value(({ prbUsed }, { prbAvailable }) => (prbAvailable > 0 ? prbUsed / prbAvailable : 0)),
    },
    ricochet_sim_slice_quota_min_ratio: {
      help: 'Share of the PRBs that a slice of a node is sure of.',
      by: BY_SLICE,
      read: () => totals.value(({ minRatio }) => minRatio / PERCENT),
    },
    ricochet_sim_slice_quota_max_ratio: {
      help: 'Share of the PRBs that a slice of a node may have.',
      by: BY_SLICE,
      read: () => totals.value(({ maxRatio }) => maxRatio / PERCENT),
    },
    ricochet_sim_slice_delay_mean_seconds: {
      help: 'Mean delay of the packets of a slice of a node, over the last 100 ms; none where none was delivered.',
      by: BY_SLICE,
      read: () => totals.value(({ delayMeanMs }) => seconds(delayMeanMs)),
    },
    ricochet_sim_slice_delay_p99_seconds: {
      help: '99th percentile of it.',
      by: BY_SLICE,
      read: () => totals.value(({ delayP99Ms }) => seconds(delayP99Ms)),
    },
    ricochet_sim_slice_drop_ratio: {
      help: 'Packets of a slice of a node that were dropped, of those that arrived, over the last 100 ms.',
      by: BY_SLICE,
      read: () => totals.value(({ dropRate }) => dropRate),
    },
    ricochet_sim_slice_buffer_bytes: {
      help: 'What waits for the UEs of a slice of a node.',
      by: BY_SLICE,
      read: () => totals.value(({ bufferBytes }) => bufferBytes),
    },
    ricochet_sim_slice_qos_ratio: {
      help: 'Quality of a slice of a node, 0 to 1, over the last 100 ms.',
      by: BY_SLICE,
      read: () => totals.value(({ qos }) => qos),
    },
  });
}
