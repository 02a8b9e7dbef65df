import {
  ADAPTATION_VERDICTS,
  type AdaptationVerdict,
  type LearningLevel,
  type RoundClosed,
} from '@ricochet/contracts';

export type Verdicts = Record<AdaptationVerdict, number>;

/** Verdicts on the DUs' adaptation, by level, since the Non-RT RIC began. */
export class AdaptationCounts {
  private readonly levels: Record<LearningLevel, Verdicts> = { high: noVerdicts(), low: noVerdicts() };

  count({ level, contributions }: RoundClosed): void {
    for (const { adaptation } of contributions) {
      if (adaptation !== undefined) this.levels[level][adaptation] += 1;
    }
  }

  of(level: LearningLevel): Verdicts {
    return { ...this.levels[level] };
  }

  /** One verdict, by level. */
  byLevel(verdict: AdaptationVerdict): Record<LearningLevel, number> {
    return { high: this.levels.high[verdict], low: this.levels.low[verdict] };
  }
}

function noVerdicts(): Verdicts {
  return Object.fromEntries(ADAPTATION_VERDICTS.map((verdict) => [verdict, 0])) as Verdicts;
}
