import { createHash } from 'node:crypto';
import { type MessageHandlers, type RicIndication } from '@ricochet/e2ap';
import { type E2Fault } from '@ricochet/scenario';

/** Those that last. */
type Fault = Exclude<E2Fault, { kind: 'ue-id-churn' }>;
type Kind = Fault['kind'];
type FaultOf<K extends Kind> = Extract<Fault, { kind: K }>;
type ShareKind = Extract<Fault, { share: number }>['kind'];

export interface E2FaultsOptions {
  /** The run's. */
  readonly seed: number;
  readonly cell: number;
  /** Simulation time. */
  readonly nowMs: () => number;
  /** Octets of what the RIC has asked to be indicated; `undefined` when the subscription has gone. */
  readonly asked: (indication: RicIndication) => Uint8Array | undefined;
  readonly send: (indication: RicIndication) => void;
}

/** At the door between a node and its association: what the scenario has go wrong with indications and controls. */
export class E2Faults {
  private readonly inForce = new Map<Kind, { readonly fault: Fault; readonly untilMs: number }>();
  /** In the order in which they would have gone out. */
  private delayed: { readonly indication: RicIndication; readonly dueMs: number }[] = [];
  /** To go out after the next of their subscription, by that. */
  private readonly overtaken = new Map<string, RicIndication[]>();

  constructor(private readonly options: E2FaultsOptions) {}

  /** Nothing is in force and nothing held up: indications need not come by. */
  get isQuiet(): boolean {
    return this.inForce.size === 0 && this.delayed.length === 0 && this.overtaken.size === 0;
  }

  /** What befalls the controls that come now; silence is before their handler. */
  get ofControls(): FaultOf<'control-failure' | 'control-without-effect'> | undefined {
    return this.find('control-failure') ?? this.find('control-without-effect');
  }

  begin(fault: Fault): void {
    this.inForce.set(fault.kind, { fault, untilMs: this.options.nowMs() + fault.durationMs });
  }

  /** Simulation time has gone on: faults end, and what has been delayed for long enough goes out. */
  proceed(): void {
    const nowMs = this.options.nowMs();
    for (const [kind, { untilMs }] of this.inForce) if (untilMs < nowMs) this.inForce.delete(kind);
    const { delayed } = this;
    this.delayed = delayed.filter(({ dueMs }) => dueMs > nowMs);
    for (const { indication, dueMs } of delayed) if (dueMs <= nowMs) this.options.send(indication);
  }

  /** Sends an indication: once and now, unless a fault has it otherwise. */
  indicate(indication: RicIndication): void {
    if (this.befalls('indication-loss', indication)) return;
    const copies = this.befalls('indication-duplicate', indication) ? [indication, indication] : [indication];
    const key = keyOf(indication);
    const overtaken = this.overtaken.get(key);
    if (overtaken === undefined && this.befalls('indication-reorder', indication)) {
      this.overtaken.set(key, copies);
      return;
    }
    this.overtaken.delete(key);
    for (const each of [...copies, ...(overtaken ?? [])]) this.sendOrDelay(each);
  }

  /** Drops what is held up of subscriptions that have gone. */
  sweep(): void {
    const isAsked = (indication: RicIndication): boolean => this.options.asked(indication) !== undefined;
    this.delayed = this.delayed.filter(({ indication }) => isAsked(indication));
    for (const [key, indications] of this.overtaken) {
      if (!indications.every(isAsked)) this.overtaken.delete(key);
    }
  }

  /** The node's handlers, of which the one for controls hears nothing of those that are to have no answer. */
  before(handlers: MessageHandlers): MessageHandlers {
    return {
      ...handlers,
      RICcontrolRequest: (...message) => {
        if (this.find('control-silence') === undefined) handlers.RICcontrolRequest?.(...message);
      },
    };
  }

  private sendOrDelay(indication: RicIndication): void {
    const delay = this.find('indication-delay');
    if (delay === undefined) this.options.send(indication);
    else this.delayed.push({ indication, dueMs: this.options.nowMs() + delay.delayMs });
  }

  private find<K extends Kind>(kind: K): FaultOf<K> | undefined {
    return this.inForce.get(kind)?.fault as FaultOf<K> | undefined;
  }

  private befalls(kind: ShareKind, indication: RicIndication): boolean {
    const fault = this.find(kind);
    return fault !== undefined && this.draw(kind, indication) < fault.share;
  }

  /**
   * Uniform in [0, 1), of the seed and of what befalls what at which time. No sequence is drawn from: no fault changes
   * the draws of another, nor does the order in which xApps happened to subscribe.
   */
  private draw(kind: ShareKind, indication: RicIndication): number {
    const { seed, cell, nowMs, asked } = this.options;
    const hash = createHash('sha256').update(`${seed} ${cell} ${kind} ${nowMs()} `);
    return (
      hash
        .update(asked(indication) ?? '')
        .digest()
        .readUInt32BE() /
      2 ** 32
    );
  }
}

function keyOf({ ricRequestId: { requestorId, instanceId }, ricActionId }: RicIndication): string {
  return `${requestorId}/${instanceId}/${ricActionId}`;
}
