import { type Bus, type Unsubscribe } from '@ricochet/bus';
import { e2Associate, e2Downlink, e2Uplink } from '@ricochet/contracts';
import { type Timers, type Transport } from '@ricochet/e2ap';
import { DEFAULT_LIVENESS, NatsAssociation, type LivenessOptions } from './nats-association.js';

export interface NatsE2ServerOptions {
  readonly bus: Bus;
  readonly timers: Timers;
  readonly onAssociation: (transport: Transport) => void;
  readonly liveness?: LivenessOptions;
}

/** The RIC's side: takes associations, and tells nodes of a former life of the RIC to begin anew. */
export class NatsE2Server {
  private readonly associations = new Map<string, NatsAssociation>();
  private readonly unsubscribe: Unsubscribe[];

  constructor(private readonly options: NatsE2ServerOptions) {
    const { bus } = options;
    this.unsubscribe = [
      bus.subscribeBytes(e2Uplink('*', '*'), (payload, subject) => this.dispatch(subject, payload)),
      bus.serve(e2Associate, ({ association }) => this.accept(association)),
    ];
  }

  close(reason: string): void {
    for (const stop of this.unsubscribe) stop();
    for (const association of [...this.associations.values()]) association.close(reason);
  }

  private accept(name: string): { accepted: true } {
    this.associations.get(name)?.close('the node opened it anew');
    const association = new NatsAssociation({
      bus: this.options.bus,
      timers: this.options.timers,
      liveness: this.options.liveness ?? DEFAULT_LIVENESS,
      towardsPeer: (signal) => e2Downlink(name, signal),
      onEnded: () => this.associations.delete(name),
    });
    this.associations.set(name, association);
    this.options.onAssociation(association);
    return { accepted: true };
  }

  private dispatch(subject: string, payload: Uint8Array): void {
    const [, , name = '', signal = ''] = subject.split('.');
    const association = this.associations.get(name);
    if (association !== undefined) return association.receive(signal, payload);
    if (signal === 'abort') return;
    this.options.bus.publishBytes(e2Downlink(name, 'abort'), new TextEncoder().encode('no such association'));
  }
}
