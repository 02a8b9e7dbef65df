import { healthConfig, httpAddressSchema, jsonText } from '@ricochet/platform';
import { z } from 'zod';

/** Who may steer; the Near-RT RIC's API has its keys in the same form. */
export const operatorKeysSchema = z.array(
  z.strictObject({
    name: z.string().min(1).max(64),
    role: z.enum(['viewer', 'operator']),
    /** Of the key, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  }),
);
export type OperatorKey = z.infer<typeof operatorKeysSchema>[number];

const names = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .transform((list) => list.filter((name) => name !== ''));

/** The gateway's environment. */
export const dashboardConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  /** Where the page is served. */
  RICOCHET_DASHBOARD: httpAddressSchema.prefault('127.0.0.1:8080'),
  /** A JSON list; without any nobody steers. */
  RICOCHET_DASHBOARD_KEYS: jsonText.pipe(operatorKeysSchema).default([]),
  /** Names by which it is reached, beside localhost and addresses; with commas between. */
  RICOCHET_DASHBOARD_HOSTS: names.default([]),
  ...healthConfig,
});
export type DashboardConfig = z.infer<typeof dashboardConfigSchema>;

export const DASHBOARD_CONFIG = Symbol('DashboardConfig');
