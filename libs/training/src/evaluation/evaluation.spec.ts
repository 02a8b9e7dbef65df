import { createEngine, Tape } from '@ricochet/rl';
import { parseTaskFamily, type TaskFamily } from '@ricochet/scenario';
import { taskEnvironment } from '../trainer/task-environment.js';
import { ADAPTATION_PLANS, AdaptingNetwork } from './adapting-network.js';
import { summaryOf } from './episode-summary.js';
import { Evaluator } from './evaluator.js';
import { withLoad, withSize } from './family-variants.js';
import { bestRule, namedRule, ruleCandidates } from './rule-tuning.js';
import { playTestEpisode, type TestEpisodeOptions, testNetwork } from './test-episode.js';

const FAMILY: TaskFamily = parseTaskFamily(
  [
    'name: tiny',
    'network: { cells: 2, uesPerCell: 9 }',
    'training: { load: { min: 0.5, max: 0.6 } }',
    'test: { load: { min: 0.9, max: 1 } }',
  ].join('\n'),
  'tiny.yaml',
);

const EPISODE: TestEpisodeOptions = {
  ...{ family: FAMILY, split: 'test', seed: 1 },
  ...{ durationMs: 2000, warmUpMs: 200 },
};

const evaluator = new Evaluator(() => 0);
const fresh = evaluator.fresh('context', 1);

function adapting(plan: keyof typeof ADAPTATION_PLANS, source = false) {
  const engine = createEngine({ mebibytes: 64 });
  return new AdaptingNetwork(
    { engine, tape: new Tape(engine, { mebibytes: 48 }) },
    {
      environment: testNetwork(EPISODE),
      ...{ quotaMode: 'exact', preset: 'context', models: fresh, plan: ADAPTATION_PLANS[plan], seed: 1 },
      ...(source && {
        source: taskEnvironment({ family: FAMILY, split: 'training', network: 0, seed: 1 }),
      }),
    },
  );
}

describe('test episodes', () => {
  const rewardOf = (rule: string) => evaluator.rule(rule, EPISODE).reward;

  it('rank the oracle above the rules, and the rules as ever', () => {
    const rule = rewardOf('urllc-first+srpt');
    expect(evaluator.oracle(EPISODE).reward).toBeGreaterThan(rule);
    expect(rule).toBeGreaterThan(rewardOf('demand-proportional+pf'));
  });

  it('are the same for all who play them', () => {
    expect(evaluator.rule('equal+rr', EPISODE)).toEqual(evaluator.rule('equal+rr', EPISODE));
    expect(evaluator.rule('equal+rr', { ...EPISODE, seed: 2 }).reward).not.toBe(rewardOf('equal+rr'));
  });

  it("have other DUs than other splits and other seeds' trainings", () => {
    const load = (environment: ReturnType<typeof testNetwork>) => {
      environment.reset(1);
      return environment.network.meanLoadMbps(0, 0);
    };
    const loads = [
      load(testNetwork(EPISODE)),
      load(testNetwork({ ...EPISODE, split: 'validation' })),
      load(testNetwork({ ...EPISODE, seed: 2 })),
      load(taskEnvironment({ family: FAMILY, split: 'training', network: 0, seed: 1 })),
    ];
    expect(new Set(loads).size).toBe(loads.length);
    expect(load(testNetwork(EPISODE))).toBe(loads[0]);
  });

  it('keep what figures need', () => {
    const { duRewards, slices } = evaluator.rule('need+pf', EPISODE);
    expect(duRewards).toHaveLength(2);
    for (const { qualities, duQualities, ueRatesKbps } of slices) {
      expect([qualities.length, ueRatesKbps.length]).toEqual([101, 101]);
      expect(duQualities).toHaveLength(2);
      expect(qualities).toEqual(qualities.toSorted((a, b) => a - b));
    }
  });

  it('say what no rule is', () => {
    expect(() => evaluator.rule('need+nothing', EPISODE)).toThrow('need+nothing is no rule');
  });
});

describe('rule tuning', () => {
  it('takes the best of the candidates on validation', () => {
    const candidates = [namedRule('equal', 'rr'), namedRule('urllc-first', 'srpt'), namedRule('need', 'pf')];
    const episode = { ...EPISODE, split: 'validation' as const };
    const { rule, reward } = bestRule(candidates, [episode, { ...episode, seed: 2 }]);
    for (const { name } of candidates) {
      const rewards = [1, 2].map((seed) => evaluator.rule(name, { ...episode, seed }).reward);
      expect((rewards[0]! + rewards[1]!) / 2).toBeLessThanOrEqual(reward + 1e-9);
    }
    expect(candidates).toContain(rule);
  });

  it('names its candidates apart', () => {
    const names = ruleCandidates().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('family variants', () => {
  it('change the size or the load of every split, and nothing else', () => {
    const larger = withSize(FAMILY, { cells: 3, uesPerCell: 12 });
    expect(larger.splits.test).toEqual({ ...FAMILY.splits.test, cells: 3, uesPerCell: 12 });
    const loaded = withLoad(FAMILY, 1.5);
    expect(loaded.splits.test.load?.max).toBeCloseTo(1.5);
    expect(loaded.splits.training.load?.min).toBeCloseTo(0.75);
    expect(withLoad(FAMILY, 1)).toEqual(withLoad(withLoad(FAMILY, 2), 0.5));
  });
});

describe('AdaptingNetwork', () => {
  const tested = (network: AdaptingNetwork) =>
    summaryOf(playTestEpisode(EPISODE, () => network.policies())).reward;

  it('begins as the model: a fresh one of `context` does as its rules', () => {
    const rule = evaluator.rule('urllc-first+srpt', EPISODE).reward;
    expect(Math.abs(tested(adapting('safe')) - rule)).toBeLessThan(0.01);
  });

  it('repeats, shots and test', () => {
    const run = () => {
      const network = adapting('plain', true);
      return [network.shot(), network.shot(), tested(network)];
    };
    expect(run()).toEqual(run());
  });

  it('moves at once without a guard, and only when judged with one', () => {
    const [safe, plain] = [adapting('safe'), adapting('plain')];
    const before = tested(safe);
    for (const network of [safe, plain]) for (let shot = 0; shot < 4; shot++) network.shot();
    expect(tested(safe)).toBe(before);
    expect(tested(plain)).not.toBe(before);
  });
});
