import {
  createSchedulerRule,
  observeUes,
  perNode,
  seedOfNode,
  type SchedulerRuleName,
} from '@ricochet/control';
import { type XAppHandlers } from '@ricochet/xapp-sdk';
import { type SchedulerConfig } from './scheduler.config.js';
import { weightsControl } from './weights-control.js';

/** Weights by a classical rule. */
export function ruleScheduler(scheduler: SchedulerRuleName, { seed }: SchedulerConfig): XAppHandlers {
  const ruleOf = perNode((nodeId) => createSchedulerRule(scheduler, { seed: seedOfNode(seed, nodeId) }));
  return {
    onReport(report, ric) {
      const ues = observeUes(report);
      if (ues.length === 0) return;
      void ric.control(weightsControl(ues, ruleOf(report.nodeId).weights(ues)));
    },
  };
}
