import {
  createSchedulerRule,
  observeUes,
  perNode,
  SCHEDULER_RULE_NAMES,
  seedOfNode,
  UE_MEASUREMENTS,
  type UeObservation,
} from '@ricochet/control';
import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { defineXApp, type RanControl } from '@ricochet/xapp-sdk';
import { z } from 'zod';

/** Low level: every 10 ms, how each slice's PRBs are shared between its UEs. */
export const sliceScheduler = defineXApp({
  name: 'slice-scheduler',
  version: '0.1.0',
  config: z.strictObject({
    scheduler: z.enum(SCHEDULER_RULE_NAMES).default('pf'),
    seed: z.int().nonnegative().default(1),
  }),
  subscriptions: [
    {
      name: 'ues',
      level: 'ue',
      periodMs: 10,
      // The weights in force are reported too, so that the RIC can see each control's effect 10 ms later.
      measurements: [...UE_MEASUREMENTS, 'RCT.SchedulingWeightDl'],
    },
  ],
  create({ config }) {
    const ruleOf = perNode((nodeId) =>
      createSchedulerRule(config.scheduler, { seed: seedOfNode(config.seed, nodeId) }),
    );
    return {
      onReport(report, ric) {
        const ues = observeUes(report);
        if (ues.length === 0) return;
        const weights = ruleOf(report.nodeId).weights(ues);
        void ric.control(weightsControl(ues, weights));
      },
    };
  },
});

/** The weights as a control, by slice. */
function weightsControl(ues: readonly UeObservation[], weights: readonly number[]): RanControl {
  const slices = new Map<string, { snssai: SNssai; weights: { ueId: number; weight: number }[] }>();
  ues.forEach(({ ueId, snssai }, i) => {
    const key = formatSNssai(snssai);
    let slice = slices.get(key);
    if (slice === undefined) slices.set(key, (slice = { snssai, weights: [] }));
    slice.weights.push({ ueId, weight: weights[i] ?? 0 });
  });
  return { kind: 'ue-weights', slices: [...slices.values()] };
}
