import Table from 'cli-table3';
import { formatMeasured } from './format-measured.js';
import { type AssertionResult } from './judge-assertions.js';
import { type AssertionOverSeeds, type Estimate } from './seed-statistics.js';

/** Assertions with what came of them, as text. */
export interface AssertionRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether each held, in all runs. */
  readonly held: readonly boolean[];
}

/** The assertions of one run. */
export function assertionRows(results: readonly AssertionResult[]): AssertionRows {
  return {
    head: ['assertion', 'measured', 'holds'],
    rows: results.map((one) => [titleOf(one), formatMeasured(one.measured), one.passed ? 'yes' : 'NO']),
    held: results.map(({ passed }) => passed),
  };
}

/** The assertions over several runs. */
export function assertionRowsOverSeeds(results: readonly AssertionOverSeeds[]): AssertionRows {
  const held = results.map(({ passed, measured }) => passed === measured.length);
  return {
    head: ['assertion', 'mean over seeds, 95 % interval', 'holds'],
    rows: results.map((one, i) => [
      titleOf(one),
      formatMean(one),
      `${held[i] ? '' : 'NO, '}${one.passed} of ${one.measured.length}`,
    ]),
    held,
  };
}

/** For terminals. */
export function assertionTable({ head, rows }: AssertionRows): string {
  const table = new Table({
    head: [...head],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** What runs that were told to end early did not come to; no line where there is none. */
export function notReachedLines(names: readonly string[] = []): string[] {
  return names.length === 0 ? [] : [`not reached before the end: ${names.join('; ')}`];
}

/** An assertion with its name, where it has one. */
export function titleOf({ name, that }: Pick<AssertionResult, 'name' | 'that'>): string {
  return name === that ? name : `${name}: ${that}`;
}

/** What assertions measured, to two digits of the half width: `2.0 ± 0.5`. */
export function formatMean({ mean, halfWidth }: Estimate): string {
  if (mean === null || halfWidth === null || halfWidth === 0)
    return formatMeasured(mean) + exactly(halfWidth);
  const decimals = Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(halfWidth))));
  return `${mean.toFixed(decimals)} ± ${halfWidth.toFixed(decimals)}`;
}

const exactly = (halfWidth: number | null): string => (halfWidth === 0 ? ' ± 0' : '');
