import {
  MetaOptimiser,
  SeededRandom,
  SetAgent,
  SimplexAgent,
  TaskWeigher,
  Tape,
  createEngine,
  packElements,
  packVectors,
  parameterCount,
  type ActorCritic,
  type ElementState,
  type ElementTransitions,
  type Transition,
  type TransitionBatch,
  type VectorTransitions,
} from '@ricochet/rl';
import { LevelLearner, learnerSettings } from './level-learner.js';

const engine = createEngine({ mebibytes: 96 });
const tape = new Tape(engine, { mebibytes: 64 });
const FEATURES = 4;

/** A problem with a known best action in each state: the reward is 1 less the distance to it, so the best is 1. */
interface Toy<State, B extends TransitionBatch> {
  readonly agent: ActorCritic<B> & Pick<SimplexAgent, 'adopt' | 'initialParameters'>;
  readonly config: Parameters<typeof learnerSettings>[0]['agent'];
  /** A state of one of three tasks, which differ in the states they see. */
  readonly draw: (task: number, random: SeededRandom) => State;
  readonly act: (state: State, random?: SeededRandom) => Float32Array;
  readonly best: (state: State) => number[];
  readonly pack: (transitions: readonly Transition<State, Float32Array>[]) => B;
}

const uniform = (length: number, random: SeededRandom) =>
  Float32Array.from({ length }, () => 2 * random.uniform() - 1);

function simplexToy(): Toy<Float32Array, VectorTransitions> {
  const config = { kind: 'simplex', preset: 'default', stateSize: FEATURES, shares: 3 } as const;
  const agent = new SimplexAgent(engine, config);
  return {
    agent,
    config,
    draw: (task, random) => uniform(FEATURES, random).map((x, i) => (i === task ? x + 0.5 : x)),
    act: (state, random) => agent.act(state, random && { random }),
    best: (state) => {
      const powers = Array.from(state.subarray(0, 3), (x) => Math.exp(1.5 * x));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => 0.02 + (0.94 * power) / total);
    },
    pack: packVectors,
  };
}

function setToy(): Toy<ElementState, ElementTransitions> {
  const config = { kind: 'set', preset: 'default', featureCount: FEATURES } as const;
  const agent = new SetAgent(engine, config);
  return {
    agent,
    config,
    draw: (task, random) => {
      const size = random.index(7) + task;
      const groups = Int32Array.from({ length: size }, (_, i) => (size > 3 ? i % 2 : 0));
      return { features: uniform(FEATURES * size, random), groups };
    },
    act: (state, random) => agent.act(state, random && { random }).weights,
    best: ({ features, groups }) => {
      const powers = Array.from(groups, (_, i) =>
        Math.exp(1.5 * features[i * FEATURES]! - features[i * FEATURES + 1]!),
      );
      const total = (group: number) => powers.reduce((sum, p, i) => sum + (groups[i] === group ? p : 0), 0);
      return powers.map((power, i) => power / total(groups[i]!));
    },
    pack: packElements,
  };
}

/** Mean reward of the policy before and after `rounds` of the meta loop over three tasks. */
function train<State, B extends TransitionBatch>(
  { agent, config, draw, act, best, pack }: Toy<State, B>,
  rounds: number,
): { before: number; after: number; parameters: Float32Array } {
  const reward = (state: State, action: Float32Array) => {
    const target = best(state);
    const distance = target.reduce((sum, x, i) => sum + Math.abs(x - action[i]!), 0);
    // Weights add up to the number of groups.
    return 1 - distance / 2 / Math.max(1, Math.round(target.reduce((sum, x) => sum + x, 0)));
  };
  const meanReward = () => {
    const random = new SeededRandom('evaluation');
    const states = Array.from({ length: 300 }, (_, i) => draw(i % 3, random));
    return states.reduce((sum, state) => sum + reward(state, act(state)), 0) / states.length;
  };
  const learner = new LevelLearner(
    { agent, tape },
    learnerSettings({ agent: config, seed: 1, settings: { batchSize: 32 } }),
  );
  const decay = { fromStep: 0.4 * rounds, toStep: rounds, factor: 0.1 };
  const optimiser = new MetaOptimiser(engine, agent.layout, { decay });
  const weigher = new TaskWeigher('softmin');
  const tasks = ['du-1', 'du-2', 'du-3'].map((nodeId, task) => {
    const random = new SeededRandom('experience', nodeId);
    return { nodeId, random, next: () => draw(task, random) };
  });

  let parameters = agent.initialParameters(new SeededRandom('model'));
  agent.adopt(parameters);
  const before = meanReward();
  for (let round = 1; round <= rounds; round++) {
    learner.adopt(round, parameters);
    for (const { nodeId, random, next } of tasks) {
      const experience = Array.from({ length: round === 1 ? 40 : 4 }, () => {
        const state = next();
        const action = act(state, random);
        return { state, action, reward: reward(state, action), next: next() };
      });
      learner.record(nodeId, pack(experience));
    }
    const parts = tasks.map(({ nodeId }) => learner.contribute(nodeId, round));
    const weighed = weigher.weigh(
      parts.map((part) => ({ taskId: part.nodeId, tdVariance: part.tdVariance })),
    );
    parameters = optimiser.update(
      parameters,
      parts.map(({ gradient }, i) => ({ gradient, weight: weighed[i]!.weight })),
    );
    agent.adopt(parameters);
  }
  return { before, after: meanReward(), parameters };
}

describe('learning over three tasks', () => {
  it('finds the best shares', () => {
    const { before, after, parameters } = train(simplexToy(), 250);
    expect(parameters).toHaveLength(parameterCount(simplexToy().agent.layout));
    expect(before).toBeLessThan(0.8);
    expect(after).toBeGreaterThan(0.92);
  }, 60_000);

  it('finds the best weights for sets of any size', () => {
    const { before, after } = train(setToy(), 250);
    expect(before).toBeLessThan(0.8);
    expect(after).toBeGreaterThan(0.88);
  }, 60_000);

  it('repeats to the bit', () => {
    expect(train(setToy(), 5)).toEqual(train(setToy(), 5));
    expect(train(simplexToy(), 5)).toEqual(train(simplexToy(), 5));
  });
});
