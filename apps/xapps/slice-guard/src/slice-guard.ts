import { defineXApp, SLICE_SLA_POLICY_TYPE, subscription } from '@ricochet/xapp-sdk';
import { guardConfigSchema } from './guard.config.js';
import { GuardedNodes } from './guarded-nodes.js';
import { plainView, wholeView } from './slice-view.js';
import { SlaTargets } from './sla-targets.js';

const CARRIER = subscription({
  name: 'carrier',
  level: 'cell',
  periodMs: 1_000,
  measurements: ['RRU.PrbAvailDl'],
});

/** Holds what slices were promised: raises the minimum PRB ratio of those in danger, and gives back when it is over. */
export const sliceGuard = defineXApp({
  name: 'slice-guard',
  version: '0.1.0',
  description: 'Keeps the SLAs of slices by their minimum PRB ratios',
  // Above slice-quota: who keeps promises goes before who optimises.
  priority: 60,
  influences: {
    'slice-quota': ['RCT.QosDl', 'RCT.PacketDelayDl.P99', 'DRB.PdcpSduVolumeDL', 'DRB.UEThpDl'],
  },
  config: guardConfigSchema,
  subscriptions: ({ periodMs, nodes }) =>
    [wholeView(periodMs), plainView(periodMs), CARRIER].map((one) => ({ ...one, nodes })),
  policyTypes: ({ policies }) => (policies ? [SLICE_SLA_POLICY_TYPE.policyTypeId] : []),
  create(context) {
    const { log } = context;
    let { config } = context;
    const targets = new SlaTargets(config);
    const nodes = new GuardedNodes(context, {
      config: () => config,
      targetsOf: (slice) => targets.of(slice),
    });
    return {
      async onReport(report, ric) {
        if (report.subscription === 'carrier') {
          const [row] = report.rows;
          nodes.carrier(report.nodeId, (row && report.value(row, 'RRU.PrbAvailDl')) ?? undefined);
          return;
        }
        await nodes.follow(report, ric);
      },
      onEffect: (effect) => nodes.count(effect),
      onConflict: (conflict) => nodes.conflict(conflict),
      onPolicy(policy) {
        targets.enforce(policy);
        log.info(`policy ${policy.policyId} ${policy.policy === null ? 'is gone' : 'is in force'}`);
      },
      onConfig(changed) {
        config = changed;
        targets.configure(changed);
      },
      onDrain: () => nodes.saveAll(),
    };
  },
});
