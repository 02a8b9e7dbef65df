import { type DuPolicy, type ToldReward } from '@ricochet/control';
import { type MeasurementReport } from '@ricochet/ran-types';
import { type QuotaAgents } from '../agents/quota-agents.js';
import { type SchedulerAgents } from '../agents/scheduler-agents.js';

/** There is a model; which one makes no difference here. */
const MODEL_VERSION = 0;

/** Both levels of one DU as its xApps would decide them, in the environment. */
export class LearnedPolicy implements DuPolicy {
  constructor(private readonly agents: { readonly high: QuotaAgents; readonly low: SchedulerAgents }) {}

  split(report: MeasurementReport, told: ToldReward): readonly number[] {
    this.agents.low.quotas(report);
    return this.agents.high.decide(report, MODEL_VERSION, told).shares;
  }

  weigh(report: MeasurementReport): readonly number[] {
    return this.agents.low.decide(report, MODEL_VERSION).weights;
  }
}
