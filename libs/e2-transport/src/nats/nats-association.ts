import { type SendOptions, type Timers, type Transport, type TransportListener } from '@ricochet/e2ap';
import { type Bus } from '@ricochet/bus';
import { type E2Signal } from '@ricochet/contracts';
import { DEFAULT_FLOOD_LIMITS, FloodMeter, type FloodLimits } from '../flood-meter.js';

/** How the two ends of an association watch each other. */
export interface LivenessOptions {
  /** A beat is sent so often. */
  readonly beatMs: number;
  /** Nothing heard for so long: the peer is gone. */
  readonly lossMs: number;
}

export const DEFAULT_LIVENESS: LivenessOptions = { beatMs: 1_000, lossMs: 3_000 };

export interface NatsAssociationOptions {
  readonly bus: Bus;
  readonly timers: Timers;
  readonly liveness: LivenessOptions;
  readonly limits?: FloodLimits | undefined;
  /** Subject of a signal towards the peer. */
  readonly towardsPeer: (signal: E2Signal) => string;
  /** The association has ended; whoever dispatches to it forgets it. */
  readonly onEnded: () => void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One end of an E2 association over NATS, the same on both sides. */
export class NatsAssociation implements Transport {
  private listener: TransportListener | undefined;
  private open = true;
  private heardSinceCheck = true;
  private readonly stopTimers: (() => void)[] = [];
  private readonly flood: FloodMeter;
  private readonly stopWatching: () => void;

  constructor(private readonly options: NatsAssociationOptions) {
    const { timers, limits = DEFAULT_FLOOD_LIMITS } = options;
    this.flood = new FloodMeter({ timers, limits });
    this.every(options.liveness.beatMs, () => this.signal('beat'));
    this.every(options.liveness.lossMs, () => this.checkPeer());
    this.stopWatching = options.bus.onConnection((up) => {
      if (!up) this.end('NATS is gone');
    });
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  send(octets: Uint8Array, options?: SendOptions): void {
    if (this.open) this.options.bus.publishBytes(this.options.towardsPeer('pdu'), octets, options);
  }

  close(reason: string): void {
    if (!this.open) return;
    this.signal('abort', reason);
    this.end(reason);
  }

  /** Something came from the peer. */
  receive(signal: string, payload: Uint8Array): void {
    if (!this.open) return;
    this.heardSinceCheck = true;
    // NATS has nothing that would slow a single sender down.
    const flood = this.flood.count(1, payload.length);
    if (flood !== undefined) return this.close(flood);
    if (signal === 'pdu') this.listener?.onPdu(payload);
    else if (signal === 'abort') this.end(`closed by the peer: ${decoder.decode(payload)}`);
  }

  private checkPeer(): void {
    if (!this.heardSinceCheck) this.close(`nothing heard for ${this.options.liveness.lossMs} ms`);
    this.heardSinceCheck = false;
  }

  private signal(signal: E2Signal, text = ''): void {
    this.options.bus.publishBytes(this.options.towardsPeer(signal), encoder.encode(text));
  }

  private every(periodMs: number, call: () => void): void {
    const slot = this.stopTimers.length;
    const again = (): void => {
      this.stopTimers[slot] = this.options.timers.after(periodMs, () => {
        again();
        call();
      });
    };
    again();
  }

  private end(reason: string): void {
    this.open = false;
    for (const stop of this.stopTimers) stop();
    this.flood.stop();
    this.stopWatching();
    this.options.onEnded();
    this.listener?.onClosed(reason);
  }
}
