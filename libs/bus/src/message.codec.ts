import { z } from 'zod';
import { BusError } from './bus.error.js';

/** Encodes a RIC-internal message: JSON, UTF-8. */
export function encodeMessage(message: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(message));
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
export function replySchema<T>(
  value: z.ZodType<T>,
): z.ZodType<{ value: T } | { error: { code: string; message: string } }> {
  return z.union([
    z.strictObject({ value }),
    z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
  ]) as z.ZodType<{ value: T } | { error: { code: string; message: string } }>;
}
