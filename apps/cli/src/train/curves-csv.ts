import { appendFileSync } from 'node:fs';
import { type Level, type RoundReport } from '@ricochet/training';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { writeWhole } from '../write-whole.js';
import { weightRange } from './round-figures.js';

const HEAD = [
  ...['round', 'reward', 'decisions'],
  ...['highTdVariance', 'highWeightMin', 'highWeightMax'],
  ...['lowTdVariance', 'lowWeightMin', 'lowWeightMax'],
  ...['environmentMs', 'inferenceMs', 'learningMs'],
];

/** `curves.csv`: a row a round. */
export class CurvesCsv {
  /** Begins with the rounds so far. @throws CliError when it can not be written */
  constructor(
    private readonly path: string,
    history: readonly RoundReport[],
  ) {
    writeWhole(path, linesOf([HEAD, ...history.map(rowOf)]));
  }

  /** @throws CliError when it can not be written */
  add(round: RoundReport): void {
    try {
      appendFileSync(this.path, linesOf([rowOf(round)]));
    } catch (error) {
      throw new CliError(pathFault(error, this.path), 1);
    }
  }
}

function linesOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.join(',')}\n`).join('');
}

function rowOf(report: RoundReport): (string | number)[] {
  const { round, reward, decisions, times } = report;
  const level = (name: Level) => {
    const range = weightRange(report, name);
    return range === undefined ? ['', '', ''] : [report.levels[name].tdVariance, range.min, range.max];
  };
  const spent = [times.environment, times.inference, times.learning].map((ms) => ms.toFixed(1));
  return [round, reward, decisions, ...level('high'), ...level('low'), ...spent];
}
