import { quotaOf } from '@ricochet/control';
import { learnQuotas, parseSla } from '@ricochet/training';
import { modelPolicySchema, type XAppContext, type XAppHandlers } from '@ricochet/xapp-sdk';
import { type QuotaConfig } from './quota.config.js';

/** Quotas by the actor of the model in force, behind a shield; the agents learn on. */
export function learnedQuota({ config, log, learning }: XAppContext<QuotaConfig>): XAppHandlers {
  const { agents, rounds } = learnQuotas({
    ...config.learning,
    seed: config.seed,
    door: learning,
    info: (line) => log.info(line),
    warn: (line) => log.warn(line),
  });
  return {
    async onReport(report, ric) {
      const round = rounds.beforeDecision(report);
      if (report.lockstep && round !== undefined) await round;
      const { slices, shares, earned, interventions } = agents.decide(report, rounds.model?.version);
      for (const { reason } of interventions) log.debug(`${report.nodeId}: shield: ${reason}`);
      if (earned !== undefined) rounds.earned(report.nodeId, earned);
      const ratios = quotaOf(shares, slices, config.quotaMode);
      void ric.control({ kind: 'slice-quota', ratios }).then(({ outcome }) => {
        if (outcome !== 'acknowledged') agents.undone(report.nodeId);
      });
    },
    onHealth: () => (rounds.model === undefined ? 'it has no model yet' : undefined),
    async onPolicy({ policy }) {
      // Without its policy the last good model goes on deciding.
      if (policy === null) return;
      const { modelVersion, sla } = modelPolicySchema.parse(policy);
      agents.promise(parseSla(sla));
      await rounds.adopt(modelVersion);
    },
  };
}
