import { LearningError } from '../learning.error.js';
import { TaskWeigher } from './task-weigher.js';
import { taskWeights } from './task-weights.js';

const round = (variances: Record<string, number>) =>
  Object.entries(variances).map(([taskId, tdVariance]) => ({ taskId, tdVariance }));

describe('TaskWeigher', () => {
  it('averages each task over the rounds, and weighs by the averages', () => {
    const weigher = new TaskWeigher('softmin');
    weigher.weigh(round({ a: 1, b: 2 }));
    weigher.weigh(round({ b: 2 }));
    const [b, a, c] = weigher.weigh(round({ b: 4, a: 0, c: 5 }));
    expect(a!.smoothedTdVariance).toBeCloseTo(0.9);
    expect(b!.smoothedTdVariance).toBeCloseTo(2.2);
    expect(c!.smoothedTdVariance).toBeCloseTo(5);
    expect([b, a, c].map((task) => task!.weight)).toEqual(
      taskWeights(
        'softmin',
        [b, a, c].map((task) => task!.smoothedTdVariance),
      ),
    );
    expect(a).toMatchObject({ taskId: 'a', tdVariance: 0 });
  });

  it('goes on from a snapshot as if nothing had been between, and forgets tasks that left', () => {
    const one = new TaskWeigher('static-var');
    one.weigh(round({ a: 1, b: 3 }));
    const other = new TaskWeigher('static-var');
    other.restore(JSON.parse(JSON.stringify(one.snapshot())) as Record<string, number>);
    expect(other.weigh(round({ a: 2, b: 2 }))).toEqual(one.weigh(round({ a: 2, b: 2 })));
    one.keepOnly(new Set(['b']));
    expect(Object.keys(one.snapshot())).toEqual(['b']);
  });

  it('refuses what is no variance, and takes nothing of that round in', () => {
    const weigher = new TaskWeigher('softmin');
    weigher.weigh(round({ a: 1 }));
    for (const bad of [NaN, Infinity, -0.1]) {
      const refused = () => weigher.weigh(round({ a: 9, b: bad }));
      expect(refused).toThrow(new LearningError('LEARNING_NOT_FINITE', `TD variance of b is ${bad}`));
      expect(refused).toThrow(LearningError);
    }
    expect(() => weigher.weigh([...round({ a: 9 }), ...round({ a: 9 })])).toThrow('task a comes twice');
    expect(weigher.snapshot()).toEqual({ a: 1 });
  });
});
