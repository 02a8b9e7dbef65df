import { Bus } from '@ricochet/bus';
import {
  controlEffect,
  RIC_NAME,
  simulationFinished,
  type ControlEffect,
  type ControlOutcome,
  type DecisionStatus,
  type EffectCause,
  type RanControl,
} from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { type MeasuredEffect } from './measured-effect.js';
import { OwnReports, SLICE_REPORTS } from './own-reports.service.js';
import { measureQuotaEffect, QUOTA_EFFECT_MEASUREMENTS, ratiosInForce } from './quota-effect.js';
import { quotaMannerOf } from './quota-manner.js';
import { measureWeightsEffect, WEIGHTS_EFFECT_MEASUREMENTS } from './weights-effect.js';
import { XAppStandings } from './xapp-standings.service.js';

/** A node that does not do it at once may take so long, simulation time; one that seldom reports, so many periods. */
const PATIENCE_MS = 500;
const PATIENCE_PERIODS = 2;

const RATIOS = QUOTA_EFFECT_MEASUREMENTS.slice(0, 2);

/** What a later report may show otherwise. */
const MAY_COME: readonly (EffectCause | undefined)[] = ['ignored', 'other-in-force', 'over-maximum'];

/** A control that has been answered. Times are ends of the node's latest report, simulation time. */
export interface AnsweredControl {
  readonly controlId: string;
  readonly xapp: string;
  readonly nodeId: string;
  readonly control: RanControl;
  readonly outcome: ControlOutcome;
  readonly cause?: string | undefined;
  readonly askedAtSimMs: number;
  readonly answeredAtSimMs: number;
}

interface Awaited {
  readonly answered: AnsweredControl;
  /** The last report of the level before it. */
  readonly before: MeasurementReport | undefined;
  /** What reports have shown so far: it is not in force. */
  seen: { readonly measured: MeasuredEffect; readonly atMs: number } | undefined;
}

/**
 * An acknowledgement is not an effect: holds every acknowledged control against the node's next reports and
 * says what the node really does. Of two controls of a kind before a report, the later one counts.
 */
@Injectable()
export class EffectService implements OnModuleInit {
  readonly counts = { effective: 0, ineffective: 0, notMeasured: 0 };
  /** By node and kind. A key stays: what a table holds that a Map has outgrown is kept for long. */
  private readonly awaited = new Map<string, Awaited | undefined>();
  private readonly latest = new Map<string, DecisionStatus>();
  private readonly lastReports = new Map<string, MeasurementReport>();
  private readonly listeners: ((effect: ControlEffect, xapp: string) => void)[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly registry: NodeRegistry,
    private readonly indications: IndicationService,
    private readonly subscriptions: SubscriptionManager,
    private readonly ownReports: OwnReports,
    private readonly standings: XAppStandings,
  ) {}

  onModuleInit(): void {
    this.indications.onReport((report) => this.compare(report));
    // What no report of the run will show is left open.
    this.bus.subscribe(simulationFinished, () => {
      for (const awaited of this.awaited.values()) if (awaited !== undefined) this.concludeIfSeen(awaited);
      this.awaited.clear();
    });
    this.registry.events.on('lost', ({ nodeId }) => {
      for (const awaited of [...this.awaited.values()]) {
        if (awaited?.answered.nodeId === nodeId) {
          this.giveUp(awaited.answered, {
            cause: 'node-lost',
            reason: 'the node was lost before its next report',
          });
        }
      }
    });
  }

  /** Told of every effect, whether its xApp wants to hear it or not. */
  onEffect(listener: (effect: ControlEffect, xapp: string) => void): void {
    this.listeners.push(listener);
  }

  /** The latest decision of a kind at each node whose effect is measured, or that did not get that far. */
  get decisions(): readonly DecisionStatus[] {
    return [...this.latest.values()];
  }

  /** A control has been answered; if it was acknowledged, its effect is waited for. */
  expect(answered: AnsweredControl): void {
    const { controlId, xapp, nodeId, control, outcome, cause } = answered;
    const key = keyOf(nodeId, control.kind);
    if (outcome !== 'acknowledged' || !this.latest.has(key)) {
      this.latest.set(key, { xapp, nodeId, kind: control.kind, outcome, cause, shares: [] });
    }
    if (outcome !== 'acknowledged') return;
    const former = this.awaited.get(key);
    if (former !== undefined && !this.concludeIfSeen(former)) {
      const reason = `superseded by ${controlId} of ${xapp} before the next report`;
      this.giveUp(former.answered, { cause: 'superseded', reason });
    }
    this.awaited.set(key, { answered, before: this.lastReports.get(key), seen: undefined });
    if (control.kind === 'slice-quota') this.giveUpUnlessReported(answered);
    if (control.kind === 'ue-weights' && !this.reportsWeights(nodeId)) this.ownReports.wantWeights();
  }

