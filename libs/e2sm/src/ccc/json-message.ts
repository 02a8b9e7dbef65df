import { type z } from 'zod';
import { E2smError, type MessageCodec } from '../service-model.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** As of recursive types in PER: whoever goes through a value may do so level by level. */
const MAX_DEPTH = 64;

/**
 * Carries a message as JSON; `name` begins the paths of errors. What is read is handed on as it is, with fields
 * that the schema does not know and in their order, so that it can be written again.
 */
export function jsonMessage<T>(name: string, schema: z.ZodType<T>): MessageCodec<T> {
  const assertValid = (value: unknown): void => {
    if (isDeeper(value, MAX_DEPTH)) {
      throw new E2smError(`${name}: expected a nesting of at most ${MAX_DEPTH}, found more`);
    }
    const result = schema.safeParse(value);
    if (result.success) return;
    const [issue] = result.error.issues;
    throw new E2smError(`${pathOf(name, issue?.path ?? [])}: ${issue?.message ?? 'invalid'}`);
  };
  return {
    encode(value) {
      assertValid(value);
      return encoder.encode(JSON.stringify(value));
    },
    decode(octets) {
      const value = parse(name, octets);
      assertValid(value);
      return value as T;
    },
  };
}

/** Whether a value nests more than `levels` deep. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function parse(name: string, octets: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(octets));
  } catch (error) {
    throw new E2smError(`${name}: not JSON: ${(error as Error).message}`, { cause: error });
  }
}

const pathOf = (name: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, segment) => text + (typeof segment === 'number' ? `[${segment}]` : `.${String(segment)}`),
    name,
  );
