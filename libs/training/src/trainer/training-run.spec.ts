import { createHash } from 'node:crypto';
import { parseTaskFamily } from '@ricochet/scenario';
import { type LevelModels } from './task-group.js';
import { type RoundReport, type TrainerState } from './trainer.js';
import { trainingConfigSchema } from './training-config.js';
import { TrainingRun, type TrainingRunOptions } from './training-run.js';

const family = parseTaskFamily('name: tiny\nnetwork: { cells: 1, uesPerCell: 3 }\n', 'tiny.yaml');
const config = trainingConfigSchema.parse({
  rounds: 5,
  episodeRounds: 2,
  periods: 20,
  updates: { high: 2, low: 1 },
});
const tiny: TrainingRunOptions = {
  ...{ family, config, seed: 3, engine: 'simd128', threads: 0 },
  now: () => performance.now(),
};

const runs: TrainingRun[] = [];
afterEach(() => Promise.all(runs.splice(0).map((run) => run.stop())));

const runOf = (options: Partial<TrainingRunOptions> = {}): TrainingRun => {
  const run = new TrainingRun({ ...tiny, ...options });
  runs.push(run);
  return run;
};
const digest = ({ high, low }: LevelModels): string =>
  createHash('sha256').update(high).update(low).digest('hex');

/** The tiny training from beginning to end, once for all specs. */
const whole = (() => {
  let result: Promise<{ models: string; rounds: RoundReport[]; states: TrainerState[] }> | undefined;
  return () => (result ??= trained());
})();

async function trained(options: Partial<TrainingRunOptions> = {}) {
  const run = runOf(options);
  const rounds: RoundReport[] = [];
  const states: TrainerState[] = [];
  const done = await run.run({
    onRound: (report) => void rounds.push(report),
    onState: (state) => void states.push(structuredClone(state)),
  });
  expect(done).toBe(true);
  return { models: digest(run.models), rounds, states };
}

describe('TrainingRun', () => {
  it('changes the networks, and says what each round came to', async () => {
    const { rounds, models } = await whole();
    expect(models).not.toBe(digest(runOf().models));
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5]);
    const [last] = rounds.slice(-1);
    // Nobody decides on the first 10 ms of an episode.
    expect(last!.decisions).toBe(2 * (20 * 10 - 1));
    for (const level of ['high', 'low'] as const) {
      const { weights, tdVariance } = last!.levels[level];
      expect(weights.map(({ taskId }) => taskId)).toEqual(['training 0 cell-0', 'training 1 cell-0']);
      expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(tdVariance).toBeGreaterThan(0);
    }
  });

  it('says where the time went', async () => {
    const { rounds } = await whole();
    for (const { times } of rounds) {
      expect(Object.keys(times).sort()).toEqual(['environment', 'inference', 'learning']);
      for (const time of Object.values(times)) expect(time).toBeGreaterThan(0);
    }
  });

  it('comes to the same bits again, and to others with another seed', async () => {
    const { models } = await whole();
    expect((await trained()).models).toBe(models);
    expect((await trained({ seed: 4 })).models).not.toBe(models);
  });

  test.each([1, 2])('comes to the same bits with %i networks at a time in threads', async (threads) => {
    const { models, rounds } = await trained({ threads });
    expect(models).toBe((await whole()).models);
    const outcome = ({ times: _, ...rest }: RoundReport) => rest;
    expect(rounds.map(outcome)).toEqual((await whole()).rounds.map(outcome));
  });

  test.each([0, 1, 2, 3])('goes on from state %i to the same bits', async (index) => {
    const { models, states } = await whole();
    expect(states.map(({ round }) => round)).toEqual([0, 2, 4, 5]);
    const run = runOf({ threads: index === 1 ? 2 : 0 });
    expect(await run.run({ from: structuredClone(states[index]!) })).toBe(true);
    expect(digest(run.models)).toBe(models);
  });

  it('ends after the round in which it is told to', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onRound = ({ round }: RoundReport) => {
      seen.push(round);
      if (round === 3) abort.abort();
    };
    expect(await runOf().run({ signal: abort.signal, onRound })).toBe(false);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('lets as many DUs of the first network learn as it is told', async () => {
    const { rounds } = await trained({ config: { ...config, learningDus: 1 } });
    expect(rounds.at(-1)!.levels.high.weights).toEqual([{ taskId: 'training 0 cell-0', weight: 1 }]);
  });
});

describe('TrainingRun refuses', () => {
  const withHidden = (hidden: object): TrainingRunOptions['family'] => ({ ...family, hidden });
  const withNetwork = (network: object): TrainingRunOptions['family'] => ({
    ...family,
    splits: { ...family.splits, training: { ...family.splits.training, ...network } },
  });

  test.each([0, 1])('rewards that are no numbers, naming the DU (threads: %i)', async (threads) => {
    const states: TrainerState[] = [];
    const run = runOf({ family: withHidden({ reslicingCost: { min: NaN, max: NaN } }), threads });
    const before = digest(run.models);
    await expect(run.run({ onState: (state) => void states.push(state) })).rejects.toThrow(
      /^training 0 cell-0, high level: rewards of \d+ transitions\[\d+\] is NaN$/,
    );
    expect(digest(run.models)).toBe(before);
    expect(states.map(({ round }) => round)).toEqual([0]);
  });

  it('observations that are no numbers, naming the DU', async () => {
    const run = runOf({ family: withHidden({ buffers: { levels: NaN, lowestKbit: 8, ratio: 2 } }) });
    await expect(run.run()).rejects.toThrow(/^training 0 cell-0, (high|low) level: .* is NaN$/);
  });

  it('a network without DUs', () => {
    expect(() => runOf({ family: withNetwork({ cells: 0 }) })).toThrow(/cells/);
  });

  it('networks of another size to go on from', async () => {
    const { states } = await whole();
    const run = runOf({ config: { ...config, preset: 'context' } });
    await expect(run.run({ from: states[1]! })).rejects.toThrow(/floats instead of/);
  });
});

describe('trainingConfigSchema', () => {
  it.each([
    [{ rounds: 0 }, 'rounds'],
    [{ learningRate: Infinity }, 'learningRate'],
    [{ weighting: 'none' }, 'weighting'],
    [{ updates: { high: 1.5 } }, 'high'],
    [{ raunds: 3 }, 'raunds'],
  ])('refuses %j', (values, key) => {
    expect(() => trainingConfigSchema.parse(values)).toThrow(key);
  });
});
