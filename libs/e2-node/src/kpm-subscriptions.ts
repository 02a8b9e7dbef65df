import { type Cause, type RicIndication, type RicSubscriptionRequest } from '@ricochet/e2ap';
import { E2smError, kpm, type KpmActionDefinition, type KpmDialect } from '@ricochet/e2sm';
import { type SubscriptionAnswer } from './node-handlers.js';

/** A subscription that a node has admitted. */
export interface KpmSubscription<Report> {
  readonly request: RicSubscriptionRequest;
  readonly periodMs: number;
  readonly actions: readonly { readonly ricActionId: number; readonly report: Report }[];
}

export interface KpmSubscriptionsOptions<Report> {
  /** The one form in which action definitions are read; any when absent. */
  readonly dialect?: KpmDialect | undefined;
  /** What makes an action's reports. @throws E2smError what can not be reported */
  readonly compile: (action: KpmActionDefinition) => Report;
  /** @throws E2smError a period that is not offered */
  readonly checkPeriod: (periodMs: number) => void;
}

/** The KPM subscriptions of one node. */
export class KpmSubscriptions<Report> {
  private readonly byRequest = new Map<string, KpmSubscription<Report>>();

  constructor(private readonly options: KpmSubscriptionsOptions<Report>) {}

  get count(): number {
    return this.byRequest.size;
  }

  all(): IterableIterator<KpmSubscription<Report>> {
    return this.byRequest.values();
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
      this.options.checkPeriod(reportingPeriodMs);
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

  private addActions(request: RicSubscriptionRequest, periodMs: number): SubscriptionAnswer {
    const actions: { ricActionId: number; report: Report }[] = [];
    const notAdmitted: { ricActionId: number; cause: Cause }[] = [];
    let reason = '';
    for (const { ricActionId, ricActionType, ricActionDefinition } of request.ricActionsToBeSetup) {
      try {
        if (ricActionType !== 'report')
          throw new E2smError(`actions of type ${ricActionType} are not offered`);
        if (ricActionDefinition === undefined) throw new E2smError('the action has no definition');
        const { dialect } = this.options;
        const definition = kpm.actionDefinition.decode(ricActionDefinition, { dialect });
        actions.push({ ricActionId, report: this.options.compile(definition) });
      } catch (error) {
        if (!(error instanceof E2smError)) throw error;
        reason = error.message;
        notAdmitted.push({ ricActionId, cause: { ricRequest: 'action-not-supported' } });
      }
    }
    if (actions.length === 0) return { cause: { ricRequest: 'action-not-supported' }, reason };
    this.byRequest.set(keyOf(request.ricRequestId), { request, periodMs, actions });
    return { admitted: actions.map(({ ricActionId }) => ricActionId), notAdmitted };
  }
}

function keyOf({ requestorId, instanceId }: RicSubscriptionRequest['ricRequestId']): string {
  return `${requestorId}/${instanceId}`;
}
