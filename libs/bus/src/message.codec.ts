import { z } from 'zod';
import { BusError } from './bus.error.js';

const SLAB_OCTETS = 256 * 1024;
const MOST_OCTETS_A_CHARACTER = 3;

/** Messages lie in it one after the other: those beyond 4 KiB would each have memory of its own to collect. */
let slab = Buffer.alloc(0);
let used = 0;

/** Encodes a RIC-internal message: JSON, UTF-8. What it gives is to be sent and not kept: it shares its memory. */
export function encodeMessage(message: unknown): Uint8Array {
  const text = JSON.stringify(message);
  const room = text.length * MOST_OCTETS_A_CHARACTER;
  if (room > SLAB_OCTETS / 4) return Buffer.from(text);
  if (room > slab.length - used) {
    slab = Buffer.allocUnsafeSlow(SLAB_OCTETS);
    used = 0;
  }
  const from = used;
  used += slab.write(text, from);
  return slab.subarray(from, used);
}

/** @throws BusError `BUS_INVALID_MESSAGE` naming the subject, the path and what was expected there. */
export function decodeMessage<T>(subject: string, schema: z.ZodType<T>, payload: Uint8Array): T {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    throw new BusError('BUS_INVALID_MESSAGE', `${subject}: not JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.length ? issue.path.join('.') : 'message';
  throw new BusError('BUS_INVALID_MESSAGE', `${subject}: ${path}: ${issue?.message ?? 'invalid'}`);
}

/** How a reply travels: the value, or the error that the other side names. */
export type Reply<T> =
  { readonly value: T } | { readonly error: { readonly code: string; readonly message: string } };

/** The error of a reply: whatever was thrown, by its code if it has one. */
export function errorReply(thrown: unknown): Reply<never> {
  const { code = 'INTERNAL', message } = thrown as { code?: string; message: string };
  return { error: { code, message } };
}

/** Making a schema costs more than using it, so each is made once. */
const replySchemas = new WeakMap<z.ZodType, z.ZodType>();

export function replySchema<T>(value: z.ZodType<T>): z.ZodType<Reply<T>> {
  let schema = replySchemas.get(value);
  if (schema === undefined) {
    const error = z.strictObject({ code: z.string(), message: z.string() });
    schema = z.union([z.strictObject({ value }), z.strictObject({ error })]);
    replySchemas.set(value, schema);
  }
  return schema as z.ZodType<Reply<T>>;
}
