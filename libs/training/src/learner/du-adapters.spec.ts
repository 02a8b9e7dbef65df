import {
  createEngine,
  packVectors,
  ReplayBuffer,
  SeededRandom,
  SimplexAgent,
  Tape,
  type VectorTransitions,
} from '@ricochet/rl';
import { DuAdapters } from './du-adapters.js';
import { LevelLearner, learnerSettings } from './level-learner.js';

const engine = createEngine({ mebibytes: 32 });
const config = { kind: 'simplex', preset: 'default', stateSize: 2, shares: 3, gamma: 0 } as const;
const agent = new SimplexAgent(engine, config);
const context = { agent, tape: new Tape(engine, { mebibytes: 16 }) };
const model = (version: number) => ({
  version,
  parameters: agent.initialParameters(new SeededRandom('model', version)),
});

/** Decisions by a model; the reward is the first share, or nothing but noise, or what is left of 1. */
function experience(count: number, kind: 'share' | 'noise' | 'rest' = 'share'): VectorTransitions {
  const random = new SeededRandom('experience', count);
  agent.adopt(model(1).parameters);
  const rewards = {
    share: (share: number) => share,
    noise: () => random.uniform(),
    rest: (share: number) => 1 - share,
  };
  return packVectors(
    Array.from({ length: count }, () => {
      const state = Float32Array.of(random.normal(), random.normal());
      const action = agent.act(state, { random });
      return { state, action, reward: rewards[kind](action[0]!), next: state };
    }),
  );
}

/** Rounds on one theta_M. */
function adapt(
  adapters: DuAdapters<VectorTransitions>,
  replay: ReplayBuffer<VectorTransitions>,
  rounds = 10,
) {
  return Array.from({ length: rounds }, (_, round) =>
    adapters.adapt('du-1', { model: model(1), replay, updates: 12, random: new SeededRandom(round) }),
  );
}

const replayOf = (batch: VectorTransitions) => {
  const replay = new ReplayBuffer<VectorTransitions>();
  replay.add(batch);
  return replay;
};

describe('DuAdapters', () => {
  it('gives parameters of its own to a DU that is better off with them, and not for noise', () => {
    const adapted = adapt(new DuAdapters(context, {}), replayOf(experience(300)));
    expect(adapted.map(({ verdict }) => verdict)).toContain('accepted');
    expect(adapted.at(-1)?.parameters).toHaveLength(model(1).parameters.length);
    const fooled = adapt(new DuAdapters(context, {}), replayOf(experience(300, 'noise')));
    expect(fooled.every(({ verdict, parameters }) => verdict === 'kept' && parameters === undefined)).toBe(
      true,
    );
  });

  it('goes back to theta_M when that is another one, unless it is better than that, too', () => {
    const adapters = new DuAdapters(context, {});
    const replay = replayOf(experience(300));
    adapt(adapters, replay);
    const changed = adapters.adapt('du-1', {
      ...{ model: model(2), updates: 0 },
      replay: replayOf(experience(300, 'rest')),
      random: new SeededRandom(1),
    });
    expect(changed).toEqual({ nodeId: 'du-1', modelVersion: 2, verdict: 'reverted' });
  });

  it('begins a DU that comes again from theta_M, with the memory of one that went', () => {
    const adapters = new DuAdapters(context, {});
    const first = adapt(adapters, replayOf(experience(300)));
    const { freeBytes } = engine;
    adapters.forget('du-1');
    adapters.forget('du-1');
    expect(adapt(adapters, replayOf(experience(300)))).toEqual(first);
    expect(engine.freeBytes).toBe(freeBytes);
  });

  it('begins again from theta_M when adaptation fails', () => {
    const adapters = new DuAdapters(context, {});
    adapt(adapters, replayOf(experience(300)));
    const bad = experience(40);
    bad.rewards[3] = NaN;
    expect(() => adapt(adapters, replayOf(bad))).toThrow('rewards of 40 transitions[3] is NaN');
    expect(adapt(adapters, replayOf(experience(300, 'noise')), 1)[0]).toMatchObject({
      verdict: 'kept',
    });
  });
});

describe('LevelLearner.adapt', () => {
  const learner = () => new LevelLearner(context, learnerSettings({ agent: config, seed: 1 }));

  it('repeats to the bit, and differs by node', () => {
    const runs = ['du-1', 'du-1', 'du-2'].map((nodeId) => {
      const one = learner();
      one.adopt(1, model(1).parameters);
      one.record(nodeId, experience(300));
      return Array.from({ length: 30 }, (_, round) => one.adapt(nodeId, round).parameters);
    });
    expect(runs[0]?.at(-1)).toBeDefined();
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
  });

  it('waits for a model and for transitions, and forgets', () => {
    const one = learner();
    expect(() => one.adapt('du-1', 1)).toThrow('du-1 has no model to learn on');
    one.adopt(1, model(1).parameters);
    expect(() => one.adapt('du-1', 1)).toThrow('du-1 has 0 transitions, it contributes from 32 on');
    one.record('du-1', experience(300));
    one.adapt('du-1', 1);
    one.forget('du-1');
    expect(() => one.adapt('du-1', 2)).toThrow('du-1 has 0 transitions');
  });
});
