import { SeededRandom, SimplexAgent, Tape, createEngine, packVectors } from '@ricochet/rl';
import { LevelLearner, learnerSettings, type LearnerOptions } from './level-learner.js';

const engine = createEngine({ mebibytes: 32 });
const config = { kind: 'simplex', preset: 'default', stateSize: 5, shares: 3 } as const;
const agent = new SimplexAgent(engine, config);
const context = { agent, tape: new Tape(engine, { mebibytes: 16 }) };

const learnerOf = (settings: LearnerOptions['settings'] = {}, seed = 1) =>
  new LevelLearner(context, learnerSettings({ agent: config, seed, settings }));
const model = (seed: number) => agent.initialParameters(new SeededRandom('model', seed));
const transitions = (nodeId: string, count: number, state = 5) => {
  const random = new SeededRandom(nodeId, count);
  const values = () => Float32Array.from({ length: state }, () => random.normal());
  return packVectors(
    Array.from({ length: count }, () => ({
      state: values(),
      action: Float32Array.of(0.2, 0.3, 0.5),
      reward: random.uniform(),
      next: values(),
    })),
  );
};

describe('LevelLearner', () => {
  it('contributes the gradient of the model adopted last, from disjoint batches', () => {
    const learner = learnerOf();
    learner.adopt(3, model(1));
    learner.record('du-1', transitions('du-1', 300));
    const contribution = learner.contribute('du-1', 7);
    expect(contribution).toMatchObject({ nodeId: 'du-1', round: 7, modelVersion: 3 });
    expect(contribution).toMatchObject({ supportSamples: 128, querySamples: 128 });
    expect(contribution.gradient).toHaveLength(model(1).length);
    expect(contribution.tdVariance).toBeGreaterThan(0);
    learner.adopt(4, model(2));
    expect(learner.contribute('du-1', 7).modelVersion).toBe(4);
    expect(learner.contribute('du-1', 7).gradient).not.toEqual(contribution.gradient);
  });

  it('gives each DU the same whatever comes between, and other draws for another seed or round', () => {
    const rounds = (order: readonly string[], seed = 1) => {
      const learner = learnerOf({}, seed);
      for (const nodeId of order) learner.record(nodeId, transitions(nodeId, 150));
      const parts: Record<string, unknown> = {};
      for (const round of [1, 2]) {
        learner.adopt(round, model(round));
        for (const nodeId of order) parts[`${nodeId} ${round}`] = learner.contribute(nodeId, round);
      }
      return parts;
    };
    const one = rounds(['du-1', 'du-2', 'du-3']);
    expect(rounds(['du-3', 'du-1', 'du-2'])).toEqual(one);
    expect(rounds(['du-2'])['du-2 2']).toEqual(one['du-2 2']);
    expect(rounds(['du-1'], 2)['du-1 1']).not.toEqual(one['du-1 1']);
  });

  it('gives the same again when it is asked again for a round', () => {
    const learner = learnerOf();
    learner.record('du-1', transitions('du-1', 100));
    learner.adopt(1, model(1));
    learner.contribute('du-1', 1);
    learner.adopt(2, model(2));
    const second = learner.contribute('du-1', 2);
    expect(learner.contribute('du-1', 2)).toEqual(second);
    // The target networks follow the model from round to round: another round is another gradient.
    expect(learner.contribute('du-1', 3).tdVariance).not.toBe(second.tdVariance);
  });

  it('lets the target networks follow by tau', () => {
    const gradients = [0, 1].map((tau) => {
      const learner = learnerOf({ tau });
      learner.record('du-1', transitions('du-1', 64));
      learner.adopt(1, model(1));
      learner.contribute('du-1', 1);
      learner.adopt(2, model(2));
      return learner.contribute('du-1', 2).gradient;
    });
    const fresh = learnerOf();
    fresh.record('du-1', transitions('du-1', 64));
    fresh.adopt(2, model(2));
    // With tau 1 the targets are the model, as they are for a DU that contributes first.
    expect(gradients[1]).toEqual(fresh.contribute('du-1', 2).gradient);
    expect(gradients[0]).not.toEqual(gradients[1]);
  });

  it('takes no more of the arena when DUs come and go', () => {
    const learner = learnerOf();
    learner.adopt(1, model(1));
    const meet = (nodeId: string) => {
      learner.record(nodeId, transitions(nodeId, 64));
      return learner.contribute(nodeId, 1);
    };
    const first = meet('du-1');
    const { freeBytes } = engine;
    for (let round = 2; round < 5; round++) {
      learner.adopt(round, model(round));
      learner.forget(`du-${round - 1}`);
      meet(`du-${round}`);
    }
    learner.restore(learner.snapshot());
    learner.forget('du-4');
    learner.adopt(1, model(1));
    expect(meet('du-1')).toEqual(first);
    expect(engine.freeBytes).toBe(freeBytes);
  });

  it('waits for a model, and for enough transitions', () => {
    const learner = learnerOf({ minimumTransitions: 40 });
    expect(learner.record('du-1', transitions('du-1', 39))).toBe(false);
    expect(() => learner.contribute('du-1', 1)).toThrow('du-1 has no model to learn on');
    learner.adopt(1, model(1));
    expect(() => learner.contribute('du-1', 1)).toThrow('du-1 has 39 transitions, it contributes from 40 on');
    expect(() => learner.contribute('du-2', 1)).toThrow('du-2 has 0 transitions');
    expect(learner.record('du-1', transitions('du-1', 2))).toBe(true);
    expect(learner.contribute('du-1', 1)).toMatchObject({ supportSamples: 20, querySamples: 20 });
    learner.forget('du-1');
    expect(() => learner.contribute('du-1', 2)).toThrow('du-1 has 0 transitions');
  });

  it('refuses models and transitions that do not fit, and keeps what it has', () => {
    const learner = learnerOf();
    learner.adopt(1, model(1));
    expect(() => learner.adopt(2, new Float32Array(3))).toThrow('model 2 has 3 values instead of');
    expect(() => learner.adopt(2, model(2).fill(NaN, 4, 5))).toThrow('model 2[4] is NaN');
    expect(() => learner.record('du-1', transitions('du-1', 50, 4))).toThrow(
      'states of 50 transitions has 200 values instead of 250',
    );
    learner.record('du-1', transitions('du-1', 50));
    expect(learner.contribute('du-1', 1).modelVersion).toBe(1);
    expect(() => learnerOf({ batchSize: 0 })).toThrow('batches of 0 from 32 transitions on');
  });
});
