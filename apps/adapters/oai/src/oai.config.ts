import { adapterConfigSchema } from '@ricochet/adapter';
import { z } from 'zod';

const telnetSchema = z.string().transform((text, context) => {
  const [, host = '', digits] = /^(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (port >= 1 && port <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port };
  context.addIssue({ code: 'custom', message: `expected host:port of the telnet server, got "${text}"` });
  return z.NEVER;
});

/** The OAI adapter's environment. */
export const oaiConfigSchema = adapterConfigSchema.extend({
  /** Where `--telnetsrv --telnetsrv.shrmod o1` listens; this, the file, or both. */
  RICOCHET_GNB: telnetSchema.optional(),
  /** Path of the gNB's `nrMAC_stats.log`. */
  RICOCHET_MAC_STATS: z.string().min(1).optional(),
});
export type OaiConfig = z.infer<typeof oaiConfigSchema>;
