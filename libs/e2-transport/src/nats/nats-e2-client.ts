import { type Bus } from '@ricochet/bus';
import { e2Associate, e2Downlink, e2Uplink } from '@ricochet/contracts';
import { type Timers, type Transport } from '@ricochet/e2ap';
import { DEFAULT_LIVENESS, NatsAssociation, type LivenessOptions } from './nats-association.js';

export interface NatsE2ConnectOptions {
  readonly bus: Bus;
  readonly timers: Timers;
  /** Names the association; never used twice. */
  readonly association: string;
  readonly timeoutMs: number;
  readonly liveness?: LivenessOptions;
}

/**
 * The node's side: opens an association with the RIC.
 * @throws BusError when no RIC answers.
 */
export async function connectE2OverNats(options: NatsE2ConnectOptions): Promise<Transport> {
  const { bus, timers, association } = options;
  await bus.request(e2Associate, { association }, options.timeoutMs);
  // Not a byte comes from the RIC before our first, which goes out after this subscription.
  const end: NatsAssociation = new NatsAssociation({
    bus,
    timers,
    liveness: options.liveness ?? DEFAULT_LIVENESS,
    towardsPeer: (signal) => e2Uplink(association, signal),
    onEnded: () => unsubscribe(),
  });
  const unsubscribe = bus.subscribeBytes(e2Downlink(association, '*'), (payload, subject) => {
    end.receive(subject.slice(subject.lastIndexOf('.') + 1), payload);
  });
  return end;
}
