import fc from 'fast-check';
import { createEngine } from '../engine/engine.js';
import { LearningError } from '../learning.error.js';
import { SeededRandom } from '../random/seeded-random.js';
import { MetaOptimiser } from './meta-optimiser.js';

const engine = createEngine({ mebibytes: 16 });
const layout = { actor: 2, critic: 3 };
const f32 = (...values: number[]) => Float32Array.from(values);
const start = f32(1, 2, 3, 4, 5);
const moved = (after: Float32Array, before: Float32Array) => [...after].map((x, i) => x - before[i]!);

describe('MetaOptimiser', () => {
  it('steps against the weighted sum, the actor by half, and leaves what it was given', () => {
    const optimiser = new MetaOptimiser(engine, layout);
    const tasks = [
      { gradient: f32(1, -1, 0, 1, 0), weight: 0.25 },
      { gradient: f32(-1, -1, 0, 1, 0.2), weight: 0.75 },
    ];
    const after = optimiser.update(start, tasks);
    expect([...start]).toEqual([1, 2, 3, 4, 5]);
    // Adam's first step is the learning rate against the sign of the gradient: (-.5, -1, 0, 1, .15).
    [1e-3, 1e-3, 0, -2e-3, -2e-3].forEach((step, i) => expect(moved(after, start)[i]).toBeCloseTo(step, 5));
  });

  it('clips each network for itself', () => {
    const huge = new MetaOptimiser(engine, layout);
    const small = new MetaOptimiser(engine, layout);
    const first = { gradient: f32(0.6, 0.8, 0, 0, 0.5), weight: 1 };
    // The actor's part is ten times the one above: clipped, it is the same, and the critic's part is not touched.
    expect(huge.update(start, [{ gradient: f32(6, 8, 0, 0, 0.5), weight: 1 }])).toEqual(
      small.update(start, [first]),
    );
    const second = { gradient: f32(0.1, -0.1, 1, 0, 0), weight: 1 };
    const [a, b] = [huge.update(start, [second]), small.update(start, [second])];
    a.forEach((x, i) => expect(x).toBeCloseTo(b[i]!, 6));
  });

  it('lets the learning rates fall from one step to another, and stay', () => {
    const decay = { fromStep: 2, toStep: 4, factor: 0.1 };
    const optimiser = new MetaOptimiser(engine, layout, { decay });
    // With a constant gradient, Adam's steps are the learning rate.
    const steps = Array.from({ length: 7 }, () => {
      const after = optimiser.update(new Float32Array(5), [{ gradient: f32(0, 0, 0, 0, 0.5), weight: 1 }]);
      return -after[4]! / 2e-3;
    });
    [1, 1, 1, 0.55, 0.1, 0.1, 0.1].forEach((scale, i) => expect(steps[i]).toBeCloseTo(scale, 3));
    expect(() => new MetaOptimiser(engine, layout, { decay: { ...decay, toStep: 2 } })).toThrow(
      'learning rates decay to 0.1 from step 2 to 2',
    );
  });

  it('leaves the actor and its moments alone where only the critic is to learn', () => {
    const task = { gradient: f32(1, 1, 1, 1, 1), weight: 1 };
    const [one, other] = [new MetaOptimiser(engine, layout), new MetaOptimiser(engine, layout)];
    const after = one.update(start, [task], { criticOnly: true });
    expect([...after.subarray(0, 2)]).toEqual([1, 2]);
    expect(after.subarray(2)).toEqual(other.update(start, [task]).subarray(2));
    // Its first step is as if nothing had been before.
    expect(one.update(start, [task]).subarray(0, 2)).toEqual(
      new MetaOptimiser(engine, layout).update(start, [task]).subarray(0, 2),
    );
  });

  it('goes on from its state exactly as if nothing had been between', () => {
    const options = { decay: { fromStep: 0, toStep: 9, factor: 0.1 } };
    const random = new SeededRandom('state');
    const gradient = () => ({ gradient: start.map(() => random.normal()), weight: 1 });
    const one = new MetaOptimiser(engine, layout, options);
    for (let i = 0; i < 3; i++) one.update(start, [gradient()]);
    const other = new MetaOptimiser(engine, layout, options);
    other.restore(one.state());
    const task = gradient();
    expect(other.update(start, [task])).toEqual(one.update(start, [task]));
  });

  it('gives finite parameters for whatever finite gradients, or refuses', () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(fc.float32Array({ minLength: 5, maxLength: 5, noNaN: true }), { minLength: 1 }),
        float,
        (gradients, x) => {
          const optimiser = new MetaOptimiser(engine, layout);
          const tasks = gradients.map((gradient) => ({ gradient, weight: 1 / gradients.length }));
          try {
            expect(optimiser.update(start.fill(x), tasks).every(Number.isFinite)).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ code: 'LEARNING_NOT_FINITE' });
            expect(optimiser.state().updates).toBe(0);
          }
        },
      ),
    );
    start.set([1, 2, 3, 4, 5]);
  });

  it.each([
    ['parameters has 4 values instead of 5', start.slice(1), [{ gradient: start, weight: 1 }]],
    [
      'gradient 1: 6 floats instead of 5',
      start,
      [start, new Float32Array(6)].map((gradient) => ({ gradient, weight: 0.5 })),
    ],
    ['gradient 0[4] is NaN', start, [{ gradient: f32(0, 0, 0, 0, NaN), weight: 1 }]],
    ['weight 0 is NaN, not a share', start, [{ gradient: start, weight: NaN }]],
    ['weight 0 is 1.5, not a share', start, [{ gradient: start, weight: 1.5 }]],
    ['the sum of the gradients overflows', start, [{ gradient: f32(3e38, 3e38, 0, 0, 0), weight: 1 }]],
    ['a meta update without gradients', start, []],
  ])('refuses: %s', (message, parameters, tasks) => {
    const optimiser = new MetaOptimiser(engine, layout);
    expect(() => optimiser.update(parameters, tasks)).toThrow(LearningError);
    expect(() => optimiser.update(parameters, tasks)).toThrow(message);
    expect(optimiser.state().updates).toBe(0);
  });
});
