import { SeededRandom } from '../seeded-random.js';
import { RewardModel } from './reward-model.js';

const TRUTH = [0.6, 0.1, 0.3, 0.4];

function taught(periods: number, weights = TRUTH): RewardModel {
  const random = new SeededRandom(1);
  const model = new RewardModel();
  for (let i = 0; i < periods; i++) {
    const regressors = [random.uniform(), random.uniform(), random.uniform(), -random.uniform()];
    model.observe(
      regressors,
      regressors.reduce((sum, value, j) => sum + value * weights[j]!, 0),
    );
  }
  return model;
}

describe('RewardModel', () => {
  it('starts from the plain mean, in full doubt', () => {
    const model = new RewardModel();
    model.coefficients.forEach((value, i) => expect(value).toBeCloseTo([1 / 3, 1 / 3, 1 / 3, 0][i]!, 9));
    expect(model.doubt).toBeCloseTo(1, 9);
  });

  it('finds out what the reward is made of within a few periods', () => {
    const model = taught(20);
    model.coefficients.forEach((value, i) => expect(value).toBeCloseTo(TRUTH[i]!, 1));
    expect(model.doubt).toBeLessThan(0.05);
    taught(200).coefficients.forEach((value, i) => expect(value).toBeCloseTo(TRUTH[i]!, 2));
  });

  it('stays at the plain mean where the reward is that', () => {
    taught(50, [1 / 3, 1 / 3, 1 / 3, 0]).coefficients.forEach((value, i) =>
      expect(value).toBeCloseTo([1 / 3, 1 / 3, 1 / 3, 0][i]!, 9),
    );
  });

  it('clones know the same and learn by themselves', () => {
    const model = taught(5);
    const copy = model.clone();
    expect(copy.coefficients).toEqual(model.coefficients);
    copy.observe([1, 0, 0, 0], 0);
    expect(copy.coefficients).not.toEqual(model.coefficients);
    expect(model.coefficients).toEqual(taught(5).coefficients);
  });
});
