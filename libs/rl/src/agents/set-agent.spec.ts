import fc from 'fast-check';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packElements, type ElementState } from '../replay/element-transitions.js';
import { Tape } from '../tape/tape.js';
import { SetAgent } from './set-agent.js';

const engine = createEngine({ mebibytes: 64 });
const config = { kind: 'set', preset: 'default', featureCount: 10 } as const;
const agent = new SetAgent(engine, config);
const tape = new Tape(engine, { mebibytes: 16 });
const random = new SeededRandom('set-agent.spec');
/** Larger than fresh ones, so that elements differ. */
const parameters = agent.initialParameters(random).map((x) => 3 * x);

const elements = (count: number): ElementState => ({
  features: Float32Array.from({ length: count * 10 }, () => random.normal()),
  groups: Int32Array.from({ length: count }, () => random.index(Math.min(3, count))),
});

/** The same elements in another order. */
const reordered = ({ features, groups }: ElementState, order: readonly number[]): ElementState => ({
  features: Float32Array.from(order.flatMap((i) => [...features.subarray(i * 10, (i + 1) * 10)])),
  groups: Int32Array.from(order, (i) => groups[i]!),
});

/** Q of states and weights. */
const values = (states: readonly ElementState[], weights: readonly Float32Array[]): number[] => {
  const batch = packElements(
    states.map((state, i) => ({ state, action: weights[i]!, reward: 0, next: state })),
  );
  tape.reset();
  const minibatch = agent.minibatch(states.map((_, row) => ({ batch, row })));
  const critic = tape.leaf(parameters.subarray(agent.layout.actor));
  return [...minibatch.states(tape).values(critic, minibatch.actions(tape))[0].data];
};

