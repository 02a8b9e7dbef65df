import { adapterConfigSchema } from '@ricochet/adapter';
import { z } from 'zod';

const FORM = 'expected ws://host:port of the remote control, or udp://host:port that metrics are sent to';

/** Where the gNB is met: its remote control, or where it sends metrics to. */
export type SrsranAddress =
  | { readonly kind: 'ws'; readonly url: string }
  | { readonly kind: 'udp'; readonly host: string; readonly port: number };

const addressSchema = z.string().transform((text, context): SrsranAddress => {
  const [, scheme, host = '', digits] =
    /^(ws|udp):\/\/(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})\/?$/i.exec(text) ?? [];
  const port = Number(digits);
  if (port >= 1 && port <= 65_535) {
    if (scheme === 'ws') return { kind: 'ws', url: text };
    if (scheme === 'udp') return { kind: 'udp', host: host.replace(/^\[|\]$/g, ''), port };
  }
  context.addIssue({ code: 'custom', message: `${FORM}, got "${text}"` });
  return z.NEVER;
});

/** The srsRAN adapter's environment. */
export const srsranConfigSchema = adapterConfigSchema.extend({
  RICOCHET_GNB: addressSchema,
  /** `cell_cfg.pdsch.mcs_table` of the gNB. */
  RICOCHET_MCS_TABLE: z.enum(['qam64', 'qam256', 'qam64LowSE']).default('qam256'),
});
export type SrsranConfig = z.infer<typeof srsranConfigSchema>;
