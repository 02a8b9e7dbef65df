import { Asn1Error, fromHex, isHex, toHex } from '@ricochet/asn1';
import { aperCodec } from './aper-codec.js';
import { type E2apCodec } from './codec.js';
import { E2apDecodeError } from './decode-error.js';
import { messages, type E2apPdu, type MessageName } from './pdu.js';

/** So much of what a peer sent is quoted back to people. */
const MAX_QUOTE = 80;
const NEWLINE = 10;
const OPEN_BRACE = 0x7b;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * E2AP as text, for people's eyes: the message as one line of JSON. Octets that are JSON themselves (a service
 * model's header or message) follow as lines of their own, named `{"$line": n}` in the first; other octets
 * stand inline as `{"$hex": "…"}`. So nothing is escaped or encoded twice.
 */
export const jsonCodec: E2apCodec = {
  encode(pdu) {
    const lines: Uint8Array[] = [];
    const head = encoder.encode(JSON.stringify(withoutOctets(pdu, lines)));
    if (lines.length === 0) return head;
    return join([head, ...lines]);
  },

  /** What the schema of the aligned PER takes and gives back is a PDU: there is no other validation. */
  decode(octets) {
    const lines = split(octets);
    let json: unknown;
    try {
      json = withOctets(JSON.parse(decoder.decode(lines[0])), lines);
    } catch (error) {
      if (looksLikeAper(octets)) {
        throw new E2apDecodeError('not E2AP in JSON: it looks like APER: --e2-codec aper', {
          isOtherCodec: true,
          cause: error,
        });
      }
      throw new E2apDecodeError(`not E2AP in JSON: ${(error as Error).message}`, { cause: error });
    }
    const message = isObject(json) ? json['message'] : undefined;
    if (typeof message !== 'string' || !Object.hasOwn(messages, message)) {
      throw new E2apDecodeError(
        `message: ${(JSON.stringify(message) ?? 'absent').slice(0, MAX_QUOTE)} is no E2AP message`,
      );
    }
    try {
      return aperCodec.decode(aperCodec.encode(json as E2apPdu));
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error;
      throw new E2apDecodeError(error.message, { claimed: message as MessageName, cause: error });
    }
  },
};

/** The three alternatives of a PDU, then a procedure code. */
function looksLikeAper([first = 0xff, second = 0xff]: Uint8Array): boolean {
  return [0x00, 0x20, 0x40].includes(first) && second < 0x20;
}

function withoutOctets(value: unknown, lines: Uint8Array[]): unknown {
  if (value instanceof Uint8Array) {
    if (value[0] !== OPEN_BRACE || value.includes(NEWLINE)) return { $hex: toHex(value) };
    return { $line: lines.push(value) };
  }
  if (Array.isArray(value)) return value.map((item) => withoutOctets(item, lines));
  if (!isObject(value)) return value;
  return mapValues(value, (field) => withoutOctets(field, lines));
}

function withOctets(value: unknown, lines: readonly Uint8Array[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withOctets(item, lines));
  if (!isObject(value)) return value;
  const { $line, $hex } = value;
  // A reference to nothing stays as it is: the schema refuses it, even where the octets are optional.
  if (typeof $line === 'number') return lines[$line] ?? value;
  if (isHex($hex)) return fromHex($hex);
  return mapValues(value, (field) => withOctets(field, lines));
}

/** Also of a field that is called `__proto__`, which stays one like others. */
function mapValues(value: Record<string, unknown>, of: (field: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, of(field)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(lines: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, -1));
  let offset = 0;
  for (const line of lines) {
    if (offset > 0) out[offset++] = NEWLINE;
    out.set(line, offset);
    offset += line.length;
  }
  return out;
}

function split(octets: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = octets.indexOf(NEWLINE); end >= 0; end = octets.indexOf(NEWLINE, start)) {
    lines.push(octets.subarray(start, end));
    start = end + 1;
  }
  lines.push(octets.subarray(start));
  return lines;
}
