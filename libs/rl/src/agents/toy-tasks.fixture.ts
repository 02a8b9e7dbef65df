import { type Engine } from '../engine/engine.js';
import { MetaOptimiser } from '../meta/meta-optimiser.js';
import { softUpdate } from '../optimiser/vectors.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packElements, type ElementState } from '../replay/element-transitions.js';
import { ReplayBuffer, type TransitionBatch } from '../replay/replay-buffer.js';
import { type Transition } from '../replay/transition-packer.js';
import { packVectors } from '../replay/vector-transitions.js';
import { type Tape } from '../tape/tape.js';
import { type ActorCritic } from './actor-critic.js';
import { ddpgGradient } from './ddpg.js';
import { type AgentOptions } from './presets.js';
import { SetAgent } from './set-agent.js';
import { SimplexAgent } from './simplex-agent.js';

/** Values of a state, and features of an element. */
const SIZE = 3;

/** A problem whose best action is known in each state: the reward is 1 less the squared distance to it, so at most 1. */
export interface ToyTask<State, B extends TransitionBatch> {
  readonly agent: ActorCritic<B> & Pick<SimplexAgent, 'adopt' | 'initialParameters'>;
  readonly draw: (random: SeededRandom) => State;
  readonly act: (state: State, random?: SeededRandom) => Float32Array;
  /** `taste` is what tasks differ in, and no state tells. */
  readonly reward: (state: State, action: Float32Array, taste: number) => number;
  readonly pack: (transitions: readonly Transition<State, Float32Array>[]) => B;
}

export function simplexToy(engine: Engine, options: Omit<AgentOptions, 'preset'> = {}) {
  const config = { kind: 'simplex', preset: 'default', hidden: [16, 16], ...options } as const;
  const agent = new SimplexAgent(engine, { ...config, stateSize: SIZE, shares: 3 });
  return {
    agent,
    draw: (random) => Float32Array.from({ length: SIZE }, () => 2 * random.uniform() - 1),
    act: (state, random) => agent.act(state, random && { random }),
    reward: (state, action, taste) => {
      const best = softmax([...state].map((x, i) => x + taste * (1 - i)));
      return (
        1 -
        squaredDistance(
          best.map((part) => 0.02 + 0.94 * part),
          action,
        )
      );
    },
    pack: packVectors,
  } satisfies ToyTask<Float32Array, ReturnType<typeof packVectors>>;
}

/** Sets of 2 to 5 elements in one group. */
export function setToy(engine: Engine, options: Omit<AgentOptions, 'preset'> = {}) {
  const config = { kind: 'set', preset: 'default', hidden: [16, 16], ...options } as const;
  const agent = new SetAgent(engine, { ...config, featureCount: SIZE });
  return {
    agent,
    draw: (random) => {
      const count = 2 + random.index(4);
      const features = Float32Array.from({ length: SIZE * count }, () => 2 * random.uniform() - 1);
      return { features, groups: new Int32Array(count) };
    },
    act: (state, random) => agent.act(state, random && { random }).weights,
    reward: ({ features, groups }, action, taste) => {
      const best = softmax([...groups].map((_, i) => features[i * SIZE]! + taste * features[i * SIZE + 1]!));
      return 1 - squaredDistance(best, action);
    },
    pack: packElements,
  } satisfies ToyTask<ElementState, ReturnType<typeof packElements>>;
}

/** So many decisions of the policy that was adopted last, with exploration. */
export function experience<State, B extends TransitionBatch>(
  { draw, act, reward, pack }: ToyTask<State, B>,
  count: number,
  {
    random,
    taste = 0,
    noise = false,
  }: { readonly random: SeededRandom; readonly taste?: number; readonly noise?: boolean },
): B {
  let state = draw(random);
  return pack(
    Array.from({ length: count }, () => {
      const action = act(state, random);
      const next = draw(random);
      const transition = {
        ...{ state, action, next },
        reward: noise ? random.uniform() : Math.max(0, reward(state, action, taste)),
      };
      state = next;
      return transition;
    }),
  );
}

/** Mean of what the policy misses of the best reward, without exploration. */
export function regret<State, B extends TransitionBatch>(
  { agent, draw, act, reward }: ToyTask<State, B>,
  parameters: Float32Array,
  taste = 0,
): number {
  agent.adopt(parameters);
  const random = new SeededRandom('regret');
  const states = Array.from({ length: 200 }, () => draw(random));
  return states.reduce((sum, state) => sum + 1 - reward(state, act(state), taste), 0) / states.length;
}

/** Learns a task from nothing, in so many updates on four new transitions each. */
export function learn<State, B extends TransitionBatch>(
  toy: ToyTask<State, B>,
  { tape, updates, seed }: { readonly tape: Tape; readonly updates: number; readonly seed: string },
): Float32Array {
  const { agent } = toy;
  const random = new SeededRandom(seed);
  const decay = { fromStep: 0.5 * updates, toStep: updates, factor: 0.05 };
  const optimiser = new MetaOptimiser(tape.engine, agent.layout, { learningRate: 5e-3, decay });
  const replay = new ReplayBuffer<B>();
  let online = agent.initialParameters(random);
  const targets = online.slice();
  for (let i = 0; i < updates; i++) {
    agent.adopt(online);
    replay.add(experience(toy, i === 0 ? 64 : 4, { random }));
    const batch = agent.minibatch(replay.sample(64, random), random);
    const { gradient } = ddpgGradient({ agent, tape }, { online, targets }, batch);
    online = optimiser.update(online, [{ gradient, weight: 1 }]);
    softUpdate(tape.engine, { target: targets, source: online }, 0.02);
  }
  return online;
}

function softmax(values: readonly number[]): number[] {
  const powers = values.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function squaredDistance(a: readonly number[], b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0);
}
