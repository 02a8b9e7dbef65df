import { learnWeights } from '@ricochet/training';
import { modelPolicySchema, type XAppContext, type XAppHandlers } from '@ricochet/xapp-sdk';
import { type SchedulerConfig } from './scheduler.config.js';
import { weightsControl } from './weights-control.js';

/** Weights by the actor of the model in force, behind a shield; the agents learn on. */
export function learnedScheduler({ config, log, learning }: XAppContext<SchedulerConfig>): XAppHandlers {
  const { agents, rounds } = learnWeights({
    ...config.learning,
    seed: config.seed,
    door: learning,
    info: (line) => log.info(line),
    warn: (line) => log.warn(line),
  });
  return {
    async onReport(report, ric) {
      const round = rounds.beforeDecision(report);
      // To wait for nothing would let reports that came along with this one overtake it.
      if (report.lockstep && round !== undefined) await round;
      if (report.level === 'slice') return agents.quotas(report);
      const { ues, weights, earned, interventions } = agents.decide(report, rounds.model?.version);
      for (const { reason } of interventions) log.debug(`${report.nodeId}: shield: ${reason}`);
      if (earned !== undefined) rounds.earned(report.nodeId, earned);
      if (ues.length === 0) return;
      void ric.control(weightsControl(ues, weights)).then(({ outcome }) => {
        if (outcome !== 'acknowledged') agents.undone(report.nodeId);
      });
    },
    onHealth: () => (rounds.model === undefined ? 'it has no model yet' : undefined),
    async onPolicy({ policy }) {
      // Without its policy the last good model goes on deciding.
      if (policy !== null) await rounds.adopt(modelPolicySchema.parse(policy).modelVersion);
    },
  };
}
