import { apiKeysSchema, healthConfig, httpAddressSchema, jsonText } from '@ricochet/platform';
import { z } from 'zod';

const names = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .transform((list) => list.filter((name) => name !== ''));

/** The gateway's environment. */
export const dashboardConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  /** Where the page is served. */
  RICOCHET_DASHBOARD: httpAddressSchema.prefault('127.0.0.1:8080'),
  /** Who may steer: a JSON list, as the Near-RT RIC's API takes it; without any nobody does. */
  RICOCHET_DASHBOARD_KEYS: jsonText.pipe(apiKeysSchema).default([]),
  /** Names by which it is reached, beside localhost and addresses; with commas between. */
  RICOCHET_DASHBOARD_HOSTS: names.default([]),
  ...healthConfig,
});
export type DashboardConfig = z.infer<typeof dashboardConfigSchema>;

export const DASHBOARD_CONFIG = Symbol('DashboardConfig');
