import Table from 'cli-table3';
import { formatMean, titleOf } from '../run/assertion-table.js';
import { type Estimate } from '../run/seed-statistics.js';
import { type ComparedKpi } from './compared-kpis.js';
import { type Comparison, type Difference, type Verdict } from './comparison.js';

/** A comparison as rows of text, for terminals and pages. */
export interface ComparisonRows {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the interval of each row says; of a table of assertions nothing. */
  readonly verdicts: readonly Verdict[];
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  differs: 'differs',
  open: '–',
};

/** A table for each method but the first, which it is held against: both means, and the paired difference. */
export function differenceTables({ methods, kpis }: Comparison): ComparisonRows[] {
  const [first = '', ...others] = methods;
  return others.map((other) => {
    const rows = kpis.map(({ kpi, slice, methods: measured, differences }) => {
      const difference = differences.find(({ method }) => method === other);
      const cells = [first, other].map((name) =>
        formatEstimate(
          kpi,
          measured.find(({ method }) => method === name),
        ),
      );
      return { cells: [`${slice} ${kpi.title}`, ...cells, formatDifference(kpi, difference)], difference };
    });
    const verdicts = rows.map(({ difference }) => difference?.verdict ?? 'open');
    return {
      title: `${other} against ${first}: means, and the paired difference with its 95 % interval`,
      head: ['slice and KPI', first, other, 'difference', `${other} is`],
      rows: rows.map(({ cells }, i) => [...cells, VERDICT_WORDS[verdicts[i] ?? 'open']]),
      verdicts,
    };
  });
}

/** In how many runs each assertion held, by method; `undefined` where the scenario has none. */
export function assertionsByMethod({ assertions }: Comparison): ComparisonRows | undefined {
  const all = assertions.find(({ results }) => results.length > 0)?.results;
  if (all === undefined) return undefined;
  return {
    title: 'Assertions: mean over seeds with its 95 % interval, and in how many runs it held',
    head: ['assertion', ...assertions.map(({ method }) => method)],
    rows: all.map((assertion, i) => [
      titleOf(assertion),
      ...assertions.map(({ results }) => {
        const result = results[i];
        if (result === undefined) return '–';
        return `${formatMean(result)}, ${result.passed} of ${result.measured.length}`;
      }),
    ]),
    verdicts: [],
  };
}

/** For the terminal. */
export function comparisonTable({ title, head, rows }: ComparisonRows): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return `${title}\n${table.toString()}`;
}

/** `12.3 ± 0.4`, without an interval `12.3`. */
export function formatEstimate(
  { scale, digits }: Pick<ComparedKpi, 'scale' | 'digits'>,
  { mean, halfWidth }: Estimate = { mean: null, halfWidth: null },
): string {
  if (mean === null) return '–';
  const number = (value: number): string => (value * scale).toFixed(digits);
  return halfWidth === null ? number(mean) : `${number(mean)} ± ${number(halfWidth)}`;
}

/** With its sign: `−1.2 ± 0.4`. */
function formatDifference(kpi: ComparedKpi, difference: Difference | undefined): string {
  const { mean = null, halfWidth = null } = difference ?? {};
  if (mean === null) return '–';
  return `${mean < 0 ? '−' : '+'}${formatEstimate(kpi, { mean: Math.abs(mean), halfWidth })}`;
}
