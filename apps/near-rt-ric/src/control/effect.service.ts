import { Bus } from '@ricochet/bus';
import {
  controlEffect,
  simulationFinished,
  type ControlOutcome,
  type DecisionStatus,
  type RanControl,
  type SubscriptionSpec,
} from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { type MeasuredEffect } from './measured-effect.js';
import { measureQuotaEffect, QUOTA_EFFECT_MEASUREMENTS } from './quota-effect.js';
import { measureWeightsEffect, WEIGHTS_EFFECT_MEASUREMENTS } from './weights-effect.js';

/** The RIC's own name among the subscribers. */
export const RIC_SUBSCRIBER = 'ric';
const OWN_PERIOD_MS = 100;

const SLICE_REPORTS: SubscriptionSpec = {
  name: 'slices',
  level: 'slice',
  periodMs: OWN_PERIOD_MS,
  measurements: [...QUOTA_EFFECT_MEASUREMENTS],
};

/** Wanted as soon as somebody sets weights at a node of which nobody has the weights reported. */
const UE_REPORTS: SubscriptionSpec = {
  name: 'ues',
  level: 'ue',
  periodMs: OWN_PERIOD_MS,
  measurements: [...WEIGHTS_EFFECT_MEASUREMENTS],
};

/** A control that has been answered. */
export interface AnsweredControl {
  readonly controlId: string;
  readonly xapp: string;
  readonly nodeId: string;
  readonly control: RanControl;
  readonly outcome: ControlOutcome;
  readonly cause?: string | undefined;
  /** End of the node's latest report when it answered, simulation time. */
  readonly answeredAtSimMs: number;
}

/**
 * An acknowledgement is not an effect: holds every acknowledged control against the node's next report and
 * says what the node really does. Of two controls of a kind before that report, the later one counts.
 */
@Injectable()
export class EffectService implements OnModuleInit {
  readonly counts = { effective: 0, ineffective: 0, notMeasured: 0 };
  private readonly awaited = new Map<string, AnsweredControl>();
  private readonly latest = new Map<string, DecisionStatus>();

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly registry: NodeRegistry,
    private readonly indications: IndicationService,
    private readonly subscriptions: SubscriptionManager,
  ) {}

  onModuleInit(): void {
    this.subscriptions.want(RIC_SUBSCRIBER, [SLICE_REPORTS]);
    this.indications.onReport((report) => this.compare(report));
    // What no report of the run will show is left open.
    this.bus.subscribe(simulationFinished, () => this.awaited.clear());
    this.registry.events.on('lost', ({ nodeId }) => {
      for (const awaited of [...this.awaited.values()]) {
        if (awaited.nodeId === nodeId) this.giveUp(awaited, 'the node was lost before its next report');
      }
    });
  }

  /** The latest decision of a kind at each node whose effect is measured, or that did not get that far. */
  get decisions(): readonly DecisionStatus[] {
    return [...this.latest.values()];
  }

  /** A control has been answered; if it was acknowledged, its effect is waited for. */
  expect(answered: AnsweredControl): void {
    const { xapp, nodeId, control, outcome, cause } = answered;
    const key = keyOf(nodeId, control.kind);
    if (outcome !== 'acknowledged' || !this.latest.has(key)) {
      this.latest.set(key, { xapp, nodeId, kind: control.kind, outcome, cause, shares: [] });
    }
    if (outcome !== 'acknowledged') return;
    const former = this.awaited.get(key);
    if (former !== undefined) {
      this.giveUp(former, `superseded by ${answered.controlId} of ${xapp} before the next report`);
    }
    this.awaited.set(key, answered);
    if (control.kind === 'slice-quota') this.giveUpUnlessReported(answered);
    if (control.kind === 'ue-weights' && !this.reportsWeights(nodeId)) {
      this.subscriptions.want(RIC_SUBSCRIBER, [SLICE_REPORTS, UE_REPORTS]);
    }
  }

  /** Some nodes report nothing by slice: what a quota did there, no report will show. */
  private giveUpUnlessReported(answered: AnsweredControl): void {
    const own = `${RIC_SUBSCRIBER}/${SLICE_REPORTS.name}`;
    const refused = this.subscriptions
      .all()
      .find((s) => s.nodeId === answered.nodeId && s.state === 'failed' && s.subscribers.has(own));
    if (refused !== undefined) this.giveUp(answered, `not reported: ${refused.cause}`);
  }

  private reportsWeights(nodeId: string): boolean {
    return this.subscriptions
      .all()
      .some((s) => s.nodeId === nodeId && s.spec.measurements.includes(WEIGHTS_EFFECT_MEASUREMENTS[0]));
  }

  private compare(report: MeasurementReport): void {
    if (report.level === 'cell') return;
    const kind = report.level === 'slice' ? 'slice-quota' : 'ue-weights';
    const awaited = this.awaited.get(keyOf(report.nodeId, kind));
    if (awaited === undefined || report.timeMs <= awaited.answeredAtSimMs) return;
    const carrierPrbs = this.registry.find(report.nodeId)?.cell?.prbs;
    const { control } = awaited;
    const measured =
      control.kind === 'slice-quota'
        ? measureQuotaEffect(control, report, carrierPrbs)
        : measureWeightsEffect(control, report);
    if (measured !== undefined) this.conclude(awaited, measured, report.timeMs);
  }

  private conclude(awaited: AnsweredControl, measured: MeasuredEffect, measuredAtMs: number): void {
    const { xapp, nodeId, control, outcome } = awaited;
    this.counts[measured.effective ? 'effective' : 'ineffective'] += 1;
    this.latest.set(keyOf(nodeId, control.kind), { xapp, nodeId, kind: control.kind, outcome, ...measured });
    this.tell(awaited, measured, measuredAtMs);
  }

  /** No report will ever show what the control did. */
  private giveUp(awaited: AnsweredControl, reason: string): void {
    this.counts.notMeasured += 1;
    this.tell(awaited, { effective: false, reason, shares: [] }, awaited.answeredAtSimMs);
  }

  private tell(awaited: AnsweredControl, measured: MeasuredEffect, measuredAtMs: number): void {
    const { controlId, xapp, nodeId, control } = awaited;
    const { effective, reason, shares } = measured;
    this.awaited.delete(keyOf(nodeId, control.kind));
    this.store.appendEffect({
      controlId,
      effective,
      achieved: shares,
      reason,
      measuredAtSimMs: measuredAtMs,
    });
    this.bus.publish(controlEffect(xapp), {
      controlId,
      nodeId,
      kind: control.kind,
      measuredAtMs,
      ...measured,
    });
  }
}

function keyOf(nodeId: string, kind: RanControl['kind']): string {
  return `${nodeId} ${kind}`;
}
