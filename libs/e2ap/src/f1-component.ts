import { z } from 'zod';
import { E2apDecodeError } from './pdu.js';
import { plmnIdentitySchema } from './ids.js';

const f1ComponentSchema = z.strictObject({
  gnbDuName: z.string(),
  servedCells: z.array(
    z.strictObject({
      nrCgi: z.strictObject({
        plmn: plmnIdentitySchema,
        nci: z
          .int()
          .min(0)
          .max(2 ** 36 - 1),
      }),
      /** Transmission bandwidth in PRBs. */
      prbs: z.int().positive(),
      active: z.boolean(),
      sliceSupport: z.array(
        z.strictObject({
          sst: z.int().min(0).max(255),
          sd: z
            .string()
            .regex(/^[0-9a-f]{6}$/)
            .optional(),
        }),
      ),
    }),
  ),
});

/** What a gNB-DU tells of itself on F1 (F1 SETUP REQUEST, TS 38.473 clause 9.2.1.4), as far as a RIC needs it. */
export type F1Component = z.infer<typeof f1ComponentSchema>;

/** As the request part of a component configuration. */
export function encodeF1Component(component: F1Component): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(component));
}

/** @throws E2apDecodeError */
export function decodeF1Component(octets: Uint8Array): F1Component {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(octets));
  } catch (error) {
    throw new E2apDecodeError(`F1 component: not JSON: ${(error as Error).message}`);
  }
  const result = f1ComponentSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new E2apDecodeError(`F1 component: ${issue?.path.join('.')}: ${issue?.message}`);
}
