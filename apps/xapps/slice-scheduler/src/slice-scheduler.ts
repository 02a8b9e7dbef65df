import { LEARNED, SHIELDED_SLICE_MEASUREMENTS, UE_MEASUREMENTS } from '@ricochet/control';
import { defineXApp, MODEL_POLICY_TYPES, subscription } from '@ricochet/xapp-sdk';
import { learnedScheduler } from './learned-scheduler.js';
import { ruleScheduler } from './rule-scheduler.js';
import { schedulerConfigSchema } from './scheduler.config.js';

const UES = subscription({
  name: 'ues',
  level: 'ue',
  periodMs: 10,
  // The weights in force are reported too, so that the RIC can see each control's effect 10 ms later.
  measurements: [...UE_MEASUREMENTS, 'RCT.SchedulingWeightDl'],
});

/** The actor wants to know the quotas in force. Asks for what slice-quota asks for, so that one report serves both. */
const QUOTAS = subscription({
  name: 'quotas',
  level: 'slice',
  periodMs: 100,
  measurements: SHIELDED_SLICE_MEASUREMENTS,
});

/** Low level: every 10 ms, how each slice's PRBs are shared between its UEs. */
export const sliceScheduler = defineXApp({
  name: 'slice-scheduler',
  version: '0.1.0',
  description: "Shares each slice's PRBs between its UEs",
  permissions: ['learning'],
  config: schedulerConfigSchema,
  subscriptions: ({ scheduler, nodes }) =>
    (scheduler === LEARNED ? [UES, QUOTAS] : [UES]).map((one) => ({ ...one, nodes })),
  policyTypes: ({ scheduler }) => (scheduler === LEARNED ? [MODEL_POLICY_TYPES.low.policyTypeId] : []),
  create: (context) => {
    const { scheduler } = context.config;
    return scheduler === LEARNED ? learnedScheduler(context) : ruleScheduler(scheduler, context.config);
  },
});
