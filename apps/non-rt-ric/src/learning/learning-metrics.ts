import { ADAPTATION_VERDICTS, type LearningLevel, type RoundClosed } from '@ricochet/contracts';
import { addReadMetrics, Health, Histogram } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';
import { AdaptationCounts } from './adaptation-counts.js';

const BUCKETS_S = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const MS_PER_S = 1_000;

/** Counts what the aggregator tells of its rounds. */
@Injectable()
export class LearningMetrics {
  readonly adaptations = new AdaptationCounts();
  private readonly rounds: Partial<Record<LearningLevel, number>> = {};
  private readonly refused: Record<string, number> = {};
  /** As it was told last: counted anew when the aggregator begins anew. */
  private told: Readonly<Record<string, number>> = {};
  private readonly updates: Histogram<'level'>;
  /** The latest round of each level. */
  private readonly latest: Partial<Record<LearningLevel, RoundClosed>> = {};

  constructor({ metrics }: Health) {
    addReadMetrics(metrics, {
      ricochet_learning_rounds_total: {
        help: 'Learning rounds closed, by level.',
        by: 'level',
        read: () => this.rounds,
      },
      ricochet_learning_contributions_refused_total: {
        help: 'Contributions that counted for nothing, by reason.',
        by: 'reason',
        read: () => this.refused,
      },
    });
    addReadMetrics(metrics, {
      ricochet_learning_weight: {
        help: 'Weight of a DU in the latest round, by level.',
        by: ['level', 'node'],
        read: () => this.byNode(({ weight }) => weight),
      },
      ricochet_learning_td_variance: {
        help: 'Smoothed variance of the TD error of a DU, that its weight is made of, by level.',
        by: ['level', 'node'],
        read: () => this.byNode(({ smoothedTdVariance }) => smoothedTdVariance),
      },
      ricochet_learning_mean_reward: {
        help: 'Mean reward of a DU in the latest round, by level.',
        by: ['level', 'node'],
        read: () => this.byNode(({ meanReward }) => meanReward),
      },
    });
    for (const verdict of ADAPTATION_VERDICTS) {
      addReadMetrics(metrics, {
        [`ricochet_learning_adaptations_${verdict}_total`]: {
          help: `Times that the adaptation of a DU was ${verdict}, by level.`,
          by: 'level',
          read: () => this.adaptations.byLevel(verdict),
        },
      });
    }
    this.updates = new Histogram({
      name: 'ricochet_learning_update_seconds',
      help: "From a round's last contribution to its published model, by level.",
      labelNames: ['level'],
      buckets: BUCKETS_S,
      registers: [metrics],
    });
  }

  count(closed: RoundClosed): void {
    const { level, refused, updateMs } = closed;
    this.adaptations.count(closed);
    this.latest[level] = closed;
    this.rounds[level] = (this.rounds[level] ?? 0) + 1;
    if (updateMs !== undefined) this.updates.observe({ level }, updateMs / MS_PER_S);
    for (const [reason, total] of Object.entries(refused)) {
      const before = this.told[reason] ?? 0;
      this.refused[reason] = (this.refused[reason] ?? 0) + (total < before ? total : total - before);
    }
    this.told = refused;
  }

  /** A value of each DU in the latest round, by level. */
  private byNode(
    value: (of: RoundClosed['contributions'][number]) => number | undefined,
  ): Record<string, Record<string, number>> {
    return Object.fromEntries(
      Object.entries(this.latest).map(([level, { contributions }]) => [
        level,
        Object.fromEntries(
          contributions.flatMap((one) => {
            const known = value(one);
            return known === undefined ? [] : [[one.nodeId, known]];
          }),
        ),
      ]),
    );
  }
}
