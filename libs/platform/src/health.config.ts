import { z } from 'zod';

const MAX_PORT = 65_535;

/** Where a service serves HTTP. */
export interface HttpAddress {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** `host:port`, `[IPv6 address]:port`, or a port alone, which means 127.0.0.1. */
export const httpAddressSchema = z.string().transform((text, context): HttpAddress => {
  const [, bracketed, name, digits] =
    /^(?:(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]/@]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits !== undefined && port <= MAX_PORT) return { host: bracketed ?? name ?? '127.0.0.1', port };
  context.addIssue({ code: 'custom', message: `expected host:port or a port, got "${text}"` });
  return z.NEVER;
});

/** What every service takes from its environment for its `Health`. */
export const healthConfig = {
  /** Where health and metrics are served; absent: nowhere. */
  RICOCHET_HTTP: httpAddressSchema.optional(),
  /** Whether Node's own metrics are among them: true or false. */
  RICOCHET_NODE_METRICS: z.stringbool().default(false),
};

export interface HealthConfig {
  readonly RICOCHET_HTTP?: HttpAddress | undefined;
  readonly RICOCHET_NODE_METRICS: boolean;
}
