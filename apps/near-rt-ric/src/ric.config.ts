import { E2_CODEC_NAMES } from '@ricochet/e2ap';
import { deploymentSchema, healthConfig, jsonText } from '@ricochet/platform';
import { z } from 'zod';

/** The Near-RT RIC's environment. */
export const ricConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  /** A database file, or `postgres://…`: a schema of ours in that database. */
  RICOCHET_STORE: z.string().min(1).default('.ricochet/ric.sqlite'),
  /** PostgreSQL instead of that file. */
  DATABASE_URL: z.string().min(1).optional(),
  /** xApps to host: a JSON list. */
  RICOCHET_XAPPS: jsonText.pipe(z.array(deploymentSchema)).default([]),
  /** What E2AP is written in; the nodes' too. */
  RICOCHET_E2_CODEC: z.enum(E2_CODEC_NAMES).default('aper'),
  ...healthConfig,
});
export type RicConfig = z.infer<typeof ricConfigSchema>;

export const RIC_CONFIG = Symbol('RicConfig');

/** Who we are towards E2 nodes: the PLMN of the emulated network, RIC id 1. */
export const GLOBAL_RIC_ID = { plmn: { mcc: '001', mnc: '01' }, ricId: 1 } as const;
