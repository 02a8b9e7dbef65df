import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packElements } from '../replay/element-transitions.js';
import { packVectors } from '../replay/vector-transitions.js';
import { Tape } from '../tape/tape.js';
import { parameterCount } from './actor-critic.js';
import { ddpgGradient } from './ddpg.js';
import { SetAgent } from './set-agent.js';
import { SimplexAgent } from './simplex-agent.js';

const engine = createEngine({ mebibytes: 96 });
const tape = new Tape(engine, { mebibytes: 32 });
const random = new SeededRandom('ddpg.spec');
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());

const batchOfVectors = (agent: SimplexAgent) => {
  agent.adopt(agent.initialParameters(random));
  const batch = packVectors(
    Array.from({ length: 24 }, () => ({
      state: normals(19),
      action: agent.act(normals(19), { random }),
      reward: random.uniform(),
      next: normals(19),
    })),
  );
  return agent.minibatch(
    Array.from({ length: 24 }, (_, row) => ({ batch, row })),
    random,
  );
};

const elements = () => {
  const size = random.index(6);
  return { features: normals(size * 4), groups: Int32Array.from({ length: size }, (_, i) => i % 2) };
};
const batchOfSets = (agent: SetAgent) => {
  agent.adopt(agent.initialParameters(random));
  const batch = packElements(
    Array.from({ length: 24 }, () => {
      const state = elements();
      const action = agent.act(state, { random }).weights;
      return { state, action, reward: random.uniform(), next: elements() };
    }),
  );
  return agent.minibatch(
    Array.from({ length: 24 }, (_, row) => ({ batch, row })),
    random,
  );
};

const simplexConfig = { kind: 'simplex', preset: 'default', stateSize: 19, shares: 3 } as const;
const setConfig = { kind: 'set', preset: 'default', featureCount: 4 } as const;
const td3 = { improvements: 'td3' } as const;
const simplex = new SimplexAgent(engine, simplexConfig);
const twinSimplex = new SimplexAgent(engine, { ...simplexConfig, ...td3, residual: { baseAt: 2 } });
const set = new SetAgent(engine, setConfig);
const twinSet = new SetAgent(engine, { ...setConfig, ...td3 });

describe.each([
  { agent: simplex, batch: batchOfVectors(simplex) },
  { agent: twinSimplex, batch: batchOfVectors(twinSimplex) },
  { agent: set, batch: batchOfSets(set) },
  { agent: twinSet, batch: batchOfSets(twinSet) },
])('the losses of $agent.architecture', ({ agent, batch }) => {
  const context = { agent, tape };
  const count = parameterCount(agent.layout);
  const targets = agent.initialParameters(random);
  /** Not the initial parameters: those of an actor's last layer are too small to tell anything. */
  const online = agent.initialParameters(random).map((x) => x + 0.1 * random.normal());

  it('has the gradients that differences of its losses have', () => {
    const { gradient } = ddpgGradient(context, { online, targets }, batch);
    expect(gradient).toHaveLength(count);
    for (let trial = 0; trial < 5; trial++) {
      for (const network of ['actor', 'critic'] as const) {
        const [from, to] = network === 'actor' ? [0, agent.layout.actor] : [agent.layout.actor, count];
        const direction = online.map((_, i) => (i >= from && i < to ? random.normal() : 0));
        const step = 3e-3;
        const lossAt = (factor: number) => {
          const moved = online.map((x, i) => x + factor * direction[i]!);
          const { actorLoss, criticLoss } = ddpgGradient(context, { online: moved, targets }, batch);
          return network === 'actor' ? actorLoss : criticLoss;
        };
        const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
        const expected = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
        expect(Math.abs(slope - expected)).toBeLessThan(2e-2 * Math.abs(expected) + 2e-3);
      }
    }
  });

  it('measures TD errors against targets that rewards in [0, 1] can reach', () => {
    const zero = new Float32Array(count);
    const { tdErrors, criticLoss, actorLoss } = ddpgGradient(context, { online: zero, targets: zero }, batch);
    // Q is 0 everywhere, so the errors are the rewards.
    expect(tdErrors).toEqual(batch.rewards);
    const meanSquare = batch.rewards.reduce((sum, r) => sum + r * r, 0) / batch.count;
    // policyDelay is the number of critics, too.
    expect(criticLoss).toBeCloseTo(agent.policyDelay * meanSquare, 5);
    expect(actorLoss).toBeCloseTo(0, 5);
    // The last parameter of each critic is its output bias: Q' = 1,000 everywhere, then -1,000.
    const bound = (value: number) => {
      const extreme = zero.slice();
      extreme[count - 1] = value;
      extreme[agent.layout.actor + agent.layout.critic / agent.policyDelay - 1] = value;
      return [...new Set(ddpgGradient(context, { online: zero, targets: extreme }, batch).tdErrors)];
    };
    expect(bound(1_000)).toEqual([Math.fround(1 / (1 - agent.gamma))]);
    expect(bound(-1_000)).toEqual([0]);
  });

  it('does not depend on what was computed before', () => {
    const first = ddpgGradient(context, { online, targets }, batch);
    ddpgGradient(context, { online: targets, targets: online }, batch);
    expect(ddpgGradient(context, { online, targets }, batch)).toEqual(first);
  });

  it('lowers the loss of each network along its gradient', () => {
    const before = ddpgGradient(context, { online, targets }, batch);
    const stepped = (of: 'actor' | 'critic') => {
      const moves = (i: number) => i < agent.layout.actor === (of === 'actor');
      const length = Math.hypot(...before.gradient.filter((_, i) => moves(i)));
      const moved = online.map((x, i) => (moves(i) ? x - (1e-2 / length) * before.gradient[i]! : x));
      return ddpgGradient(context, { online: moved, targets }, batch);
    };
    expect(stepped('critic').criticLoss).toBeLessThan(before.criticLoss);
    expect(stepped('actor').actorLoss).toBeLessThan(before.actorLoss);
  });
});

