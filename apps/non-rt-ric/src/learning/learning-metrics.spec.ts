import { type RoundClosed } from '@ricochet/contracts';
import { Health } from '@ricochet/platform';
import { LearningMetrics } from './learning-metrics.js';

const refused = { late: 0, duplicate: 0, stale: 0, 'unknown-du': 0, shape: 0, 'not-finite': 0 };

const round = (...verdicts: RoundClosed['contributions'][number]['adaptation'][]): RoundClosed => ({
  ...{ level: 'high', round: 1, timeMs: 1, closedBy: 'all', baseVersion: 1, modelVersion: 2 },
  ...{ settled: true, weighting: 'softmin', engine: 'simd', missing: [], rolledBack: false, refused },
  contributions: verdicts.map((adaptation, i) => ({
    ...{ nodeId: `du-${i}`, tdVariance: 1, smoothedTdVariance: 1, weight: 1 },
    ...{ supportSamples: 1, querySamples: 1, ...(adaptation && { adaptation }) },
  })),
});

describe('LearningMetrics', () => {
  it('counts rounds, and the verdicts on adaptation by level', async () => {
    const health = await Health.open({ RICOCHET_HTTP: undefined, RICOCHET_NODE_METRICS: false }, []);
    const metrics = new LearningMetrics(health);
    metrics.count(round('accepted', 'kept', undefined));
    metrics.count(round('accepted', 'reverted'));
    expect(metrics.adaptations.of('high')).toEqual({ accepted: 2, kept: 1, reverted: 1 });
    metrics.count({ ...round('kept'), level: 'low' });
    const text = await health.metrics.metrics();
    expect(text).toContain('ricochet_learning_rounds_total{level="high"} 2');
    expect(text).not.toContain('ricochet_learning_weight{level="high",node="du-2"}');
    expect(text).toContain('ricochet_learning_adaptations_accepted_total{level="high"} 2');
    expect(text).toContain('ricochet_learning_adaptations_accepted_total{level="low"} 0');
    expect(text).toContain('ricochet_learning_weight{level="high",node="du-1"} 1');
    expect(text).toContain('ricochet_learning_td_variance{level="low",node="du-0"} 1');
    expect(text).not.toContain('ricochet_learning_mean_reward{');
    await health.close();
  });
});
