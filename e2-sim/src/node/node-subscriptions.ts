import { type RicIndication, type RicSubscriptionRequest } from '@ricochet/e2ap';
import { KpmSubscriptions, type SubscriptionAnswer } from '@ricochet/e2-node';
import { E2smError } from '@ricochet/e2sm';
import { BASE_PERIOD_MS, type DueWindow, type ReportPeriod, type ReportWindows } from '../report-windows.js';
import { type Du } from './du.js';
import { type KpmManner, type ReportEncoder } from './kpm-manner.js';

const SN_MODULUS = 65_536;

/** The KPM subscriptions of one node, and the reports that they call for. */
export class NodeSubscriptions {
  private readonly subscriptions: KpmSubscriptions<ReportEncoder>;

  constructor(
    private readonly du: Du,
    private readonly windows: ReportWindows,
    private readonly kpm: KpmManner,
  ) {
    this.subscriptions = new KpmSubscriptions({
      dialect: kpm.dialect,
      compile: (action) => kpm.compile(du, action),
      checkPeriod(periodMs) {
        if (periodMs % BASE_PERIOD_MS === 0) return;
        throw new E2smError(`a reporting period of ${periodMs} ms is no multiple of ${BASE_PERIOD_MS} ms`);
      },
    });
  }

  get count(): number {
    return this.subscriptions.count;
  }

  /** RIC Subscription (E2AP clause 8.2.1). */
  add(request: RicSubscriptionRequest): SubscriptionAnswer {
    const answer = this.subscriptions.add(request);
    if ('admitted' in answer)
      for (const { periodMs } of this.subscriptions.all()) this.windows.ensure(this.period(periodMs));
    return answer;
  }

  /** RIC Subscription Delete; false when there is no such subscription. */
  delete(ricRequestId: RicSubscriptionRequest['ricRequestId']): boolean {
    return this.subscriptions.delete(ricRequestId);
  }

  clear(): void {
    this.subscriptions.clear();
  }

  /** Octets of the action definition that an indication answers; `undefined` when its subscription has gone. */
  asked(indication: RicIndication): Uint8Array | undefined {
    return this.subscriptions.asked(indication);
  }

  /** Whether it is asked for reports of these periods. */
  areDueAt({ periodMs, phaseMs }: ReportPeriod): boolean {
    if (this.period(periodMs).phaseMs !== phaseMs) return false;
    for (const subscription of this.subscriptions.all()) if (subscription.periodMs === periodMs) return true;
    return false;
  }

  /** The indications of the period that the window has just closed. */
  *reports({ window, periodMs }: DueWindow): Generator<RicIndication> {
    const { endMs } = window;
    const { isNumbered } = this.kpm;
    for (const { request, actions, ...subscription } of this.subscriptions.all()) {
      if (subscription.periodMs !== periodMs) continue;
      for (const { ricActionId, report } of actions) {
        const ricIndicationMessage = report(window);
        if (ricIndicationMessage === undefined) continue;
        yield {
          ricRequestId: request.ricRequestId,
          ranFunctionId: request.ranFunctionId,
          ricActionId,
          ...(isNumbered && { ricIndicationSn: Math.floor(endMs / periodMs) % SN_MODULUS }),
          ricIndicationType: 'report',
          ricIndicationHeader: this.kpm.header(endMs - periodMs),
          ricIndicationMessage,
        };
      }
    }
  }

  private period(periodMs: number): ReportPeriod {
    return { periodMs, phaseMs: this.du.reportOffsetMs % periodMs };
  }
}
