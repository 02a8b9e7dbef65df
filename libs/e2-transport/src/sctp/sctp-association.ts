import { type Socket } from 'node:net';
import { type Timers, type Transport, type TransportListener } from '@ricochet/e2ap';
import { DEFAULT_FLOOD_LIMITS, FloodMeter, type FloodLimits } from '../flood-meter.js';
import { PduReassembler } from './pdu-reassembler.js';
import { SctpError } from './sctp-error.js';

/** What one association may take of memory and time. */
export interface SctpLimits extends FloodLimits {
  /** The largest PDU that is taken. Default 4 MiB. */
  readonly maxPduOctets: number;
  /** So long may a PDU that has begun have no further piece. Default 5 s. */
  readonly stallMs: number;
  /** So much may wait for a peer that reads slowly. Default 16 MiB. */
  readonly maxWaitingOctets: number;
  /** So long is waited at the close for what was sent before. Default 1 s. */
  readonly closeMs: number;
}

export const DEFAULT_SCTP_LIMITS: SctpLimits = {
  ...DEFAULT_FLOOD_LIMITS,
  maxPduOctets: 4 * 1024 * 1024,
  stallMs: 5_000,
  maxWaitingOctets: 16 * 1024 * 1024,
  closeMs: 1_000,
};

export interface SctpAssociationOptions {
  readonly timers: Timers;
  readonly limits: SctpLimits;
  /** The kernel refuses a longer message. */
  readonly maxMessageOctets: number;
  /** Told once, in words, when the peer sends too much: it is then read at the pace of the limits. */
  readonly onFlood?: (what: string) => void;
}

const nothing = (): void => undefined;

const REASONS: Readonly<Record<string, string>> = {
  ECONNRESET: 'aborted by the peer',
  EPIPE: 'closed by the peer',
  ETIMEDOUT: 'the peer does not answer any more',
};

/** One end of an E2 association over SCTP, the same on both sides; a message of SCTP is a PDU. */
export class SctpAssociation implements Transport {
  private readonly reassembler: PduReassembler;
  private listener: TransportListener | undefined;
  private endedFor: string | undefined;
  private stopStallTimer = nothing;
  private readonly flood: FloodMeter;
  private hasFlooded = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: SctpAssociationOptions,
  ) {
    const { timers, limits } = options;
    this.reassembler = new PduReassembler(limits.maxPduOctets);
    this.flood = new FloodMeter({ timers, limits, onSecondOver: () => socket.resume() });
    // Else libuv would gather the PDUs that wait into one message.
    Object.assign(socket, { _writev: null });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      this.end(REASONS[error.code ?? ''] ?? error.message),
    );
    socket.on('end', () => {
      this.end('closed by the peer');
      // An SCTP association is never half closed.
      socket.destroy();
    });
    socket.on('close', () => this.end('closed'));
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
    if (this.endedFor !== undefined) return listener.onClosed(this.endedFor);
    this.socket.on('data', (octets: Buffer) => this.receive(octets));
  }

  /** @throws SctpError SCTP_PDU_TOO_LONG for a PDU that the kernel would not take. */
  send(octets: Uint8Array): void {
    if (this.endedFor !== undefined) return;
    const { limits, maxMessageOctets } = this.options;
    if (octets.length > maxMessageOctets) {
      throw new SctpError(
        'SCTP_PDU_TOO_LONG',
        `a PDU of ${octets.length} octets: SCTP takes ${maxMessageOctets} here, twice the sysctl net.core.wmem_max`,
      );
    }
    const waiting = this.socket.writableLength + octets.length;
    if (waiting > limits.maxWaitingOctets)
      this.abort(`the peer does not read: ${waiting} octets wait for it`);
    else this.socket.write(octets);
  }

  /** Shuts the association down after what was sent before. SCTP does not carry the reason: the peer hears none. */
  close(reason: string): void {
    if (this.endedFor !== undefined) return;
    this.end(reason);
    const { timers, limits } = this.options;
    const stopTimer = timers.after(limits.closeMs, () => this.socket.resetAndDestroy());
    this.socket.once('close', stopTimer);
    this.socket.end(() => this.socket.destroy());
  }

  private receive(octets: Uint8Array): void {
    if (this.endedFor !== undefined) return;
    this.stopStallTimer();
    const { pdus, fault } = this.reassembler.take(octets);
    this.slowDown(this.flood.count(pdus.length, octets.length));
    for (const pdu of pdus) {
      if (this.isOpen()) this.listener?.onPdu(pdu);
    }
    if (!this.isOpen()) return;
    if (fault !== undefined) this.abort(fault);
    else if (this.reassembler.isInTheMiddle) this.startStallTimer();
  }

  /** What comes in the rest of the second stays with the kernel, whose window keeps the peer from sending more. */
  private slowDown(flood: string | undefined): void {
    if (flood === undefined) return;
    this.socket.pause();
    if (!this.hasFlooded) this.options.onFlood?.(flood);
    this.hasFlooded = true;
  }

  private startStallTimer(): void {
    const { timers, limits } = this.options;
    this.stopStallTimer = timers.after(limits.stallMs, () =>
      this.abort(`half a PDU, and nothing more for ${limits.stallMs} ms`),
    );
  }

  /** The listener may have closed the association while it was told of a PDU. */
  private isOpen(): boolean {
    return this.endedFor === undefined;
  }

  private abort(reason: string): void {
    this.end(reason);
    // Without lingering: SCTP sends ABORT and forgets what waits.
    this.socket.resetAndDestroy();
  }

  private end(reason: string): void {
    if (this.endedFor !== undefined) return;
    this.endedFor = reason;
    this.stopStallTimer();
    this.flood.stop();
    this.listener?.onClosed(reason);
  }
}
