import {
  type AdapterProfileName,
  BoundedLines,
  type ControlDecision,
  type E2apAssociation,
  type E2apCodec,
  type PeerProfile,
  type RicControlRequest,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { type GnbNodeId, formatE2NodeId } from '@ricochet/ran-types';
import { ControlRejected, failureOutcome } from '../control-rejected.js';
import { E2Link, type NodeLog } from '../e2-link.js';
import { CellKpis } from '../kpis/cell-kpis.js';
import { type CellPeriod } from '../kpis/cell-period.js';
import { type KpmSubscription, KpmSubscriptions } from '../kpm-subscriptions.js';
import { nodeHandlers } from '../node-handlers.js';
import { type CellSample, type Ran, type RanCell } from '../ran.js';
import { f1Setup } from '../ran-functions.js';
import { offeredMeasurements, ranFunctionsOf } from './offer.js';
import { compileRanReport, type RanReportPacker } from './ran-report.js';
import { ReportClock } from './report-clock.js';
import { type KeptQuotas, SliceQuotas } from './slice-quotas.js';

const SN_MODULUS = 65_536;

export interface RanNodeOptions {
  readonly globalId: GnbNodeId;
  readonly cell: RanCell;
  /** Of the cell among the RAN's. */
  readonly place: number;
  readonly ran: Pick<Ran, 'setSliceQuota'>;
  readonly profile: PeerProfile<AdapterProfileName>;
  /** Opens an association with the RIC. */
  readonly connect: (nodeId: string) => Promise<Transport>;
  readonly timers: Timers;
  readonly codec: E2apCodec;
  readonly log: NodeLog;
  readonly kept: KeptQuotas;
}

/** One action's reports: since when, and how many there were. */
interface RanReport {
  readonly pack: RanReportPacker;
  clock?: ReportClock;
  sent: number;
}

interface DueReport {
  readonly subscription: KpmSubscription<RanReport>;
  readonly action: KpmSubscription<RanReport>['actions'][number];
  readonly period: CellPeriod;
}

/** A cell of a gNB behind an adapter, as an E2 node: there while the gNB is. */
export class RanNode {
  readonly nodeId: string;
  private profile: PeerProfile<AdapterProfileName>;
  private readonly link: E2Link;
  private readonly lines: BoundedLines;
  private readonly kpis: CellKpis;
  private readonly quotas: SliceQuotas;
  private readonly subscriptions: KpmSubscriptions<RanReport>;
  /** Subscriptions of which it is told that the gNB does not keep their pace. */
  private readonly paceTold = new WeakSet<KpmSubscription<RanReport>>();
  private unsentReports = 0;

  constructor(private readonly options: RanNodeOptions) {
    const { cell, place, ran, log, timers, kept } = options;
    this.profile = options.profile;
    this.nodeId = formatE2NodeId(options.globalId);
    this.lines = new BoundedLines(timers, (line) => log.warn(`${this.nodeId}: ${line}`));
    this.quotas = new SliceQuotas({
      cell,
      place,
      ran,
      timers,
      kept,
      profile: () => this.profile,
    });
    this.kpis = new CellKpis(cell, (snssai) => this.quotas.inForce(snssai));
    this.subscriptions = new KpmSubscriptions({
      compile: (action) => ({ pack: compileRanReport(this.reportable(), action), sent: 0 }),
      // Any: the gNB has its own pace, which every report tells.
      checkPeriod: () => undefined,
    });
    this.link = new E2Link({
      nodeId: this.nodeId,
      connect: () => options.connect(this.nodeId),
      timers,
      codec: options.codec,
      setupRequest: () => this.setupRequest(),
      handlers: () => this.handlers(),
      onClosed: () => this.subscriptions.clear(),
      log,
    });
    this.link.suspend('its gNB is not there');
  }

  get isConnected(): boolean {
    return this.link.isSetUp;
  }

  /** Reports that could not be written: the gNB told what no measurement can be. */
  get unsent(): number {
    return this.unsentReports;
  }

  /** Keeps connected while the gNB is there, until `stop`. */
  run(): Promise<void> {
    return this.link.run();
  }

  /** The gNB is there: the node sets up, as what it was found to be. */
  up(profile: PeerProfile<AdapterProfileName>): void {
    this.profile = profile;
    this.kpis.reset();
    this.quotas.forget();
    this.link.resume();
  }

  down(reason: string): void {
    this.link.suspend(`its gNB is not there: ${reason}`);
  }

  stop(): void {
    this.link.stop('the adapter stops');
    this.lines.flush();
  }

  /** Sends the reports that are due with it; `undefined`: the gNB told nothing of this cell. */
  sample(sample: CellSample, time: { readonly endMs: number; readonly periodMs: number }): void {
    const period = this.kpis.take(sample, time);
    const { association } = this.link;
    if (!this.link.isSetUp || association === undefined) return;
    for (const subscription of this.subscriptions.all()) {
      this.tellPace(subscription, period);
      for (const action of subscription.actions) {
        try {
          this.report(association, { subscription, action, period });
        } catch (error) {
          // What a gNB tells must end neither the other reports nor the adapter.
          this.unsentReports += 1;
          this.lines.tell(`a report could not be written: ${messageOf(error)}`);
        }
      }
    }
  }

  private report(association: E2apAssociation, { subscription, action, period }: DueReport): void {
    const { request, periodMs } = subscription;
    const { ricActionId, report } = action;
    report.clock ??= new ReportClock(periodMs);
    const due = report.clock.take(period);
    if (due === undefined) return;
    const startMs = Math.max(0, Math.round(due.endMs) - Math.round(due.periodMs));
    const ricIndicationHeader = kpm.indicationHeader.encode({ collectionStartTimeMs: startMs });
    const ricIndicationMessage = kpm.indicationMessage.encode(report.pack(due));
    association.send('RICindication', {
      ricRequestId: request.ricRequestId,
      ranFunctionId: request.ranFunctionId,
      ricActionId,
      ricIndicationSn: report.sent++ % SN_MODULUS,
      ricIndicationType: 'report',
      ricIndicationHeader,
      ricIndicationMessage,
    });
  }

  /** Once a subscription: who asks for more than the gNB measures gets what there is. */
  private tellPace(subscription: KpmSubscription<RanReport>, { periodMs }: CellPeriod): void {
    const askedMs = subscription.periodMs;
    if (askedMs >= periodMs * 0.9 || this.paceTold.has(subscription)) return;
    this.paceTold.add(subscription);
    this.options.log.info(
      `${this.nodeId}: reports every ${Math.round(periodMs)} ms, as its gNB measures; ${askedMs} ms were asked for`,
    );
  }

  private reportable() {
    return { offered: offeredMeasurements(this.profile), slices: this.options.cell.slices };
  }

  private setupRequest() {
    const { globalId, cell } = this.options;
    const { nrCgi, prbs, slices } = cell;
    return {
      globalE2NodeId: globalId,
      ranFunctionsAdded: ranFunctionsOf(this.profile),
      componentConfigurationAddition: [f1Setup(globalId.gnbDuId ?? 0, { nrCgi, prbs, sliceSupport: slices })],
    };
  }

  private handlers() {
    return nodeHandlers({
      offered: () => ranFunctionsOf(this.profile),
      subscribe: (request) => this.subscriptions.add(request),
      unsubscribe: (ricRequestId) => this.subscriptions.delete(ricRequestId),
      forgetSubscriptions: () => this.subscriptions.clear(),
      control: (request) => this.control(request),
      warn: (line) => this.lines.tell(line),
      stayAway: (forMs) => this.link.stayAway(forMs),
    });
  }

  private async control(request: RicControlRequest): Promise<ControlDecision> {
    try {
      await this.quotas.set(request);
      return {};
    } catch (error) {
      const rejected =
        error instanceof ControlRejected
          ? error
          : new ControlRejected({ misc: 'unspecified' }, String(error));
      this.lines.tell(`control refused: ${rejected.message}`);
      return {
        cause: rejected.e2apCause,
        outcome: failureOutcome(request.ranFunctionId, rejected.message),
      };
    }
  }
}
