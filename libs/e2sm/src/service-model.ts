import { z } from 'zod';

/** Octets that are no message of the service model, or values that it can not carry. */
export class E2smError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'E2smError';
  }
}

/** One message of a service model: octets to value and back. `decode` throws {@link E2smError} alone. */
export interface MessageCodec<T> {
  encode(value: T): Uint8Array;
  decode(octets: Uint8Array): T;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Carries a message as one line of JSON. */
export function jsonMessage<T>(name: string, schema: z.ZodType<T>): MessageCodec<T> {
  return {
    encode: (value) => encoder.encode(JSON.stringify(value)),
    decode(octets) {
      const result = parse(name, schema, octets);
      if (result.success) return result.data;
      const [issue] = result.error.issues;
      throw new E2smError(`${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'invalid'}`);
    },
  };
}

/** Reads and checks; text that is not JSON, or nests too deep for the stack, is an {@link E2smError} too. */
function parse<T>(name: string, schema: z.ZodType<T>, octets: Uint8Array): z.ZodSafeParseResult<T> {
  try {
    return schema.safeParse(JSON.parse(decoder.decode(octets)));
  } catch (error) {
    throw new E2smError(`${name}: not JSON: ${(error as Error).message}`);
  }
}

/** RAN function name (E2SM clause 6.2.2.1), first IE of every RAN function definition. */
export const ranFunctionNameSchema = z.strictObject({
  shortName: z.string().min(1).max(150),
  e2smOid: z.string(),
  description: z.string().min(1).max(150),
});

/** UE id as a gNB-DU knows it: the gNB-CU UE F1AP ID (E2SM clause 6.2.3.21). */
export const ueIdSchema = z.strictObject({
  gnbDuUeId: z.strictObject({ gnbCuUeF1apId: z.int().min(0).max(0xffff_ffff) }),
});
export type UeId = z.infer<typeof ueIdSchema>;

export const sNssaiSchema = z.strictObject({
  sst: z.int().min(0).max(255),
  sd: z
    .string()
    .regex(/^[0-9a-f]{6}$/)
    .optional(),
});
