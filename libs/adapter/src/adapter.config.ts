import { E2_CODEC_NAMES } from '@ricochet/e2ap';
import { e2AddressSchema } from '@ricochet/e2-transport';
import { healthConfig } from '@ricochet/platform';
import { z } from 'zod';

/** What every adapter takes from its environment. */
export const adapterConfigSchema = z.object({
  /** Where the RIC is: `nats` is the one on that server, or `sctp://host:port`. */
  RICOCHET_E2: e2AddressSchema.prefault('nats'),
  /** For E2 over NATS. */
  RICOCHET_NATS_URL: z.url().optional(),
  /** What E2AP is written in; the RIC's too. */
  RICOCHET_E2_CODEC: z.enum(E2_CODEC_NAMES).default('aper'),
  /** Path of the description of the gNB (YAML). */
  RICOCHET_GNB_CONFIG: z.string().min(1).optional(),
  ...healthConfig,
});
export type AdapterConfig = z.infer<typeof adapterConfigSchema>;