  /** Some nodes report nothing by slice: what a quota did there, no report will show. */
  private giveUpUnlessReported(answered: AnsweredControl): void {
    const own = `${RIC_NAME}/${SLICE_REPORTS.name}`;
    const refused = this.subscriptions
      .all()
      .find((s) => s.nodeId === answered.nodeId && s.state === 'failed' && s.subscribers.has(own));
    if (refused === undefined) return;
    this.giveUp(answered, { cause: 'not-reported', reason: `not reported: ${refused.cause}` });
  }

  private reportsWeights(nodeId: string): boolean {
    return this.subscriptions
      .all()
      .some((s) => s.nodeId === nodeId && s.spec.measurements.includes(WEIGHTS_EFFECT_MEASUREMENTS[0]));
  }

  private compare(report: MeasurementReport): void {
    if (report.level === 'cell') return;
    const key = keyOf(report.nodeId, report.level === 'slice' ? 'slice-quota' : 'ue-weights');
    const awaited = this.awaited.get(key);
    if (awaited === undefined || report.timeMs <= awaited.answered.answeredAtSimMs) {
      if (showsWhatIsInForce(report)) this.lastReports.set(key, report);
      return;
    }
    const measured = this.measure(awaited, report);
    if (measured === undefined) return;
    this.lastReports.set(key, report);
    const { xapp, nodeId, control, outcome, answeredAtSimMs } = awaited.answered;
    const { effective, reason, shares } = measured;
    this.latest.set(key, { xapp, nodeId, kind: control.kind, outcome, effective, reason, shares });
    awaited.seen = { measured, atMs: report.timeMs };
    const mayCome = !effective && MAY_COME.includes(measured.cause);
    const patienceMs = Math.max(PATIENCE_MS, PATIENCE_PERIODS * report.periodMs);
    if (!mayCome || report.timeMs - answeredAtSimMs >= patienceMs) this.concludeIfSeen(awaited);
  }

  private measure({ answered, before }: Awaited, report: MeasurementReport): MeasuredEffect | undefined {
    const { control, nodeId } = answered;
    if (control.kind === 'ue-weights') return measureWeightsEffect(control, report, before);
    const node = this.registry.find(nodeId);
    const carrierPrbs = node?.cell?.prbs;
    return measureQuotaEffect(control, report, {
      carrierPrbs,
      before: before && ratiosInForce(before),
      manner: node && quotaMannerOf(node.profile, carrierPrbs ?? 0),
    });
  }

  /** A report has shown what it does, or that it does nothing. */
  private concludeIfSeen({ answered, seen }: Awaited): boolean {
    if (seen === undefined) return false;
    const { measured, atMs: measuredAtMs } = seen;
    this.counts[measured.effective ? 'effective' : 'ineffective'] += 1;
    const delayMs = measured.effective ? measuredAtMs - answered.askedAtSimMs : undefined;
    this.tell(answered, measured, { measuredAtMs, delayMs });
    return true;
  }

  /** No report will ever show what the control did. */
  private giveUp(answered: AnsweredControl, why: { cause: EffectCause; reason: string }): void {
    this.counts.notMeasured += 1;
    const measuredAtMs = answered.answeredAtSimMs;
    this.tell(answered, { effective: false, ...why, shares: [] }, { measuredAtMs });
  }

  private tell(
    { controlId, xapp, nodeId, control: { kind } }: AnsweredControl,
    { effective, cause, reason, shares }: MeasuredEffect,
    { measuredAtMs, delayMs }: Pick<ControlEffect, 'measuredAtMs' | 'delayMs'>,
  ): void {
    this.awaited.set(keyOf(nodeId, kind), undefined);
    this.store.appendEffect({
      controlId,
      effective,
      achieved: shares,
      reason,
      measuredAtSimMs: measuredAtMs,
      delayMs,
      cause,
    });
    // Field by field: there is one of each control, and copying by `...` costs as much as comparing it.
    const effect: ControlEffect = {
      controlId,
      nodeId,
      kind,
      effective,
      cause,
      reason,
      shares,
      measuredAtMs,
    };
    if (delayMs !== undefined) effect.delayMs = delayMs;
    if (this.standings.of(xapp).hearsEffects) this.bus.publish(controlEffect(xapp), effect);
    for (const listener of this.listeners) listener(effect, xapp);
  }
}

function keyOf(nodeId: string, kind: RanControl['kind']): string {
  return `${nodeId} ${kind}`;
}

function showsWhatIsInForce({ level, measurements }: MeasurementReport): boolean {
  const needed = level === 'slice' ? RATIOS : WEIGHTS_EFFECT_MEASUREMENTS;
  return needed.every((name) => measurements.includes(name));
}
