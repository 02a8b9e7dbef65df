import { RIC_NAME } from '@ricochet/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WantedReports } from '../subscriptions/kpm-plan.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { QUOTA_EFFECT_MEASUREMENTS } from './quota-effect.js';
import { WEIGHTS_EFFECT_MEASUREMENTS } from './weights-effect.js';

const PERIOD_MS = 100;

/** Always wanted. */
export const SLICE_REPORTS: WantedReports = {
  name: 'slices',
  level: 'slice',
  periodMs: PERIOD_MS,
  measurements: [...QUOTA_EFFECT_MEASUREMENTS],
  partial: true,
};

/** Wanted as soon as somebody sets weights at a node of which nobody has the weights reported. */
const UE_REPORTS: WantedReports = {
  name: 'ues',
  level: 'ue',
  periodMs: PERIOD_MS,
  measurements: [...WEIGHTS_EFFECT_MEASUREMENTS],
};

/** What the RIC itself wants reported by every node, to see what controls do. */
@Injectable()
export class OwnReports implements OnModuleInit {
  private wanted = [SLICE_REPORTS];

  constructor(private readonly subscriptions: SubscriptionManager) {}

  onModuleInit(): void {
    this.subscriptions.want(RIC_NAME, this.wanted);
  }

  wantWeights(): void {
    this.want(UE_REPORTS);
  }

  /** A KPI that is not in the reports of slices anyway. */
  wantKpi(level: 'cell' | 'slice', kpi: string): void {
    if (level === 'slice' && SLICE_REPORTS.measurements.includes(kpi)) return;
    this.want({ name: `${level} ${kpi}`, level, periodMs: PERIOD_MS, measurements: [kpi] });
  }

  private want(spec: WantedReports): void {
    if (this.wanted.some(({ name }) => name === spec.name)) return;
    this.wanted = [...this.wanted, spec];
    this.subscriptions.want(RIC_NAME, this.wanted);
  }
}
