import Table from 'cli-table3';
import { type RicCounts } from '@ricochet/contracts';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { assertionRows, assertionTable, notReachedLines } from './assertion-table.js';
import { type LevelSummary } from './learning-recording.js';
import { checksOf, countOf, runTitle, type RunOutcome } from './run-outcome.js';
import { type RunSummary } from './summary.js';

export const SLICE_HEAD = [
  'slice',
  'offered',
  'delivered',
  'served',
  'PRBs',
  'delay mean',
  'delay P99',
  'dropped',
  'QoS',
  'SLA met',
] as const;

/** What became of each slice, under {@link SLICE_HEAD}. */
export function sliceRows({ slices }: Pick<RunSummary, 'slices'>): string[][] {
  return SLICE_TYPES.map((type) => {
    const slice = slices[type];
    return [
      type,
      `${slice.offeredMbps.toFixed(1)} Mbit/s`,
      `${slice.deliveredMbps.toFixed(1)} Mbit/s`,
      percent(slice.servedShare),
      percent(slice.prbShare),
      ms(slice.delayMeanMs),
      ms(slice.delayP99Ms),
      percent(slice.dropRate),
      slice.qos.toFixed(3),
      percent(slice.slaSatisfaction),
    ];
  });
}

/** How long slices took to meet their SLA again, a line a surge. */
export function recoveryLines({ recovery }: Pick<RunSummary, 'recovery'>): string[] {
  return recovery.map(
    ({ slice, endMs, recovery }) =>
      `after the ${slice} surge that ended at ${(endMs / 1000).toFixed(1)} s: ` +
      SLICE_TYPES.map((type) => {
        const { meanMs, maxMs, notRecovered } = recovery[type];
        const open = notRecovered > 0 ? `, ${notRecovered} DU not` : '';
        if (meanMs === null || maxMs === null) return `${type} not recovered`;
        return `${type} recovered in ${meanMs.toFixed(0)} ms (at most ${maxMs} ms${open})`;
      }).join('; '),
  );
}

/** The summary for people. */
export function summaryTable(summary: RunSummary): string {
  const table = new Table({
    head: [...SLICE_HEAD],
    colAligns: ['left', ...Array<'right'>(9).fill('right')],
    style: { head: [], border: [] },
  });
  table.push(...sliceRows(summary));
  const { loopLatency, counts } = summary;
  const lines = [
    `${summary.scenario}, seed ${summary.seed}, controller ${summary.controller}: ${(summary.simulatedMs / 1000).toFixed(1)} s simulated in ${(summary.wallMs / 1000).toFixed(1)} s (${summary.realTimeFactor.toFixed(1)} × real time, ${summary.mode})`,
    table.toString(),
    `mean QoS ${summary.meanQos.toFixed(3)}, SLA met ${percent(summary.slaSatisfaction)}, Jain's index ${summary.jainIndex.toFixed(3)}`,
    ...recoveryLines(summary),
    `loop latency p50 ${loopLatency.p50Ms.toFixed(2)} ms, p99 ${loopLatency.p99Ms.toFixed(2)} ms over ${loopLatency.count} controls; ` +
      `${counts.indications} indications, ${counts.controlsApplied} controls applied, ${counts.controlsFailed} failed` +
      (counts.ric === null
        ? ''
        : `, ${counts.ric.effectsEffective} effective and ${counts.ric.effectsIneffective} not, ${counts.ric.effectsNotMeasured} not measured, ${counts.ric.missed} indications missed${superfluous(counts.ric)}`),
    ...learningLines(summary),
    ...(summary.kpiHash === null ? [] : [`KPI hash ${summary.kpiHash}`]),
    ...(summary.assertions === undefined ? [] : [assertionTable(assertionRows(summary.assertions))]),
    ...notReachedLines(summary.assertionsNotReached),
  ];
  return lines.join('\n');
}

/** A run among several, in a line. */
export function seedLine(outcome: RunOutcome): string {
  const { summary, fault, wallMs } = outcome;
  const title = runTitle(outcome);
  if (summary === undefined) return `${title}: ${fault ?? 'did not come to its end'}`;
  const checks = checksOf(outcome);
  const notReached = countOf(checks, 'not-reached');
  const { simulatedMs, meanQos, slaSatisfaction, kpiHash } = summary;
  return (
    `${title}: ${(simulatedMs / 1000).toFixed(1)} s simulated in ${(wallMs / 1000).toFixed(1)} s, ` +
    `mean QoS ${meanQos.toFixed(3)}, SLA met ${percent(slaSatisfaction)}` +
    (summary.assertions === undefined
      ? ''
      : `, ${countOf(checks, 'failed')} of ${summary.assertions.length} assertions failed`) +
    (notReached === 0 ? '' : `, ${notReached} not reached`) +
    (kpiHash === null ? '' : `, KPI hash ${kpiHash}`)
  );
}

/** Nothing where every indication came once and in order. */
function superfluous({ duplicates, late }: RicCounts): string {
  return duplicates + late === 0 ? '' : `, ${duplicates} duplicates, ${late} late`;
}

/** What each level has learned, a line each. */
export function learningLines({ learning }: Pick<RunSummary, 'learning'>): string[] {
  if (learning === undefined) return [];
  return Object.entries(learning.levels).map(
    ([level, { rounds, modelVersion, rollbacks, refused, adaptations, updateP50Ms, updateMaxMs }]) =>
      `${level} level learned over ${rounds} rounds to model v${modelVersion} on ${learning.engine}: meta update median ` +
      `${ms(updateP50Ms)}, at most ${ms(updateMaxMs)}; ${rollbacks} rolled back, ${refused} contributions refused${adaptationsOf(adaptations)}`,
  );
}

/** Nothing where no DU adapts. */
function adaptationsOf({ accepted, kept, reverted }: LevelSummary['adaptations']): string {
  if (accepted + kept + reverted === 0) return '';
  return `; adaptations of DUs: ${accepted} accepted, ${kept} kept, ${reverted} reverted`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} ms`;
}
