import fc from 'fast-check';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packVectors } from '../replay/vector-transitions.js';
import { Tape } from '../tape/tape.js';
import { SimplexAgent } from './simplex-agent.js';

const engine = createEngine({ mebibytes: 64 });
const config = { kind: 'simplex', preset: 'default', stateSize: 19, shares: 3 } as const;
const agent = new SimplexAgent(engine, config);
const state = new Float32Array(19).fill(0.5);

describe('SimplexAgent', () => {
  it('acts with shares of one, none below the floor, whatever its parameters and the state', () => {
    const value = fc.float({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 19, maxLength: 19 }), fc.string(), (values, seed) => {
        const random = new SeededRandom(seed);
        agent.adopt(agent.initialParameters(random).map((x) => 20 * x));
        const shares = [...agent.act(Float32Array.from(values), { random, scale: 6 })];
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(Math.fround(0.02));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('gives .02 + .94 softmax(3 logits)', () => {
    const parameters = new Float32Array(agent.initialParameters(new SeededRandom(1)).length);
    // The last three parameters of the actor are the output biases: logits 0, 1/3 ln 2, 1/3 ln 5.
    parameters.set([0, Math.log(2) / 3, Math.log(5) / 3], agent.layout.actor - 3);
    agent.adopt(parameters);
    [1, 2, 5].forEach((part, i) => expect(agent.act(state)[i]).toBeCloseTo(0.02 + (0.94 * part) / 8, 6));
  });

  it('starts near equal shares, from a seed', () => {
    const fresh = (seed: number) => agent.initialParameters(new SeededRandom(seed));
    expect(fresh(1)).toEqual(fresh(1));
    expect(fresh(1)).not.toEqual(fresh(2));
    agent.adopt(fresh(1));
    for (const share of agent.act(state)) expect(Math.abs(share - 1 / 3)).toBeLessThan(0.1);
  });

  it('explores from the generator that is handed in, and only then', () => {
    agent.adopt(agent.initialParameters(new SeededRandom(1)));
    expect(agent.act(state)).toEqual(agent.act(state));
    const explored = (seed: number) => agent.act(state, { random: new SeededRandom(seed) });
    expect(explored(1)).toEqual(explored(1));
    expect(explored(1)).not.toEqual(explored(2));
    expect(agent.act(state, { random: new SeededRandom(1), scale: 0 })).toEqual(agent.act(state));
  });

  it('learns the policy that it acts by', () => {
    const random = new SeededRandom('same');
    const parameters = agent.initialParameters(random).map((x) => 3 * x);
    agent.adopt(parameters);
    const states = Array.from({ length: 5 }, () => state.map(() => random.normal()));
    const batch = packVectors(states.map((s) => ({ state: s, action: agent.act(s), reward: 0, next: s })));
    const tape = new Tape(engine, { mebibytes: 4 });
    const minibatch = agent.minibatch(states.map((_, row) => ({ batch, row })));
    const actor = tape.leaf(parameters.subarray(0, agent.layout.actor));
    const { actions } = minibatch.states(tape).policy(actor);
    actions.data.forEach((share, i) => expect(share).toBeCloseTo(batch.actions[i]!, 5));
  });

  it('tells its architecture and the size of its networks', () => {
    // 19·64 + 64 + 64·64 + 64 + 64·3 + 3, and with 22 inputs and one output.
    expect(agent.layout).toEqual({ actor: 5635, critic: 5697 });
    expect(agent.architecture).toBe(
      'ddpg simplex default: 19 values to 3 shares from 0.02, actor and critic 64-64 tanh, gamma 0.9',
    );
    const paper = new SimplexAgent(engine, { ...config, preset: 'paper' });
    expect(paper.layout).toEqual({ actor: 400_899, critic: 400_641 });
    expect(paper.architecture).toContain('256-512-512 tanh, gamma 0.99');
  });

  it('takes sizes and constants beside its preset', () => {
    const other = new SimplexAgent(engine, {
      ...config,
      hidden: [8],
      gamma: 0.5,
      sigma: 0,
      improvements: 'td3',
    });
    expect(other.layout).toEqual({ actor: 19 * 8 + 8 + 8 * 3 + 3, critic: 2 * (22 * 8 + 8 + 8 + 1) });
    expect(other.architecture).toBe(
      'td3 simplex default: 19 values to 3 shares from 0.02, actor and critic 8 tanh, gamma 0.5',
    );
    expect([agent.policyDelay, other.policyDelay]).toEqual([1, 2]);
    other.adopt(other.initialParameters(new SeededRandom(1)));
    expect(other.act(state, { random: new SeededRandom(2) })).toEqual(other.act(state));
  });

  describe('on a rule', () => {
    const onRule = new SimplexAgent(engine, { ...config, residual: { baseAt: 6 } });
    const withRule = (...shares: number[]) => {
      const values = state.slice();
      values.set(shares, 6);
      return values;
    };

    it('does as the rule at first, floor aside', () => {
      onRule.adopt(onRule.initialParameters(new SeededRandom(1)));
      const shares = onRule.act(withRule(0.5, 0.2, 0.3));
      [0.5, 0.2, 0.3].forEach((part, i) => expect(shares[i]).toBeCloseTo(0.02 + 0.94 * part, 6));
      expect(onRule.architecture).toContain('gamma 0.9, on the rule at 6');
    });

    it('learns the policy that it acts by, also where the rule gives nothing', () => {
      const random = new SeededRandom('residual');
      const parameters = onRule.initialParameters(random).map((x) => x + 0.2 * random.normal());
      onRule.adopt(parameters);
      const states = [withRule(0, 0.4, 0.6), withRule(1, 0, 0), withRule(0, 0, 0), withRule(-1, 0.2, 0.8)];
      const batch = packVectors(states.map((s) => ({ state: s, action: onRule.act(s), reward: 0, next: s })));
      const tape = new Tape(engine, { mebibytes: 4 });
      const taped = onRule.minibatch(states.map((_, row) => ({ batch, row }))).states(tape);
      const { actions } = taped.policy(tape.leaf(parameters.subarray(0, onRule.layout.actor)));
      actions.data.forEach((share, i) => expect(share).toBeCloseTo(batch.actions[i]!, 5));
      for (const share of actions.data) expect(share).toBeGreaterThanOrEqual(Math.fround(0.02));
    });

    it('explores around the rule', () => {
      onRule.adopt(onRule.initialParameters(new SeededRandom(1)));
      const rule = withRule(0.5, 0.2, 0.3);
      const explored = onRule.act(rule, { random: new SeededRandom(3) });
      const noise = new SeededRandom(3);
      const powers = [0.5, 0.2, 0.3].map((part) => part * Math.exp(3 * 0.5 * noise.normal()));
      const total = powers.reduce((sum, power) => sum + power, 0);
      powers.forEach((power, i) => expect(explored[i]).toBeCloseTo(0.02 + (0.94 * power) / total, 5));
    });
  });

  it.each([
    ['no 3 shares of a rule from value 17 of 19 on', { residual: { baseAt: 17 } }],
    ['no 3 shares of a rule from value -1 of 19 on', { residual: { baseAt: -1 } }],
    ['gamma is 1, not within 0 and 1', { gamma: 1 }],
    ['sigma is -1, not a standard deviation', { sigma: -1 }],
    ['network 19-0-3: a width of 0', { hidden: [0] }],
  ])('is not made: %s', (message, options) => {
    expect(() => new SimplexAgent(engine, { ...config, ...options })).toThrow(message);
  });

  it('refuses what does not fit', () => {
    expect(() => agent.act(new Float32Array(18))).toThrow('state has 18 values instead of 19');
    expect(() => agent.act(state.map((x, i) => (i === 3 ? NaN : x)))).toThrow('state[3] is NaN');
    expect(() => agent.adopt(new Float32Array(5))).toThrow('parameters has 5 values instead of 11332');
  });
});
