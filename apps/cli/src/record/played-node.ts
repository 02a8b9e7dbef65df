import { randomUUID } from 'node:crypto';
import { type Bus } from '@ricochet/bus';
import { connectE2OverNats, nodeTimers } from '@ricochet/e2-transport';
import {
  answerControl,
  answerReset,
  answerSubscription,
  answerSubscriptionDelete,
  aperCodec,
  E2apAssociation,
  requestE2Setup,
  type E2SetupRequest,
  type RicIndication,
  type RicRequestId,
  type RicSubscriptionRequest,
} from '@ricochet/e2ap';

const CONNECT_TIMEOUT_MS = 5_000;

/** A recorded E2 node that is there again: it reports what was recorded, and acknowledges every control. */
export class PlayedNode {
  readonly counts = { sent: 0, notAsked: 0, controls: 0, refused: 0 };
  private association: E2apAssociation | undefined;
  private isOver = false;
  /** By contents: request ids of the recording and of the RIC that is there now. */
  private readonly recorded = new Map<string, string>();
  private readonly live = new Map<string, RicRequestId>();

  constructor(
    readonly nodeId: string,
    private readonly onTrouble: (line: string) => void,
  ) {}

  /** Takes note of a subscription that the recording has. */
  learn({ ricRequestId, ...subscription }: RicSubscriptionRequest): void {
    this.recorded.set(idOf(ricRequestId), contentOf(subscription));
  }

  /** Connects over NATS and sets up as it did. @throws when the RIC does not take it */
  async connect(bus: Bus, { transactionId: _, ...setup }: E2SetupRequest): Promise<void> {
    // The name's end tells it from others, and is what a long one keeps.
    const association = `${this.nodeId}-${randomUUID()}`.slice(-64);
    const transport = await connectE2OverNats({
      bus,
      timers: nodeTimers,
      association,
      timeoutMs: CONNECT_TIMEOUT_MS,
    });
    this.association = new E2apAssociation(transport, {
      codec: aperCodec,
      timers: nodeTimers,
      handlers: {
        RICsubscriptionRequest: answerSubscription((request) => this.subscribe(request)),
        RICsubscriptionDeleteRequest: answerSubscriptionDelete(({ ricRequestId }) =>
          this.unsubscribe(ricRequestId),
        ),
        ResetRequest: answerReset(() => this.live.clear()),
        RICcontrolRequest: answerControl(() => {
          this.counts.controls += 1;
          return {};
        }),
      },
      onClosed: (reason) => {
        if (!this.isOver) this.onTrouble(`${this.nodeId}: connection closed: ${reason}`);
      },
      onTrouble: (line) => this.onTrouble(`${this.nodeId}: ${line}`),
    });
    await requestE2Setup(this.association, setup);
  }

  /** Sends a recorded indication to whoever has subscribed to the same. */
  indicate({ ricRequestId, ...indication }: RicIndication): void {
    const content = this.recorded.get(idOf(ricRequestId));
    const live = content === undefined ? undefined : this.live.get(content);
    if (live === undefined) {
      this.counts.notAsked += 1;
      return;
    }
    this.association?.send('RICindication', { ...indication, ricRequestId: live });
    this.counts.sent += 1;
  }

  close(): void {
    this.isOver = true;
    this.association?.close('the recording is over');
  }

  private unsubscribe(id: RicRequestId): boolean {
    const content = [...this.live].find(([, live]) => idOf(live) === idOf(id))?.[0];
    return content !== undefined && this.live.delete(content);
  }

  private subscribe({
    ricRequestId,
    ...subscription
  }: RicSubscriptionRequest): ReturnType<Parameters<typeof answerSubscription>[0]> {
    const content = contentOf(subscription);
    if (![...this.recorded.values()].includes(content)) {
      this.counts.refused += 1;
      return { cause: { ricRequest: 'action-not-supported' } };
    }
    this.live.set(content, ricRequestId);
    return { admitted: subscription.ricActionsToBeSetup.map(({ ricActionId }) => ricActionId) };
  }
}

const idOf = ({ requestorId, instanceId }: RicRequestId): string => `${requestorId}/${instanceId}`;

/** What is subscribed to, whatever its id. */
function contentOf({
  ranFunctionId,
  ricEventTriggerDefinition,
  ricActionsToBeSetup,
}: Omit<RicSubscriptionRequest, 'ricRequestId'>): string {
  const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');
  const actions = ricActionsToBeSetup.map(
    ({ ricActionId, ricActionType, ricActionDefinition }) =>
      `${ricActionId} ${ricActionType} ${hex(ricActionDefinition)}`,
  );
  return `${ranFunctionId} ${hex(ricEventTriggerDefinition)} ${actions.join()}`;
}
