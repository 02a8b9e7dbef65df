import { type Cause, type RicIndication, type RicSubscriptionRequest } from '@ricochet/e2ap';
import { E2smError, kpm } from '@ricochet/e2sm';
import { type KpiWindow } from '@ricochet/radio';
import { BASE_PERIOD_MS, type ReportWindows } from '../report-windows.js';
import { type Du } from './du.js';
import { type KpmManner, type ReportEncoder } from './kpm-manner.js';

const SN_MODULUS = 65_536;

interface NodeSubscription {
  readonly request: RicSubscriptionRequest;
  readonly periodMs: number;
  readonly actions: readonly { readonly ricActionId: number; readonly encode: ReportEncoder }[];
}

/** What became of a subscription request. */
export type SubscriptionAnswer =
  | { readonly admitted: number[]; readonly notAdmitted: { ricActionId: number; cause: Cause }[] }
  | { readonly cause: Cause; readonly reason: string };

/** The KPM subscriptions of one node, and the reports that they call for. */
export class NodeSubscriptions {
  private readonly byRequest = new Map<string, NodeSubscription>();

  constructor(
    private readonly du: Du,
    private readonly windows: ReportWindows,
    private readonly kpm: KpmManner,
  ) {}

  get count(): number {
    return this.byRequest.size;
  }

  /** RIC Subscription (E2AP clause 8.2.1): admits the actions that it can, fails when there is none. */
  add(request: RicSubscriptionRequest): SubscriptionAnswer {
    if (request.ranFunctionId !== kpm.ranFunctionId) {
      return {
        cause: { ricRequest: 'ran-function-id-invalid' },
        reason: `RAN function ${request.ranFunctionId} takes no subscription here`,
      };
    }
    try {
      const { reportingPeriodMs } = kpm.eventTrigger.decode(request.ricEventTriggerDefinition);
      if (reportingPeriodMs % BASE_PERIOD_MS !== 0) {
        throw new E2smError(
          `a reporting period of ${reportingPeriodMs} ms is no multiple of ${BASE_PERIOD_MS} ms`,
        );
      }
      return this.addActions(request, reportingPeriodMs);
    } catch (error) {
      if (!(error instanceof E2smError)) throw error;
      return { cause: { ricRequest: 'unspecified' }, reason: error.message };
    }
  }

  /** RIC Subscription Delete; false when there is no such subscription. */
  delete(ricRequestId: RicSubscriptionRequest['ricRequestId']): boolean {
    return this.byRequest.delete(keyOf(ricRequestId));
  }

  clear(): void {
    this.byRequest.clear();
  }

  /** Octets of the action definition that an indication answers; `undefined` when its subscription has gone. */
  asked({ ricRequestId, ricActionId }: RicIndication): Uint8Array | undefined {
    return this.byRequest
      .get(keyOf(ricRequestId))
      ?.request.ricActionsToBeSetup.find((action) => action.ricActionId === ricActionId)?.ricActionDefinition;
  }

  /** The indications of the period that the window has just closed. */
  *reports(window: KpiWindow): Generator<RicIndication> {
    const { endMs, periodMs } = window;
    const { isNumbered } = this.kpm;
    for (const { request, actions, ...subscription } of this.byRequest.values()) {
      if (subscription.periodMs !== periodMs) continue;
      for (const { ricActionId, encode } of actions) {
        const ricIndicationMessage = encode(window);
        if (ricIndicationMessage === undefined) continue;
        yield {
          ricRequestId: request.ricRequestId,
          ranFunctionId: request.ranFunctionId,
          ricActionId,
          ...(isNumbered && { ricIndicationSn: (endMs / periodMs) % SN_MODULUS }),
          ricIndicationType: 'report',
          ricIndicationHeader: this.kpm.header(endMs - periodMs),
          ricIndicationMessage,
        };
      }
    }
  }

  private addActions(request: RicSubscriptionRequest, periodMs: number): SubscriptionAnswer {
    const actions: { ricActionId: number; encode: ReportEncoder }[] = [];
    const notAdmitted: { ricActionId: number; cause: Cause }[] = [];
    let reason = '';
    for (const { ricActionId, ricActionType, ricActionDefinition } of request.ricActionsToBeSetup) {
      try {
        if (ricActionType !== 'report')
          throw new E2smError(`actions of type ${ricActionType} are not offered`);
        if (ricActionDefinition === undefined) throw new E2smError('the action has no definition');
        const definition = kpm.actionDefinition.decode(ricActionDefinition, { dialect: this.kpm.dialect });
        actions.push({ ricActionId, encode: this.kpm.compile(this.du, definition) });
      } catch (error) {
        if (!(error instanceof E2smError)) throw error;
        reason = error.message;
        notAdmitted.push({ ricActionId, cause: { ricRequest: 'action-not-supported' } });
      }
    }
    if (actions.length === 0) return { cause: { ricRequest: 'action-not-supported' }, reason };
    this.windows.ensure(periodMs);
    this.byRequest.set(keyOf(request.ricRequestId), { request, periodMs, actions });
    return { admitted: actions.map(({ ricActionId }) => ricActionId), notAdmitted };
  }
}

function keyOf({ requestorId, instanceId }: RicSubscriptionRequest['ricRequestId']): string {
  return `${requestorId}/${instanceId}`;
}
