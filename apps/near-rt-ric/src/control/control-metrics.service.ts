import { EFFECT_CAUSES, type ControlEffect, type EffectCause } from '@ricochet/contracts';
import { addReadMetrics, Health, Histogram } from '@ricochet/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConflictService } from './conflict.service.js';
import { EffectService } from './effect.service.js';

const DELAY_BUCKETS_S = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2];
const MS_PER_S = 1_000;

type EffectResult = 'effective' | 'ineffective' | 'not-measured';

/** Conflicts and effects, in numbers. */
@Injectable()
export class ControlMetrics implements OnModuleInit {
  private readonly causes = Object.fromEntries(EFFECT_CAUSES.map((cause) => [cause, 0])) as Record<
    EffectCause,
    number
  >;

  /** By names that are not ours: `constructor` may be one. */
  private readonly byXApp = Object.create(null) as Record<string, Record<EffectResult, number>>;

  constructor(
    private readonly health: Health,
    private readonly conflicts: ConflictService,
    private readonly effects: EffectService,
  ) {}

  onModuleInit(): void {
    const delays = new Histogram({
      name: 'ricochet_ric_control_effect_delay_seconds',
      help: 'From a request to the end of the report that showed it in force, simulation time, by kind of control.',
      labelNames: ['kind'],
      buckets: DELAY_BUCKETS_S,
      registers: [this.health.metrics],
    });
    this.effects.onEffect((effect, xapp) => {
      const { kind, cause, delayMs } = effect;
      const ofXApp = (this.byXApp[xapp] ??= { effective: 0, ineffective: 0, 'not-measured': 0 });
      ofXApp[resultOf(effect)] += 1;
      if (cause !== undefined) this.causes[cause] += 1;
      if (delayMs !== undefined) delays.observe({ kind }, delayMs / MS_PER_S);
    });
    addReadMetrics(this.health.metrics, {
      ricochet_ric_control_effect_causes_total: {
        help: 'Controls with no effect, less of one, or one that could not be measured, by why.',
        by: 'cause',
        read: () => this.causes,
      },
      ricochet_ric_xapp_control_effects_total: {
        help: 'Acknowledged controls, by xApp and what the next report showed of them.',
        by: ['xapp', 'result'],
        read: () => this.byXApp,
      },
      ricochet_ric_conflicts_total: {
        help: 'Decisions between xApps.',
        by: 'decision',
        read: () => this.conflicts.counts,
      },
    });
  }
}

/** What no report has shown has no shares. */
function resultOf({ effective, cause, shares }: ControlEffect): EffectResult {
  if (effective) return 'effective';
  const isUnknown = cause === 'superseded' || cause === 'node-lost' || cause === 'not-reported';
  return isUnknown && shares.length === 0 ? 'not-measured' : 'ineffective';
}
