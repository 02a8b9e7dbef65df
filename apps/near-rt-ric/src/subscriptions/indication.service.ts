import { type RicIndication } from '@ricochet/e2ap';
import { kpm, type KpmDialect } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Injectable } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { type E2Subscription, type Subscriber } from './e2-subscription.js';
import { startMsOf } from './report-time.js';
import { StrayReports } from './stray-reports.js';
import { SubscriptionManager } from './subscription-manager.service.js';

/** A report on its way to a subscriber. */
export interface Delivery {
  readonly subscriber: Subscriber;
  readonly sequenceNumber: number;
  readonly missed: number;
  readonly callProcessId?: string | undefined;
  readonly report: MeasurementReport;
}

/** Indications that had not come when a later one did. */
export interface IndicationGap {
  readonly nodeId: string;
  readonly level: MeasurementReport['level'];
  readonly periodMs: number;
  readonly missed: number;
  /** End of the report after them, simulation time. */
  readonly beforeMs: number;
}

/** The hot path from an indication to the xApps that subscribed. ASN.1 stops here. */
@Injectable()
export class IndicationService {
  private handled = 0;
  private lost = 0;
  /** Those that came and were dropped. */
  private readonly superfluous = { duplicate: 0, late: 0 };
  private readonly strays = new StrayReports();
  /** Nodes that write KPM in another form than their profile has it. */
  private readonly inOtherDialect = new WeakSet<E2Node>();
  private readonly reportListeners: ((report: MeasurementReport) => void)[] = [];
  private readonly gapListeners: ((gap: IndicationGap) => void)[] = [];
  private deliver: ((delivery: Delivery) => void) | undefined;

  constructor(private readonly subscriptions: SubscriptionManager) {}

  get counts(): { indications: number; missed: number; duplicates: number; late: number } {
    const { duplicate: duplicates, late } = this.superfluous;
    return { indications: this.handled, missed: this.lost, duplicates, late };
  }

  /** Reports for subscriptions that we do not have. */
  get strayCount(): number {
    return this.strays.count;
  }

  /** Hears every report once, whoever subscribed to it. */
  onReport(listener: (report: MeasurementReport) => void): void {
    this.reportListeners.push(listener);
  }

  /** Told when indications are missing. */
  onGap(listener: (gap: IndicationGap) => void): void {
    this.gapListeners.push(listener);
  }

  /** Carries reports to subscribers. */
  deliverWith(deliver: (delivery: Delivery) => void): void {
    this.deliver = deliver;
  }

  /** @throws E2smError or SubscriptionRefused for what can not be read. */
  handle(node: E2Node, indication: RicIndication): void {
    const { ricRequestId, ricIndicationSn, ricCallProcessId } = indication;
    const subscription = this.subscriptions.find(ricRequestId);
    if (subscription?.nodeId !== node.nodeId) {
      if (!this.subscriptions.isLeaving(node, ricRequestId)) this.strays.take(node, indication);
      return;
    }
    if (subscription.plan === undefined) return;
    const report = this.read(node, subscription.plan, indication);
    const sequenceNumber = ricIndicationSn ?? 0;
    const missed = ricIndicationSn === undefined ? 0 : subscription.sequence.take(ricIndicationSn, report);
    if (typeof missed === 'string') {
      this.superfluous[missed] += 1;
      const what = missed === 'late' ? 'late' : 'a duplicate';
      node.tell(
        `the ${report.level} report of ${report.periodMs} ms up to ${report.timeMs} ms is ${what}: dropped`,
      );
      return;
    }
    this.handled += 1;
    if (missed > 0) {
      this.lost += missed;
      const { nodeId, level, periodMs, timeMs: beforeMs } = report;
      for (const listener of this.gapListeners) listener({ nodeId, level, periodMs, missed, beforeMs });
      node.tell(`${missed} ${level} reports of ${periodMs} ms are missing before ${beforeMs} ms`);
    }
    node.reportedUntilMs = Math.max(node.reportedUntilMs, report.timeMs);
    const callProcessId = ricCallProcessId && hexOf(ricCallProcessId);
    for (const subscriber of subscription.subscribers.values()) {
      this.deliver?.({ subscriber, sequenceNumber, missed, callProcessId, report });
    }
    for (const listener of this.reportListeners) listener(report);
  }

  private read(
    node: E2Node,
    plan: NonNullable<E2Subscription['plan']>,
    { ricIndicationHeader, ricIndicationMessage }: RicIndication,
  ): MeasurementReport {
    const header = this.decode(node, kpm.indicationHeader, ricIndicationHeader);
    const message = this.decode(node, kpm.indicationMessage, ricIndicationMessage);
    if ('format3' in message) node.reportedUe = message.format3.ueMeasReportList[0]?.ueId ?? node.reportedUe;
    return plan.read(message, startMsOf(header, node));
  }

  /** In the dialect of the node's profile; in any other, which is told once, when that is what the node writes. */
  private decode<T>(node: E2Node, codec: DialectDecoder<T>, octets: Uint8Array): T {
    if (this.inOtherDialect.has(node)) return codec.decode(octets);
    const { name, kpm: expected } = node.profile;
    try {
      return codec.decode(octets, expected);
    } catch (error) {
      const value = codec.decode(octets);
      this.inOtherDialect.add(node);
      node.tell(`is taken for ${name}, but: ${messageOf(error)}; it is read all the same`);
      return value;
    }
  }
}

/** Without a copy. */
function hexOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('hex');
}

interface DialectDecoder<T> {
  decode(octets: Uint8Array, options?: { readonly dialect?: KpmDialect | undefined }): T;
}
