import type { RadioNetwork } from '@ricochet/radio';
import { formatSNssai, type MeasurementReport } from '@ricochet/ran-types';
import type { RuleController } from '../controller.js';
import { observeSlices } from '../observation/slice-observation.js';
import { observeUes } from '../observation/ue-observation.js';
import { type QuotaMode, quotaOf } from '../quota.js';
import type { RuleOptions } from '../rule-options.js';
import { createSchedulerRule } from '../scheduler/scheduler-rules.js';
import type { SchedulerRule } from '../scheduler/scheduler-rule.js';
import { createSplitRule } from '../split/split-rules.js';
import type { SplitRule } from '../split/split-rule.js';

/** Both levels of control of one cell, put straight into the radio network. */
export class CellController {
  private readonly split: SplitRule;
  private readonly scheduler: SchedulerRule;
  private readonly ueIndices = new Map<number, number>();

  constructor(
    private readonly place: { readonly network: RadioNetwork; readonly cell: number },
    controller: RuleController,
    private readonly options: RuleOptions & { readonly quotaMode: QuotaMode },
  ) {
    this.split = createSplitRule(controller.split, options);
    this.scheduler = createSchedulerRule(controller.scheduler, options);
    const { network, cell } = place;
    network.slices.forEach((_, slice) => network.setSlicePolicy(cell, slice, 'weights'));
    for (let ue = 0; ue < network.ueCapacity; ue++) this.ueIndices.set(network.ueInfo(ue).ueId, ue);
  }

  /** The high level: a slice-level report in, slice quotas out. */
  splitCarrier(report: MeasurementReport): void {
    const { network, cell } = this.place;
    const slices = observeSlices(report, { prbs: network.config.prbsPerCell, slotMs: 1 });
    const indices = network.slices.map(({ snssai }) => formatSNssai(snssai));
    for (const ratio of quotaOf(this.split.decide(slices), slices, this.options.quotaMode)) {
      network.setSliceQuota(cell, indices.indexOf(formatSNssai(ratio.snssai)), ratio);
    }
  }

  /** The low level: a UE-level report in, scheduling weights out. */
  weighUes(report: MeasurementReport): void {
    const { network } = this.place;
    const ues = observeUes(report);
    const weights = this.scheduler.weights(ues);
    ues.forEach(({ ueId }, place) => {
      const index = this.ueIndices.get(ueId);
      if (index !== undefined) network.setUeWeight(index, weights[place] ?? 1);
    });
  }
}
