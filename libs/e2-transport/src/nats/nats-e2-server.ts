import { type Bus, type Unsubscribe } from '@ricochet/bus';
import { e2Associate, e2Downlink, e2Uplink } from '@ricochet/contracts';
import { type Timers, type Transport } from '@ricochet/e2ap';
import { type FloodLimits } from '../flood-meter.js';
import { MAX_ASSOCIATIONS, Places } from '../places.js';
import { DEFAULT_LIVENESS, NatsAssociation, type LivenessOptions } from './nats-association.js';

export interface NatsE2ServerOptions {
  readonly bus: Bus;
  readonly timers: Timers;
  /** `peer` is the name of the association. */
  readonly onAssociation: (transport: Transport, peer: string) => void;
  /** One line for nodes that could not be taken. */
  readonly onTrouble: (line: string) => void;
  readonly liveness?: LivenessOptions;
  /** Default 512. */
  readonly maxAssociations?: number;
  readonly limits?: FloodLimits;
}

/** A name that is not known is answered once in so long, and so many names are. */
const STRANGERS_FOR_MS = 1_000;
const MAX_STRANGERS = 1_000;

/** The RIC's side: takes associations, and tells nodes of a former life of the RIC to begin anew. */
export class NatsE2Server {
  private readonly associations = new Map<string, NatsAssociation>();
  private readonly unsubscribe: Unsubscribe[];
  private readonly places: Places;
  /** Names of associations that we do not know and have answered of late. */
  private readonly strangers = new Set<string>();

  constructor(private readonly options: NatsE2ServerOptions) {
    const { bus, maxAssociations = MAX_ASSOCIATIONS, onTrouble } = options;
    this.places = new Places(maxAssociations, (line) => onTrouble(`E2 over NATS: ${line}`));
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
    const { bus, timers, liveness = DEFAULT_LIVENESS, limits, onAssociation } = this.options;
    this.associations.get(name)?.close('the node opened it anew');
    const refusal = this.places.refuse(name);
    if (refusal !== undefined) throw new Error(refusal);
    const association = new NatsAssociation({
      bus,
      timers,
      liveness,
      limits,
      towardsPeer: (signal) => e2Downlink(name, signal),
      onEnded: () => {
        this.associations.delete(name);
        this.places.free();
      },
    });
    this.associations.set(name, association);
    onAssociation(association, name);
    return { accepted: true };
  }

  private dispatch(subject: string, payload: Uint8Array): void {
    // As `split` would; there is one of these in front of every PDU.
    const dot = subject.lastIndexOf('.');
    const name = subject.slice(subject.lastIndexOf('.', dot - 1) + 1, dot);
    const signal = subject.slice(dot + 1);
    const association = this.associations.get(name);
    if (association !== undefined) return association.receive(signal, payload);
    if (signal !== 'abort') this.answerStranger(name);
  }

  private answerStranger(name: string): void {
    const { strangers } = this;
    if (strangers.has(name) || strangers.size >= MAX_STRANGERS) return;
    if (strangers.size === 0) this.options.timers.after(STRANGERS_FOR_MS, () => strangers.clear());
    strangers.add(name);
    this.options.bus.publishBytes(e2Downlink(name, 'abort'), new TextEncoder().encode('no such association'));
  }
}
