import { createRules, RulePolicy } from './du-policy.js';
import { coarseBytes } from './coarse-buffers.js';
import { type EnvironmentOptions, type EnvironmentStep, SlicingEnvironment } from './environment.js';
import { play } from './play.js';
import { shareMoved, taskReward } from './task-reward.js';
import type { SliceObservation } from '../observation/slice-observation.js';
import { sNssaiOf } from '@ricochet/ran-types';

const NETWORK = { cells: 2, uesPerCell: 9 };

const acting = (split: 'need' | 'equal') => ({
  policies: [0, 1].map((du) => new RulePolicy(createRules({ split, scheduler: 'pf' }, { seed: du }))),
  quotaMode: 'exact' as const,
});

function run(options: Partial<EnvironmentOptions>, { seed = 1, untilMs = 1000 } = {}): EnvironmentStep[] {
  const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 1, ...options });
  const steps = [environment.reset(seed)];
  const policies = [0, 1].map(
    (du) => new RulePolicy(createRules({ split: 'need', scheduler: 'pf' }, { seed: du })),
  );
  play(environment, steps[0]!, {
    ...{ policies, quotaMode: 'exact', untilMs },
    onStep: (step) => steps.push(step),
  });
  return steps;
}

describe('SlicingEnvironment', () => {
  it('steps by 10 ms and ends a split period every 100 ms', () => {
    const steps = run({});
    expect(steps.map(({ timeMs }) => timeMs)).toEqual(Array.from({ length: 100 }, (_, i) => 10 * (i + 1)));
    expect(steps.filter(({ split }) => split !== undefined).map(({ timeMs }) => timeMs)).toEqual(
      Array.from({ length: 10 }, (_, i) => 100 * (i + 1)),
    );
  });

  it('repeats for a seed, differs for another, and keeps its DUs over resets', () => {
    expect(run({})).toEqual(run({}));
    expect(run({}, { seed: 2 })).not.toEqual(run({}));
    const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 5 });
    const loads = [1, 2].map((seed) => {
      environment.reset(seed);
      return environment.network.meanLoadMbps(0, 0);
    });
    expect(loads[0]).toBe(loads[1]);
  });

  it('says what to do first', () => {
    const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 1 });
    expect(() => environment.step([])).toThrow('the environment was not reset yet');
    expect(() => new SlicingEnvironment({ network: { cells: 0 }, taskSeed: 1 })).toThrow(/cells/);
  });

  it('forks: what comes after a state does not depend on what was tried meanwhile', () => {
    const hidden = {
      reports: { maxDelay: 300, maxLoss: 0.5 },
      interference: { meanInterval: 200, duration: 100, noiseRiseDb: { min: 3, max: 9 } },
      reslicingCost: { min: 0.5, max: 0.5 },
    };
    const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 1, hidden });
    const from = play(environment, environment.reset(1), { ...acting('need'), untilMs: 700 });
    const state = environment.save();
    const goOn = (split: 'need' | 'equal') => {
      const steps: EnvironmentStep[] = [];
      play(environment, from, { ...acting(split), untilMs: 1500, onStep: (step) => steps.push(step) });
      return steps;
    };
    const steps = goOn('need');
    environment.restore(state);
    expect(goOn('equal')).not.toEqual(steps);
    environment.restore(state);
    expect(goOn('need')).toEqual(steps);
  });

  it('lets reports come late: the same, at a later time', () => {
    const [plain, late] = [run({}), run({ hidden: { reports: { maxDelay: 0, maxLoss: 0 } } })];
    expect(late).toEqual(plain);
    const environment = new SlicingEnvironment({
      ...{ network: NETWORK, taskSeed: 3 },
      hidden: { reports: { maxDelay: 300, maxLoss: 0 } },
    });
    const first = environment.reset(1);
    const delays = [0, 1].map((du) => environment.hiddenTask(du).reportDelayMs);
    expect(Math.max(...delays)).toBeGreaterThan(0);
    const policies = delays.map(
      (_, du) => new RulePolicy(createRules({ split: 'need', scheduler: 'pf' }, { seed: du })),
    );
    play(environment, first, {
      ...{ policies, quotaMode: 'exact' as const, untilMs: 2000 },
      onStep: ({ timeMs, split }) =>
        split?.reports.forEach((report, du) => {
          if (report !== undefined) expect(timeMs - report.timeMs).toBe(delays[du]);
        }),
    });
  });

  it('loses reports, as many as it should', () => {
    const hidden = { reports: { maxDelay: 0, maxLoss: 1 } };
    const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 2, hidden });
    const steps = run({ hidden, taskSeed: 2 }, { untilMs: 5000 });
    environment.reset(1);
    const rates = [0, 1].map((du) => environment.hiddenTask(du).reportLoss);
    rates.forEach((rate, du) => {
      const lost = steps.filter(({ ueReports }) => ueReports[du] === undefined).length / steps.length;
      expect(Math.abs(lost - rate)).toBeLessThan(0.07);
    });
  });

  it('tells buffers in levels', () => {
    const levels = { levels: 3, lowestKbit: 8, ratio: 4 };
    expect([0, 1, 1000, 1001, 4000, 4001, 1e9].map((bytes) => coarseBytes(bytes, levels))).toEqual([
      0, 1000, 1000, 4000, 4000, 16000, 16000,
    ]);
  });

  it('hides slice weights that differ from DU to DU, and interference that nobody announces', () => {
    const hidden = {
      slaWeights: { spread: 1.2 },
      interference: { meanInterval: 500, duration: 500, noiseRiseDb: { min: 30, max: 30 } },
    };
    const environment = new SlicingEnvironment({ network: NETWORK, taskSeed: 1, hidden });
    environment.reset(1);
    const [one, other] = [0, 1].map((du) => environment.hiddenTask(du).sliceWeights);
    expect(one!.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
    expect(one).not.toEqual(other);
    const mean = (steps: EnvironmentStep[]) =>
      steps.flatMap(({ split }) => split?.rewards ?? []).reduce((sum, reward) => sum + reward, 0);
    const { interference } = hidden;
    expect(mean(run({ hidden: { interference } }, { untilMs: 3000 }))).toBeLessThan(
      mean(run({}, { untilMs: 3000 })),
    );
  });
});

describe('taskReward', () => {
  const slice = (type: 'eMBB' | 'mMTC' | 'URLLC', qos: number) =>
    ({ snssai: sNssaiOf(type), type, qos }) as SliceObservation;

  it('weighs the qualities and charges for what moves', () => {
    const slices = [slice('eMBB', 0.5), slice('mMTC', 1), slice('URLLC', 0)];
    const task = { sliceWeights: [0.5, 0.3, 0.2], reslicingCost: 0.4 };
    expect(taskReward(task, slices, { after: [0.2, 0.3, 0.5] })).toBeCloseTo(0.55);
    const moved = { before: [0.4, 0.3, 0.3], after: [0.2, 0.3, 0.5] };
    expect(shareMoved(moved.before, moved.after)).toBeCloseTo(0.2);
    expect(taskReward(task, slices, moved)).toBeCloseTo(0.55 - 0.4 * 0.2);
  });

  it('takes weights among the slices that are there', () => {
    const task = { sliceWeights: [0.5, 0.3, 0.2], reslicingCost: 0 };
    expect(taskReward(task, [slice('eMBB', 0.6), slice('eMBB', 0.2)], { after: [0.5, 0.5] })).toBeCloseTo(
      0.4,
    );
    expect(taskReward(task, [], { after: [] })).toBe(1);
  });
});
