import { TASK_WEIGHTINGS, type TaskWeighting } from '@ricochet/contracts';
import { createEngine } from '@ricochet/rl';
import fc from 'fast-check';
import { type TakenContribution } from '../round/round.js';
import { Aggregator, unweighed } from './aggregator.js';

const engine = createEngine({ mebibytes: 16 });
const LAYOUT = { actor: 1, critic: 2 };
const START = Float32Array.of(1, 2, 3);

const make = (weighting: TaskWeighting, varianceMemory = 0): Aggregator =>
  new Aggregator({ engine, layout: LAYOUT, weighting, varianceMemory, optimiser: { clipNorm: 1e6 } });
const from = (nodeId: string, tdVariance: number, gradient: number[]): TakenContribution => ({
  nodeId,
  tdVariance,
  gradient: Float32Array.from(gradient),
  supportSamples: 128,
  querySamples: 64,
  decisions: 3,
  meanReward: 0.5,
});
/** A calm DU and one whose TD error varies three times as much; their gradients cancel at equal weights. */
const ROUND = [from('du-1', 0.5, [4, 4, 0]), from('du-2', 1.5, [-4, -4, 0])];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('Aggregator', () => {
  // z = variance / mean: 0.5 and 1.5.
  it.each<[TaskWeighting, number]>([
    ['softmin', sigmoid(1)],
    ['uniform', 0.5],
    ['static-var', 0.25],
    ['softmin-raw', sigmoid(1)],
    ['softmax-var', sigmoid(-1)],
  ])('weighs by %s as computed by hand', (weighting, first) => {
    const weights = make(weighting)
      .weigh(ROUND)
      .map(({ weight }) => weight);
    expect(weights[0]).toBeCloseTo(first, 12);
    expect(weights[1]).toBeCloseTo(1 - first, 12);
  });

  it('tells softmin from its raw form by the scale of the variances', () => {
    const calm = ROUND.map(({ nodeId, tdVariance, gradient }) =>
      from(nodeId, tdVariance / 50, [...gradient]),
    );
    expect(make('softmin').weigh(calm)[0]?.weight).toBeCloseTo(sigmoid(1), 12);
    expect(make('softmin-raw').weigh(calm)[0]?.weight).toBeCloseTo(sigmoid(0.02), 12);
  });

  /** First step of Adam: the learning rate against the sign of the summed gradient, the actor's half of it. */
  it.each<[TaskWeighting, number]>([
    ['softmin', -1],
    ['uniform', 0],
    ['static-var', 1],
    ['softmin-raw', -1],
    ['softmax-var', 1],
  ])('goes where %s weighs more', (weighting, direction) => {
    const aggregator = make(weighting);
    const next = aggregator.update(START, ROUND, aggregator.weigh(ROUND));
    expect([...START]).toEqual([1, 2, 3]);
    expect(next[0]).toBeCloseTo(1 + direction * 1e-3, 6);
    expect(next[1]).toBeCloseTo(2 + direction * 2e-3, 6);
    expect(next[2]).toBe(3);
  });

  it('steps by Adam on the weighted sum, round after round', () => {
    const aggregator = make('static-var');
    // Weights .25 and .75: sums of -2 and then, with the gradients turned round, of 2.
    const second = ROUND.map(({ nodeId, tdVariance, gradient }) =>
      from(nodeId, tdVariance, [...gradient.map((g) => -g)]),
    );
    const first = aggregator.update(START, ROUND, aggregator.weigh(ROUND));
    const next = aggregator.update(first, second, aggregator.weigh(second));
    const m = 0.9 * (0.1 * -2) + 0.1 * 2;
    const v = 0.999 * (0.001 * 4) + 0.001 * 4;
    const step = m / (1 - 0.9 ** 2) / (Math.sqrt(v / (1 - 0.999 ** 2)) + 1e-8);
    expect(next[1]! - first[1]!).toBeCloseTo(-2e-3 * step, 6);
  });

  it('weighs by the moving average of each DU, whoever else contributes', () => {
    const aggregator = make('static-var', 0.9);
    aggregator.weigh(ROUND);
    aggregator.weigh([from('du-2', 1.5, [0, 0, 0])]);
    const [one, two] = aggregator.weigh([from('du-1', 1.5, [0, 0, 0]), from('du-2', 2.5, [0, 0, 0])]);
    expect(one?.smoothedTdVariance).toBeCloseTo(0.6, 12);
    expect(two?.smoothedTdVariance).toBeCloseTo(1.6, 12);
    expect(one?.weight).toBeCloseTo(0.6 / 2.2, 12);
  });

  it('tells of each DU what goes into the lineage', () => {
    const about = { nodeId: 'du-1', tdVariance: 0.5, supportSamples: 128, querySamples: 64, meanReward: 0.5 };
    const [first] = ROUND;
    expect(make('uniform').weigh(ROUND)[0]).toEqual({ ...about, smoothedTdVariance: 0.5, weight: 0.5 });
    expect(unweighed(first!)).toEqual({ ...about, smoothedTdVariance: 0.5, weight: 0 });
  });

  it('gives the same weights and the same model to the bit, whenever asked', () => {
    const run = (): Float32Array => {
      const aggregator = make('softmin', 0.9);
      let parameters: Float32Array = START;
      for (let i = 0; i < 5; i++) parameters = aggregator.update(parameters, ROUND, aggregator.weigh(ROUND));
      return parameters;
    };
    expect(run()).toEqual(run());
  });

  it('takes an update back', () => {
    const [one, other] = [make('softmin'), make('softmin')];
    for (const aggregator of [one, other]) aggregator.update(START, ROUND, aggregator.weigh(ROUND));
    const odd = [from('du-1', 1, [9, 0, -9])];
    one.update(START, odd, one.weigh(odd));
    one.undo();
    expect(one.update(START, ROUND, one.weigh(ROUND))).toEqual(
      other.update(START, ROUND, other.weigh(ROUND)),
    );
  });

  it('is as new once its moments are forgotten', () => {
    const [used, fresh] = [make('uniform'), make('uniform')];
    const round = [from('du-1', 1, [1, -2, 3])];
    for (let i = 0; i < 3; i++) used.update(START, round, used.weigh(round));
    used.forgetMoments();
    const gradient = [from('du-1', 1, [-1, 1, 1])];
    expect(used.update(START, gradient, used.weigh(gradient))).toEqual(
      fresh.update(START, gradient, fresh.weigh(gradient)),
    );
  });

  it('refuses a sum that overflows, and is as before', () => {
    const aggregator = make('uniform');
    const huge = [from('du-1', 1, [3e38, 3e38, 3e38]), from('du-2', 1, [3e38, 3e38, 3e38])];
    expect(() => aggregator.update(START, huge, aggregator.weigh(huge))).toThrow('overflows');
    const fresh = make('uniform');
    expect(aggregator.update(START, ROUND, aggregator.weigh(ROUND))).toEqual(
      fresh.update(START, ROUND, fresh.weigh(ROUND)),
    );
  });

  it('gives weights that sum to 1 and a finite model for whatever variances', () => {
    const variances = fc.array(fc.double({ min: 0, max: 1e30, noNaN: true }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.constantFrom(...TASK_WEIGHTINGS), variances, (weighting, values) => {
        const aggregator = make(weighting, 0.9);
        const round = values.map((variance, i) => from(`du-${i}`, variance, [i, -i, 1]));
        const weighed = aggregator.weigh(round);
        expect(weighed.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(aggregator.update(START, round, weighed).every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
