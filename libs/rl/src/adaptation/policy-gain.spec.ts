import { experience, regret, simplexToy } from '../agents/toy-tasks.fixture.js';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { Tape } from '../tape/tape.js';
import { policyGain } from './policy-gain.js';

const engine = createEngine({ mebibytes: 32 });
const tape = new Tape(engine, { mebibytes: 16 });
/** Each decision for itself: the gain is that of the reward. */
const toy = simplexToy(engine, { gamma: 0 });
const { agent } = toy;
const { actor, critic } = agent.layout;
const taste = 1;

/** A policy that does the same in all states; by biases of the last layer of an actor of zeros. */
const fixed = (...biases: number[]) => {
  const parameters = new Float32Array(actor + critic);
  parameters.set(biases, actor - 3);
  return parameters;
};
const equal = fixed(0, 0, 0);
const [better, worse] = [fixed(0.1, 0, -0.1), fixed(-0.1, 0, 0.1)];

const batches = (count: number, noise = false) => {
  agent.adopt(equal);
  const batch = experience(toy, count, { random: new SeededRandom('explored', count), taste, noise });
  return [0, 1].map((part) =>
    agent.minibatch(Array.from({ length: count / 2 }, (_, i) => ({ batch, row: (part * count) / 2 + i }))),
  );
};
const gainOf = (candidate: Float32Array, by = new Float32Array(critic), on = batches(200)) =>
  policyGain(
    { agent, tape },
    { critic: by, candidate: candidate.subarray(0, actor), incumbent: equal.subarray(0, actor) },
    on,
  );
const trueGain = (candidate: Float32Array) => regret(toy, equal, taste) - regret(toy, candidate, taste);

describe('policyGain', () => {
  it.each([
    ['better', better],
    ['worse', worse],
  ])('tells of a policy that is %s, by a critic that knows nothing', (_, candidate) => {
    const { mean, standardError } = gainOf(candidate);
    expect(Math.abs(mean)).toBeGreaterThan(4 * standardError);
    expect(Math.sign(mean)).toBe(Math.sign(trueGain(candidate)));
    // Off by no more than the curvature between the two.
    expect(mean / trueGain(candidate)).toBeGreaterThan(0.6);
    expect(mean / trueGain(candidate)).toBeLessThan(1.6);
  });

  it('puts critics right that are wrong', () => {
    const random = new SeededRandom('critics');
    for (let trial = 0; trial < 5; trial++) {
      const wrong = Float32Array.from({ length: critic }, () => 0.3 * random.normal());
      const gain = gainOf(better, wrong);
      expect(Math.abs(gain.mean - gainOf(better).mean)).toBeLessThan(3 * gain.standardError);
      expect(gain.mean).toBeGreaterThan(0);
    }
  });

  it('is within its errors of 0 where rewards are noise', () => {
    const { mean, standardError } = gainOf(better, new Float32Array(critic), batches(202, true));
    expect(Math.abs(mean)).toBeLessThan(2 * standardError);
  });

  it('knows nothing where policies are the same, or hardly anything was tried', () => {
    expect(gainOf(equal)).toEqual({ mean: 0, standardError: Infinity });
    expect(gainOf(better, new Float32Array(critic), batches(2)).standardError).toBe(Infinity);
  });
});
