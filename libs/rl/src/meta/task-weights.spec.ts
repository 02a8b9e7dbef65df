import fc from 'fast-check';
import { TASK_WEIGHTINGS, taskWeights } from './task-weights.js';

const closeTo = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
};

describe('task weights', () => {
  it('are those computed by hand', () => {
    // Mean 0.04: z = 0.5, 0.5, 2; e^-z = 0.6065, 0.6065, 0.1353.
    const variances = [0.02, 0.02, 0.08];
    closeTo(taskWeights('softmin', variances), [0.4498, 0.4498, 0.1004]);
    // e^z = 1.6487, 1.6487, 7.3891.
    closeTo(taskWeights('softmax-var', variances), [0.1543, 0.1543, 0.6914]);
    closeTo(taskWeights('static-var', variances), [1 / 6, 1 / 6, 2 / 3]);
    // (16) as it stands: e^-0.02, e^-0.02, e^-0.08.
    closeTo(taskWeights('softmin-raw', variances), [0.3399, 0.3399, 0.3201]);
    closeTo(taskWeights('uniform', variances), [1 / 3, 1 / 3, 1 / 3]);
  });

  it('favour the variance that each scheme favours', () => {
    const [low, high] = [0.1, 3];
    const first = (weighting: (typeof TASK_WEIGHTINGS)[number]) => taskWeights(weighting, [low, high])[0]!;
    expect(first('softmin')).toBeGreaterThan(0.5);
    expect(first('softmin-raw')).toBeGreaterThan(0.5);
    expect(first('softmax-var')).toBeLessThan(0.5);
    expect(first('static-var')).toBeLessThan(0.5);
    expect(first('uniform')).toBe(0.5);
  });

  it('are shares of one, whatever the variances', () => {
    const variance = fc.oneof(fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }), fc.constant(0));
    fc.assert(
      fc.property(
        fc.constantFrom(...TASK_WEIGHTINGS),
        fc.array(variance, { minLength: 1, maxLength: 40 }),
        (weighting, variances) => {
          const weights = taskWeights(weighting, variances);
          expect(weights).toHaveLength(variances.length);
          for (const weight of weights) expect(weight >= 0 && weight <= 1).toBe(true);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
        },
      ),
    );
  });

  it('do not depend on the unit of the variance where they are relative', () => {
    const variances = [0.01, 0.3, 0.07];
    for (const weighting of ['softmin', 'softmax-var', 'static-var'] as const) {
      closeTo(
        taskWeights(
          weighting,
          variances.map((v) => v * 1e6),
        ),
        taskWeights(weighting, variances),
      );
    }
  });

  it.each(TASK_WEIGHTINGS)(
    '%s: one task has all the weight, tasks without variance count alike',
    (weighting) => {
      expect(taskWeights(weighting, [0.3])).toEqual([1]);
      expect(taskWeights(weighting, [0])).toEqual([1]);
      closeTo(taskWeights(weighting, [0, 0, 0, 0]), [0.25, 0.25, 0.25, 0.25]);
      expect(taskWeights(weighting, [])).toEqual([]);
    },
  );
});
