import { Bus } from '@ricochet/bus';
import { roundClosed, type LearningLevel, type RoundClosed } from '@ricochet/contracts';
import { Store } from '@ricochet/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';
import { LearningMetrics } from './learning-metrics.js';

/** Listens to the aggregator: keeps what was contributed, and tells the operator of rounds that went wrong. */
@Injectable()
export class LearningMonitor implements OnApplicationBootstrap {
  private readonly notes = new Map<LearningLevel, string>();

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly metrics: LearningMetrics,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.subscribe(roundClosed, (closed) => {
      this.metrics.count(closed);
      this.record(closed);
      this.tell(closed);
    });
  }

  private record({ level, round, baseVersion, contributions }: RoundClosed): void {
    const receivedAtMs = Date.now();
    for (const { smoothedTdVariance: _, adaptation: __, ...contribution } of contributions) {
      const about = { level, round, modelVersion: baseVersion, outcome: 'accepted', receivedAtMs };
      this.store.appendContribution({ ...contribution, ...about });
    }
  }

  /** The same trouble, round after round, is told once. */
  private tell({ level, round, note, rolledBack }: RoundClosed): void {
    if (note !== undefined && !rolledBack && note !== this.notes.get(level)) {
      this.log.warn(`${level} level, round ${round}: ${note}`);
    }
    if (note === undefined) this.notes.delete(level);
    else this.notes.set(level, note);
  }
}
