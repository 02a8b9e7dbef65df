import { SLICE_TYPES } from '@ricochet/ran-types';
import { type RunOutcome } from '../run/run-outcome.js';
import { type RunSummary, type SliceSummary } from '../run/summary.js';
import { comparisonJson } from './comparison-json.js';
import { assertionsByMethod, comparisonTable, differenceTables } from './comparison-table.js';
import { compareMethods } from './comparison.js';

/** A run whose slices all have this delay, and one assertion. */
function outcome(method: string, seed: number, delayP99Ms: number | null): RunOutcome {
  const slice = {
    ...{ offeredMbps: 1, deliveredMbps: 1, servedShare: 1, slaSatisfaction: 1, qos: 0.5 },
    ...{ delayP99Ms, delayMeanMs: null, delayMaxMs: null, dropRate: 0, prbShare: seed / 10 },
  };
  const slices = Object.fromEntries(SLICE_TYPES.map((type) => [type, slice satisfies SliceSummary]));
  const measured = delayP99Ms;
  const assertions = [
    { name: 'quick', that: 'p99 < 5', measured, passed: measured !== null && measured < 5 },
  ];
  const summary = {
    ...{ slices, meanQos: 0.5, slaSatisfaction: 1, jainIndex: 1 },
    ...{ controller: method, kpiHash: 'h', configHash: 'c', assertions },
  } as unknown as RunSummary;
  return { scenario: 'one', seed, method, wallMs: 1, summary };
}

const comparison = compareMethods(
  ['a', 'b'],
  [
    ...[outcome('a', 1, 10), outcome('b', 1, 4)],
    ...[outcome('a', 2, 20), outcome('b', 2, 13)],
    ...[outcome('a', 3, 30), outcome('b', 3, 22)],
  ],
);
const delayOf = ({ kpis }: typeof comparison) =>
  kpis.find(({ kpi, slice }) => kpi.name === 'delayP99Ms' && slice === 'URLLC');

describe('a comparison of methods', () => {
  it('takes differences seed by seed, so that what seeds have in common cancels', () => {
    const [a, b] = delayOf(comparison)?.methods ?? [];
    expect(a).toMatchObject({ method: 'a', mean: 20, values: [10, 20, 30] });
    expect(b).toMatchObject({ method: 'b', mean: 13, values: [4, 13, 22] });
    const [difference] = delayOf(comparison)?.differences ?? [];
    expect(difference).toMatchObject({ method: 'b', against: 'a', mean: -7, pairs: 3, verdict: 'better' });
    // Differences −6, −7, −8: s = 1, t(0.975; 2) = 4.3027.
    expect(difference?.halfWidth).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
    // Without pairs the means' intervals would hide it.
    expect(a?.halfWidth).toBeGreaterThan(20);
  });

  it('says nothing of what is the same, and of KPIs without values', () => {
    const verdictOf = (name: string) =>
      comparison.kpis.find(({ kpi }) => kpi.name === name)?.differences[0]?.verdict;
    expect(verdictOf('dropRate')).toBe('open');
    expect(verdictOf('delayMeanMs')).toBe('open');
  });

  it('leaves out seeds in which one has no value, and runs without an end', () => {
    const holes = compareMethods(
      ['a', 'b'],
      [
        ...[outcome('a', 1, 10), outcome('b', 1, null)],
        ...[outcome('a', 2, 20), { scenario: 'one', seed: 2, method: 'b', wallMs: 1, fault: 'gone' }],
        ...[outcome('a', 3, 30), outcome('b', 3, 31)],
      ],
    );
    expect(delayOf(holes)?.differences[0]).toMatchObject({
      mean: 1,
      halfWidth: null,
      pairs: 1,
      verdict: 'open',
    });
    expect(holes.runs[3]).toMatchObject({ method: 'b', seed: 2, fault: 'gone' });
    expect(holes.assertions[1]?.results[0]?.measured).toEqual([null, null, 31]);
  });

  it('is a table with a row a slice and KPI, and one of the assertions', () => {
    const [table] = differenceTables(comparison);
    expect(table?.head).toEqual(['slice and KPI', 'a', 'b', 'difference', 'b is']);
    expect(table?.rows).toHaveLength(3 * 8 + 3);
    expect(table?.rows).toContainEqual([
      'URLLC delay P99, ms',
      '20.0 ± 24.8',
      '13.0 ± 22.4',
      '−7.0 ± 2.5',
      'better',
    ]);
    expect(table?.rows).toContainEqual(['eMBB delay mean, ms', '–', '–', '–', '–']);
    const assertions = assertionsByMethod(comparison);
    expect(assertions?.rows).toEqual([['quick: p99 < 5', '20 ± 25, 0 of 3', '13 ± 22, 1 of 3']]);
    expect(comparisonTable(table ?? { title: '', head: [], rows: [], verdicts: [] })).toContain('−7.0 ± 2.5');
  });

  it('is JSON whose KPIs have the names of summary.json', () => {
    const { kpis, methods, seeds } = JSON.parse(comparisonJson(comparison)) as {
      kpis: { kpi: string; slice: string }[];
      methods: string[];
      seeds: number[];
    };
    expect({ methods, seeds }).toEqual({ methods: ['a', 'b'], seeds: [1, 2, 3] });
    expect(kpis[3]).toMatchObject({ kpi: 'delayP99Ms', slice: 'eMBB', better: 'less' });
  });
});