describe('TD3', () => {
  const agent = twinSet;
  const context = { agent, tape };
  const { actor, critic } = agent.layout;
  const zero = new Float32Array(actor + critic);
  const batch = batchOfSets(agent);
  /** Critics that are constants: their last parameters are their output biases. */
  const constants = (first: number, second: number) => {
    const parameters = zero.slice();
    parameters[actor + critic / 2 - 1] = first;
    parameters[actor + critic - 1] = second;
    return parameters;
  };

  it('aims at the smaller of two targets', () => {
    const errors = (first: number, second: number) =>
      ddpgGradient(context, { online: zero, targets: constants(first, second) }, batch).tdErrors;
    expect(errors(1, 2)).toEqual(errors(1, 1));
    expect(errors(2, 1)).toEqual(errors(1, 1));
    expect(errors(2, 2)).not.toEqual(errors(1, 1));
  });

  it('lets both critics learn, and the actor follow the first', () => {
    const online = agent.initialParameters(random);
    const { gradient } = ddpgGradient(context, { online, targets: zero }, batch);
    const length = (from: number, to: number) => Math.hypot(...gradient.subarray(from, to));
    expect(length(actor, actor + critic / 2)).toBeGreaterThan(0.01);
    expect(length(actor + critic / 2, actor + critic)).toBeGreaterThan(0.01);
    const other = online.map((x, i) => (i < actor + critic / 2 ? x : 2 * x));
    const { gradient: same } = ddpgGradient(context, { online: other, targets: zero }, batch);
    expect(same.subarray(0, actor)).toEqual(gradient.subarray(0, actor));
  });

  it('smooths the target policy by clipped noise from the generator that is handed in', () => {
    const noise = batch.targetNoise!;
    expect(noise.length).toBe(batch.nextStates(tape).policy(tape.leaf(zero.subarray(0, actor))).logits.size);
    expect(Math.max(...noise.map(Math.abs))).toBeLessThanOrEqual(0.5);
    expect(new Set(noise).size).toBeGreaterThan(noise.length / 2);
    const targets = agent.initialParameters(random).map((x) => 3 * x);
    const errors = (targetNoise: Float32Array) =>
      ddpgGradient(context, { online: zero, targets }, { ...batch, targetNoise }).tdErrors;
    expect(errors(noise)).toEqual(errors(noise.slice()));
    expect(errors(noise)).not.toEqual(errors(noise.map(() => 0)));
    const { targetNoise: _, ...silent } = batch;
    expect(() => ddpgGradient(context, { online: zero, targets }, silent)).toThrow('made with a generator');
  });
});

it('draws nothing for minibatches of DDPG', () => {
  const generator = new SeededRandom('untouched');
  expect(set.minibatch([], generator).targetNoise).toBeUndefined();
  expect(generator.uniform()).toBe(new SeededRandom('untouched').uniform());
});

it('learns the value of states without elements, too', () => {
  const none = { features: new Float32Array(0), groups: new Int32Array(0) };
  const batch = packElements([{ state: none, action: new Float32Array(0), reward: 0.5, next: none }]);
  const online = set.initialParameters(random);
  const context = { agent: set, tape };
  const parameters = { online, targets: new Float32Array(online.length) };
  const { gradient, tdErrors } = ddpgGradient(context, parameters, set.minibatch([{ batch, row: 0 }]));
  expect(gradient.every(Number.isFinite)).toBe(true);
  expect(gradient.subarray(0, set.layout.actor).every((g) => g === 0)).toBe(true);
  // The head's value of zeros is its output bias, 0 at first: delta = r, and d delta^2 / d bias = -2 delta.
  expect(tdErrors[0]).toBeCloseTo(0.5);
  expect(gradient.at(-1)).toBeCloseTo(-1);
});
