import { type RicIndication } from '@ricochet/e2ap';
import { E2smError, kpm, type KpmIndicationHeader, unixMsOfTimeStamp } from '@ricochet/e2sm';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Injectable } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { type Subscriber, SubscriptionManager } from './subscription-manager.service.js';

/** A report on its way to a subscriber. */
export interface Delivery {
  readonly subscriber: Subscriber;
  readonly sequenceNumber: number;
  readonly missed: number;
  readonly callProcessId?: string | undefined;
  readonly report: MeasurementReport;
}

/** The hot path from an indication to the xApps that subscribed. ASN.1 stops here. */
@Injectable()
export class IndicationService {
  private handled = 0;
  private lost = 0;
  private readonly reportListeners: ((report: MeasurementReport) => void)[] = [];
  private deliver: ((delivery: Delivery) => void) | undefined;

  constructor(
    private readonly subscriptions: SubscriptionManager,
    private readonly log: OperatorLog,
  ) {}

  get counts(): { indications: number; missed: number } {
    return { indications: this.handled, missed: this.lost };
  }

  /** Hears every report once, whoever subscribed to it. */
  onReport(listener: (report: MeasurementReport) => void): void {
    this.reportListeners.push(listener);
  }

  /** Carries reports to subscribers. */
  deliverWith(deliver: (delivery: Delivery) => void): void {
    this.deliver = deliver;
  }

  /** @throws E2smError or SubscriptionRefused for what can not be read. */
  handle(node: E2Node, indication: RicIndication): void {
    const subscription = this.subscriptions.find(indication.ricRequestId);
    if (subscription?.plan === undefined || subscription.nodeId !== node.nodeId) return;
    const header = kpm.indicationHeader.decode(indication.ricIndicationHeader);
    const message = kpm.indicationMessage.decode(indication.ricIndicationMessage);
    const report = subscription.plan.read(message, startMsOf(header));
    const sequenceNumber = indication.ricIndicationSn ?? 0;
    const missed =
      indication.ricIndicationSn === undefined
        ? 0
        : subscription.sequence.missedBefore(sequenceNumber, report.timeMs);
    this.handled += 1;
    if (missed > 0) {
      this.lost += missed;
      this.log.warn(
        `${node.nodeId}: ${missed} ${report.level} reports of ${report.periodMs} ms are missing before ${report.timeMs} ms`,
      );
    }
    node.reportedUntilMs = report.timeMs;
    const { ricCallProcessId } = indication;
    const callProcessId = ricCallProcessId && Buffer.from(ricCallProcessId).toString('hex');
    for (const subscriber of subscription.subscribers.values()) {
      this.deliver?.({ subscriber, sequenceNumber, missed, callProcessId, report });
    }
    for (const listener of this.reportListeners) listener(report);
  }
}

/** Simulation time of our own nodes, ms since 1970 of real ones. */
function startMsOf(header: KpmIndicationHeader): number {
  if ('collectionStartTimeMs' in header) return header.collectionStartTimeMs;
  const timeMs = unixMsOfTimeStamp(header.timeStamp);
  if (timeMs === undefined)
    throw new E2smError(`KPM IndicationHeader: TimeStamp ${header.timeStamp} is no time`);
  return timeMs;
}
