import Table from 'cli-table3';
import { formatMeasured } from './format-measured.js';
import { type AssertionResult } from './judge-assertions.js';
import { type AssertionOverSeeds } from './seed-statistics.js';

/** The assertions of one run for people. */
export function assertionTable(results: readonly AssertionResult[]): string {
  return tableOf(
    ['assertion', 'measured', 'holds'],
    results.map(({ name, that, measured, passed }) => [
      titleOf(name, that),
      formatMeasured(measured),
      passed ? 'yes' : 'NO',
    ]),
  );
}

/** The assertions over several runs for people. */
export function assertionsOverSeedsTable(results: readonly AssertionOverSeeds[]): string {
  return tableOf(
    ['assertion', 'mean over seeds, 95 % interval', 'holds'],
    results.map(({ name, that, measured, passed, mean, halfWidth }) => [
      titleOf(name, that),
      halfWidth === null ? formatMeasured(mean) : `${formatMeasured(mean)} ± ${formatMeasured(halfWidth)}`,
      `${passed < measured.length ? 'NO, ' : ''}${passed} of ${measured.length}`,
    ]),
  );
}

function titleOf(name: string, that: string): string {
  return name === that ? name : `${name}: ${that}`;
}

function tableOf(head: string[], rows: string[][]): string {
  const table = new Table({ head, colAligns: ['left', 'right', 'left'], style: { head: [], border: [] } });
  table.push(...rows);
  return table.toString();
}
