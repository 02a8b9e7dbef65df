import { headOf, type DecodedPdu } from './pdu-decoder.js';
import { Payload } from './payload.js';

/** A PDU for programs, its fields called as in our own values; octets are hexadecimal. */
export function pduJson(pdu: DecodedPdu): Record<string, unknown> {
  const octets = pdu.octets.length;
  if ('reason' in pdu) {
    return {
      octets,
      error: pdu.reason,
      ...(pdu.claimed?.message !== undefined && { claimed: pdu.claimed.message }),
      hex: toHex(pdu.octets),
    };
  }
  const { message, value, ignored } = pdu;
  return {
    octets,
    message,
    ...headOf(message),
    value: plain(value),
    ...(ignored.length > 0 && { ignored }),
  };
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (value instanceof Payload) return payloadJson(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function payloadJson({ typeName, model, octets, outcome }: Payload): Record<string, unknown> {
  const head = { type: typeName, serviceModel: model?.shortName ?? null, octets: octets.length };
  return 'value' in outcome
    ? { ...head, value: plain(outcome.value) }
    : { ...head, error: outcome.reason, hex: toHex(octets) };
}

const toHex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
