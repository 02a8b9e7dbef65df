import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RECORD_KINDS, type RunMessage } from './record.js';

/** First line of a recording; the number is the format's version. */
export const FORMAT_NAME = 'ricochet-recording';
export const FORMAT_VERSION = 1;
export const FIRST_LINE = `${FORMAT_NAME} ${FORMAT_VERSION}\n`;

/** Octets of a record's chained hash: the first of SHA-256. */
export const CHAIN_OCTETS = 16;
/** Of the record's length, before it. */
export const LENGTH_OCTETS = 4;
/** Longer ones are none of ours. */
export const MAX_RECORD_OCTETS = 64 * 1024 * 1024;

const HEAD_OCTETS = 6;
const DEFLATED = 1;
const DEFLATE_FROM_OCTETS = 256;

/** What begins a chain. */
export const FIRST_CHAIN: Uint8Array = chainOf(new Uint8Array(), Buffer.from(FIRST_LINE));

/** The hash of what is stored, chained to that of the record before. */
export function chainOf(before: Uint8Array, stored: Uint8Array): Uint8Array {
  return createHash('sha256').update(before).update(stored).digest().subarray(0, CHAIN_OCTETS);
}

/**
 * A record without its length and its hash: kind, flags (1 octet each), time (4 octets, ms), node and xApp (UTF-8 behind a
 * length of 1 octet), payload.
 */
export function storedRecord({ kind, timeMs, node, xapp, payload }: RunMessage): Uint8Array {
  const deflated = payload.length < DEFLATE_FROM_OCTETS ? payload : deflateRawSync(payload);
  const isShorter = deflated.length < payload.length;
  const head = Buffer.alloc(HEAD_OCTETS);
  head.writeUInt8(RECORD_KINDS.indexOf(kind), 0);
  head.writeUInt8(isShorter ? DEFLATED : 0, 1);
  head.writeUInt32BE(timeMs, 2);
  return Buffer.concat([head, shortText(node), shortText(xapp), isShorter ? deflated : payload]);
}

/** What a stored record says of itself before its payload; of one that has been changed, as far as it can be read. */
export function readHead(stored: Uint8Array): Omit<RunMessage, 'payload' | 'kind'> & {
  readonly kind: RunMessage['kind'] | undefined;
  readonly isDeflated: boolean;
  readonly payloadAt: number;
} {
  const octets = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const kind = RECORD_KINDS[octets[0] ?? -1];
  const flags = octets[1] ?? 0;
  const timeMs = octets.length >= HEAD_OCTETS ? octets.readUInt32BE(2) : 0;
  let at = HEAD_OCTETS;
  const text = (): string => {
    const length = octets[at] ?? 0;
    const read = octets.toString('utf8', at + 1, at + 1 + length);
    at += 1 + length;
    return read;
  };
  const node = text();
  const xapp = text();
  return { kind, timeMs, node, xapp, isDeflated: flags === DEFLATED, payloadAt: at };
}

/** The message of a stored record whose hash holds. `undefined`: it was never written by this format's version. */
export function readStored(stored: Uint8Array): RunMessage | undefined {
  const { kind, timeMs, node, xapp, isDeflated, payloadAt } = readHead(stored);
  if (kind === undefined || payloadAt > stored.length) return undefined;
  const octets = stored.subarray(payloadAt);
  try {
    const payload = isDeflated ? inflateRawSync(octets, { maxOutputLength: MAX_RECORD_OCTETS }) : octets;
    return { kind, timeMs, node, xapp, payload };
  } catch {
    return undefined;
  }
}

function shortText(text: string): Uint8Array {
  const octets = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.of(octets.length), octets]);
}
