import {
  createSplitRule,
  observeSlices,
  perNode,
  quotaOf,
  seedOfNode,
  SLICE_MEASUREMENTS,
  SPLIT_RULE_NAMES,
} from '@ricochet/control';
import { defineXApp } from '@ricochet/xapp-sdk';
import { z } from 'zod';

/** High level: every 100 ms, how the carrier of each DU is split between its slices. */
export const sliceQuota = defineXApp({
  name: 'slice-quota',
  version: '0.1.0',
  config: z.strictObject({
    split: z.enum(SPLIT_RULE_NAMES).default('need'),
    quotaMode: z.enum(['exact', 'lend']).default('exact'),
    seed: z.int().nonnegative().default(1),
  }),
  subscriptions: [{ name: 'slices', level: 'slice', periodMs: 100, measurements: [...SLICE_MEASUREMENTS] }],
  create({ config }) {
    const ruleOf = perNode((nodeId) =>
      createSplitRule(config.split, { seed: seedOfNode(config.seed, nodeId) }),
    );
    return {
      onReport(report, ric) {
        const slices = observeSlices(report);
        const shares = ruleOf(report.nodeId).decide(slices);
        const ratios = quotaOf(shares, slices, config.quotaMode);
        void ric.control({ kind: 'slice-quota', ratios });
      },
    };
  },
});
