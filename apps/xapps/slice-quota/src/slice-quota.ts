import { LEARNED, SHIELDED_SLICE_MEASUREMENTS, SLICE_MEASUREMENTS } from '@ricochet/control';
import { defineXApp, MODEL_POLICY_TYPES, subscription } from '@ricochet/xapp-sdk';
import { learnedQuota } from './learned-quota.js';
import { quotaConfigSchema } from './quota.config.js';
import { ruleQuota } from './rule-quota.js';

/** High level: every 100 ms, how the carrier of each DU is split between its slices. */
export const sliceQuota = defineXApp({
  name: 'slice-quota',
  version: '0.1.0',
  description: 'Splits the carrier of each DU between its slices',
  permissions: ['learning'],
  config: quotaConfigSchema,
  subscriptions: ({ split, nodes }) => [
    subscription({
      name: 'slices',
      level: 'slice',
      periodMs: 100,
      measurements: split === LEARNED ? SHIELDED_SLICE_MEASUREMENTS : SLICE_MEASUREMENTS,
      nodes,
    }),
  ],
  policyTypes: ({ split }) => (split === LEARNED ? [MODEL_POLICY_TYPES.high.policyTypeId] : []),
  create: (context) => {
    const { split } = context.config;
    return split === LEARNED ? learnedQuota(context) : ruleQuota(split, context.config);
  },
});
