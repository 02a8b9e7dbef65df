import {
  createSplitRule,
  observeSlices,
  perNode,
  quotaOf,
  seedOfNode,
  type SplitRuleName,
} from '@ricochet/control';
import { type XAppHandlers } from '@ricochet/xapp-sdk';
import { type QuotaConfig } from './quota.config.js';

/** Quotas by a classical rule. */
export function ruleQuota(split: SplitRuleName, { quotaMode, seed }: QuotaConfig): XAppHandlers {
  const ruleOf = perNode((nodeId) => createSplitRule(split, { seed: seedOfNode(seed, nodeId) }));
  return {
    onReport(report, ric) {
      const slices = observeSlices(report);
      const shares = ruleOf(report.nodeId).decide(slices);
      void ric.control({ kind: 'slice-quota', ratios: quotaOf(shares, slices, quotaMode) });
    },
  };
}