describe('SetAgent', () => {
  beforeEach(() => agent.adopt(parameters));

  it('divides each group among its elements, any number of them', () => {
    fc.assert(
      fc.property(fc.nat(250), (count) => {
        const state = elements(count);
        const { scores, weights } = agent.act(state, { random });
        expect([scores.length, weights.length]).toEqual([count, count]);
        const sums = new Map<number, number>();
        weights.forEach((weight, i) => {
          expect(weight).toBeGreaterThan(0);
          sums.set(state.groups[i]!, (sums.get(state.groups[i]!) ?? 0) + weight);
        });
        for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 5);
      }),
      { numRuns: 30 },
    );
  });

  it('treats elements alike, in whatever order they come', () => {
    const state = elements(9);
    const order = [...random.distinct(9, 9)];
    const { weights } = agent.act(state);
    const shuffled = agent.act(reordered(state, order)).weights;
    order.forEach((from, to) => expect(shuffled[to]).toBeCloseTo(weights[from]!, 6));
    const [one, other] = values([state, reordered(state, order)], [weights, shuffled]);
    expect(one).toBeCloseTo(other!, 5);
  });

  it('values sets side by side as it values each alone, empty ones included', () => {
    const states = [elements(4), elements(0), elements(30), elements(1), elements(0)];
    const weights = states.map((state) => agent.act(state).weights);
    const alone = states.map((state, i) => values([state], [weights[i]!])[0]!);
    values(states, weights).forEach((value, i) => expect(value).toBeCloseTo(alone[i]!, 5));
    expect(new Set(alone).size).toBe(4);
    // Of an empty set it is the head's value of zeros.
    expect(alone[1]).toBe(alone[4]);
  });

  it('sees a weight relative to an equal share of its group', () => {
    const state = elements(6);
    const [equal, skewed] = [state.groups.map(() => 1), state.groups.map((_, i) => i)];
    const share = (numbers: Int32Array) => {
      const total = (group: number) =>
        numbers.reduce((sum, n, i) => sum + (state.groups[i] === group ? n : 0), 0);
      return Float32Array.from(numbers, (n, i) => n / Math.max(1, total(state.groups[i]!)));
    };
    const [a, b] = values([state, state], [share(equal), share(skewed)]);
    expect(a).not.toBeCloseTo(b!, 4);
  });

  it('learns the policy that it acts by', () => {
    const states = [elements(7), elements(0), elements(12)];
    const weights = states.map((state) => agent.act(state).weights);
    const batch = packElements(
      states.map((state, i) => ({ state, action: weights[i]!, reward: 0, next: state })),
    );
    tape.reset();
    const minibatch = agent.minibatch(states.map((_, row) => ({ batch, row })));
    const { actions } = minibatch.states(tape).policy(tape.leaf(parameters.subarray(0, agent.layout.actor)));
    const acted = weights.flatMap((each) => [...each]);
    expect(actions.size).toBe(19);
    actions.data.forEach((weight, i) => expect(weight).toBeCloseTo(acted[i]!, 5));
  });

  it('explores from the generator that is handed in, and only then', () => {
    const state = elements(5);
    expect(agent.act(state)).toEqual(agent.act(state));
    const explored = (seed: number) => agent.act(state, { random: new SeededRandom(seed) });
    expect(explored(1)).toEqual(explored(1));
    expect(explored(1).scores).not.toEqual(explored(2).scores);
  });

  it('tells its architecture and the size of its networks', () => {
    // 10-32-32-1; 11-32-32 and 32-32-1.
    expect(agent.layout).toEqual({ actor: 1441, critic: 384 + 1056 + 1056 + 33 });
    expect(agent.architecture).toBe(
      'ddpg set default: 10 features, actor 32-32, critic 32-32 sum/30 32 tanh, gamma 0.8',
    );
    expect(new SetAgent(engine, { ...config, preset: 'paper' }).layout.actor).toBe(397_569);
  });

  it('takes sizes and constants beside its preset', () => {
    const other = new SetAgent(engine, {
      ...config,
      hidden: [8, 4],
      gamma: 0.5,
      sigma: 0,
      improvements: 'td3',
    });
    // 10-8-4-1; twice 11-8-4 and 4-4-1.
    expect(other.layout).toEqual({ actor: 88 + 36 + 5, critic: 2 * (96 + 36 + 20 + 5) });
    expect(other.architecture).toBe(
      'td3 set default: 10 features, actor 8-4, critic 8-4 sum/30 4 tanh, gamma 0.5',
    );
    other.adopt(other.initialParameters(random));
    const state = elements(5);
    expect(other.act(state, { random })).toEqual(other.act(state));
    expect(() => new SetAgent(engine, { ...config, hidden: [] })).toThrow('needs a hidden layer');
    expect(() => new SetAgent(engine, { ...config, gamma: -0.1 })).toThrow('gamma is -0.1');
  });

  it('does as a rule at first, learns the policy that it acts by, and explores around the rule', () => {
    const onRule = new SetAgent(engine, { ...config, residual: { baseAt: 2 } });
    expect(onRule.architecture).toContain('gamma 0.8, on the rule at 2');
    const fresh = onRule.initialParameters(random);
    onRule.adopt(fresh);
    const rule = [0.5, 0.3, 0.2, 1];
    const state = { ...elements(4), groups: Int32Array.of(0, 0, 0, 1) };
    const sizes = [3, 3, 3, 1];
    rule.forEach((weight, i) => (state.features[10 * i + 2] = 0.5 * Math.log(weight * sizes[i]!)));
    rule.forEach((weight, i) => expect(onRule.act(state).weights[i]).toBeCloseTo(weight, 6));
    expect(onRule.act(state, { random }).weights).not.toEqual(onRule.act(state).weights);

    const moved = fresh.map((x) => x + 0.2 * random.normal());
    onRule.adopt(moved);
    const { weights } = onRule.act(state);
    const batch = packElements([{ state, action: weights, reward: 0, next: state }]);
    tape.reset();
    const taped = onRule.minibatch([{ batch, row: 0 }]).states(tape);
    const { actions } = taped.policy(tape.leaf(moved.subarray(0, onRule.layout.actor)));
    actions.data.forEach((weight, i) => expect(weight).toBeCloseTo(weights[i]!, 5));
    expect(() => new SetAgent(engine, { ...config, residual: { baseAt: 10 } })).toThrow(
      'no feature 10 of 10',
    );
  });

  it('refuses what does not fit', () => {
    const state = elements(3);
    expect(() => agent.act({ ...state, features: new Float32Array(29) })).toThrow(
      'features of 3 elements has 29 values instead of 30',
    );
    expect(() => agent.act({ ...state, groups: Int32Array.of(0, -1, 0) })).toThrow(
      'group number is negative',
    );
    expect(() => agent.adopt(parameters.map(() => NaN))).toThrow('parameters[0] is NaN');
  });
});
