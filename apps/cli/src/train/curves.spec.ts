import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RoundReport } from '@ricochet/training';
import { CurvesCsv } from './curves-csv.js';
import { curvesPage } from './curves-page.js';
import { decisionsPerSecond, lastReward, timesOf } from './round-figures.js';
import { duration } from './training-progress.js';

const roundOf = (round: number, weights: readonly number[]): RoundReport => {
  const level = {
    tdVariance: 0.5 / round,
    weights: weights.map((weight, i) => ({ taskId: `training 0 cell-${i}`, weight })),
  };
  return {
    ...{ round, reward: round / 10, decisions: 400 },
    levels: { high: level, low: { tdVariance: 0, weights: [] } },
    times: { environment: 100, inference: 60.04, learning: 40 },
  };
};

describe('curves.csv', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-curves-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'curves.csv');
  const HEAD =
    'round,reward,decisions,highTdVariance,highWeightMin,highWeightMax,lowTdVariance,lowWeightMin,lowWeightMax,' +
    'environmentMs,inferenceMs,learningMs\n';

  it('has the rounds that were, and those that come; no figures where a level did not learn', () => {
    const csv = new CurvesCsv(path, [roundOf(1, [])]);
    csv.add(roundOf(2, [0.2, 0.5, 0.3]));
    expect(readFileSync(path, 'utf8')).toBe(
      `${HEAD}1,0.1,400,,,,,,,100.0,60.0,40.0\n2,0.2,400,0.25,0.2,0.5,,,,100.0,60.0,40.0\n`,
    );
    new CurvesCsv(path, [roundOf(1, [])]);
    expect(readFileSync(path, 'utf8')).toBe(`${HEAD}1,0.1,400,,,,,,,100.0,60.0,40.0\n`);
  });

  it('says when it can not be written', () => {
    expect(() => new CurvesCsv(join(path, 'below'), [])).toThrow(/lies below a file/);
  });
});

describe('curvesPage', () => {
  it('draws what there is to draw', () => {
    const charts = (rounds: readonly RoundReport[]) =>
      [...curvesPage('Training', rounds).matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(charts([roundOf(1, [])])).toEqual(['Reward']);
    expect(charts([roundOf(1, []), roundOf(2, [0.5, 0.5])])).toEqual([
      ...['Reward', 'TD-error variance', 'Weights of the DUs'],
    ]);
    expect(charts([])).toEqual([]);
  });
});

describe('figures of rounds', () => {
  it('add up', () => {
    const rounds = [1, 2, 3].map((round) => roundOf(round, []));
    expect(timesOf(rounds).total).toBeCloseTo(600.12);
    expect(decisionsPerSecond(rounds)).toBeCloseTo(1_200_000 / 600.12);
    expect(lastReward(rounds, 2)).toBeCloseTo(0.25);
  });

  test.each([
    [4_600, '5 s'],
    [200_000, '3 min 20 s'],
    [3_720_000, '1 h 02 min'],
  ])('%i ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
