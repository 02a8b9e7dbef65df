import { type DataChunk } from './sctp-packet.js';

/** Of one message; 4096 packets of Ethernet are 6 MB. */
const MAX_FRAGMENTS = 4096;
/** Transmission sequence numbers that are remembered, to know what was sent again. */
const MAX_REMEMBERED = 65_536;

/** A message of the user that has come whole. */
export interface SctpMessage {
  readonly streamId: number;
  readonly ppid: number;
  readonly octets: Uint8Array;
}

/**
 * Puts the fragments of messages together, for one direction of one association (RFC 9260 clause 6.9). Fragments of a
 * message have consecutive sequence numbers; they may come in any order, and more than once.
 */
export class SctpReassembly {
  private readonly seen = new Set<number>();
  private readonly fragments = new Map<number, DataChunk>();

  /** Fragments whose message is not whole. */
  get unfinished(): number {
    return this.fragments.size;
  }

  /** The message that the chunk makes whole. */
  add(chunk: DataChunk): SctpMessage | undefined {
    const { tsn, isFirst, isLast } = chunk;
    if (this.seen.has(tsn)) return undefined;
    this.remember(tsn);
    if (isFirst && isLast) return messageOf([chunk]);
    this.fragments.set(tsn, chunk);
    return this.messageAround(chunk);
  }

  private messageAround(chunk: DataChunk): SctpMessage | undefined {
    const parts = [chunk];
    while (!parts[0]!.isFirst) {
      const before = this.fragments.get((parts[0]!.tsn - 1) >>> 0);
      if (before === undefined || before.isLast || parts.length > MAX_FRAGMENTS) return undefined;
      parts.unshift(before);
    }
    while (!parts.at(-1)!.isLast) {
      const after = this.fragments.get((parts.at(-1)!.tsn + 1) >>> 0);
      if (after === undefined || after.isFirst || parts.length > MAX_FRAGMENTS) return undefined;
      parts.push(after);
    }
    for (const { tsn } of parts) this.fragments.delete(tsn);
    return messageOf(parts);
  }

  private remember(tsn: number): void {
    this.seen.add(tsn);
    if (this.seen.size <= MAX_REMEMBERED) return;
    const [oldest] = this.seen;
    if (oldest !== undefined) this.seen.delete(oldest);
  }
}

function messageOf(parts: readonly DataChunk[]): SctpMessage {
  const { streamId, ppid } = parts[0]!;
  const [only] = parts;
  if (parts.length === 1) return { streamId, ppid, octets: only!.payload };
  const octets = new Uint8Array(parts.reduce((sum, { payload }) => sum + payload.length, 0));
  let at = 0;
  for (const { payload } of parts) {
    octets.set(payload, at);
    at += payload.length;
  }
  return { streamId, ppid, octets };
}
