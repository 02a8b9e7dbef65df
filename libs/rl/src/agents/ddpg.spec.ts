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

const simplex = new SimplexAgent(engine, { kind: 'simplex', preset: 'default', stateSize: 19, shares: 3 });
const vectors = packVectors(
  Array.from({ length: 24 }, () => ({
    state: normals(19),
    action: simplex.act(normals(19), { random }),
    reward: random.uniform(),
    next: normals(19),
  })),
);

const set = new SetAgent(engine, { kind: 'set', preset: 'default', featureCount: 4 });
const elements = () => {
  const size = random.index(6);
  return { features: normals(size * 4), groups: Int32Array.from({ length: size }, (_, i) => i % 2) };
};
const sets = packElements(
  Array.from({ length: 24 }, () => {
    const state = elements();
    return { state, action: set.act(state, { random }).weights, reward: random.uniform(), next: elements() };
  }),
);

describe.each([
  {
    agent: simplex,
    batch: simplex.minibatch(Array.from({ length: 24 }, (_, row) => ({ batch: vectors, row }))),
  },
  { agent: set, batch: set.minibatch(Array.from({ length: 24 }, (_, row) => ({ batch: sets, row }))) },
])('DDPG of $agent.architecture', ({ agent, batch }) => {
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
    expect(criticLoss).toBeCloseTo(meanSquare, 5);
    expect(actorLoss).toBeCloseTo(0, 5);
    // The critic's last parameter is its output bias: Q' = 1,000 everywhere, then -1,000.
    const bound = (value: number) => {
      const extreme = zero.slice();
      extreme[count - 1] = value;
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
      const moved = online.map((x, i) => (moves(i) ? x - 1e-3 * before.gradient[i]! : x));
      return ddpgGradient(context, { online: moved, targets }, batch);
    };
    expect(stepped('critic').criticLoss).toBeLessThan(before.criticLoss);
    expect(stepped('actor').actorLoss).toBeLessThan(before.actorLoss);
  });
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
