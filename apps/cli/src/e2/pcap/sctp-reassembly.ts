import { type DataChunk } from './sctp-packet.js';

/** Transmission sequence numbers that are remembered at least, and twice at most, to know what was sent again. */
const MAX_REMEMBERED = 65_536;

interface Run {
  readonly first: number;
  readonly last: number;
}

const previous = (tsn: number): number => (tsn - 1) >>> 0;
const next = (tsn: number): number => (tsn + 1) >>> 0;

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
  private seen = new Set<number>();
  private seenEarlier: ReadonlySet<number> = new Set();
  private readonly fragments = new Map<number, DataChunk>();
  /** Fragments of a message without a gap between them, by the first and the last: one more costs the same ever. */
  private readonly runs = new Map<number, Run>();

  /** Fragments whose message is not whole. */
  get unfinished(): number {
    return this.fragments.size;
  }

  /** The message that the chunk makes whole. */
  add(chunk: DataChunk): SctpMessage | undefined {
    const { tsn, isFirst, isLast } = chunk;
    if (this.remember(tsn)) return undefined;
    if (isFirst && isLast) return messageOf([chunk]);
    this.fragments.set(tsn, chunk);
    const { first, last } = this.join(chunk);
    if (!this.fragments.get(first)!.isFirst || !this.fragments.get(last)!.isLast) return undefined;
    return messageOf(this.take(first, last));
  }

  /** Makes one run of the fragment and the runs on both sides, as far as they are of the same message. */
  private join({ tsn, isFirst, isLast }: DataChunk): Run {
    const before = isFirst ? undefined : this.runs.get(previous(tsn));
    const after = isLast ? undefined : this.runs.get(next(tsn));
    const joinsBefore = before !== undefined && !this.fragments.get(before.last)!.isLast;
    const joinsAfter = after !== undefined && !this.fragments.get(after.first)!.isFirst;
    const run = { first: joinsBefore ? before.first : tsn, last: joinsAfter ? after.last : tsn };
    this.runs.set(run.first, run);
    this.runs.set(run.last, run);
    return run;
  }

  private take(first: number, last: number): DataChunk[] {
    const parts: DataChunk[] = [];
    for (let tsn = first; ; tsn = next(tsn)) {
      parts.push(this.fragments.get(tsn)!);
      this.fragments.delete(tsn);
      this.runs.delete(tsn);
      if (tsn === last) return parts;
    }
  }

  /** Whether the number came before. */
  private remember(tsn: number): boolean {
    if (this.seen.has(tsn) || this.seenEarlier.has(tsn) || this.fragments.has(tsn)) return true;
    if (this.seen.size >= MAX_REMEMBERED) {
      this.seenEarlier = this.seen;
      this.seen = new Set();
    }
    this.seen.add(tsn);
    return false;
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
