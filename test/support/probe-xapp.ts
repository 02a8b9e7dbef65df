import { type Bus } from '@ricochet/bus';
import {
  controlEffect,
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppIndication,
  xAppRegister,
  type ControlEffect,
  type ControlReply,
  type RanControl,
  type SubscriptionNotice,
  type SubscriptionSpec,
  type XAppIndication,
} from '@ricochet/contracts';
import { waitFor } from './wait-for.js';

const XAPP = 'probe';
const INSTANCE = 'only';
/** A sign of life, which the RIC misses after 4 s. */
const BEAT_MS = 1_000;
const ANSWER_MS = 20_000;

/** An xApp that decides nothing, played by the test over the bus: all that it hears is kept. */
export class ProbeXApp {
  readonly indications: XAppIndication[] = [];
  readonly notices: SubscriptionNotice[] = [];
  readonly effects: ControlEffect[] = [];
  private readonly beat: NodeJS.Timeout;
  private readonly unsubscribe: (() => void)[];
  private controls = 0;

  constructor(
    private readonly bus: Bus,
    private readonly subscriptions: readonly SubscriptionSpec[],
  ) {
    this.unsubscribe = [
      bus.subscribe(xAppIndication(XAPP, INSTANCE), (indication) => {
        const count = this.indications.push(indication);
        bus.publish(indicationsSettled(XAPP), { instance: INSTANCE, count });
      }),
      bus.subscribe(subscriptionNotice(XAPP), (notice) => this.notices.push(notice)),
      bus.subscribe(controlEffect(XAPP), (effect) => this.effects.push(effect)),
    ];
    const register = (): void => void this.register().catch(() => undefined);
    this.beat = setInterval(register, BEAT_MS);
    register();
  }

  /** Asks the RIC to control a node, and gives its answer. */
  control(nodeId: string, control: RanControl): Promise<ControlReply> {
    const request = { instance: INSTANCE, sequence: ++this.controls, nodeId, control };
    return this.bus.request(controlRequest(XAPP), request, ANSWER_MS);
  }

  /** The first notice of a subscription at a node in that state, among those since `from`. */
  notice(
    { nodeId, subscription, state }: Omit<SubscriptionNotice, 'cause'>,
    { from = 0, timeoutMs }: { readonly from?: number; readonly timeoutMs: number },
  ): Promise<SubscriptionNotice> {
    return waitFor(
      `${subscription} ${state} at ${nodeId}`,
      () =>
        this.notices
          .slice(from)
          .find(
            (each) => each.nodeId === nodeId && each.subscription === subscription && each.state === state,
          ),
      timeoutMs,
    ).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; notices: ${JSON.stringify(this.notices.slice(from))}`);
    });
  }

  stop(): void {
    clearInterval(this.beat);
    for (const unsubscribe of this.unsubscribe) unsubscribe();
  }

  private async register(): Promise<void> {
    await this.bus.request(
      xAppRegister(XAPP),
      {
        version: '1.0.0',
        instance: INSTANCE,
        subscriptions: [...this.subscriptions],
        policyTypes: [],
        effects: true,
      },
      ANSWER_MS,
    );
  }
}
