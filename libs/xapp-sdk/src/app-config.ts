import { ConfigError, messageOf } from '@ricochet/platform';
import { type z } from 'zod';

export interface AppConfigSource<S extends z.ZodType> {
  /** Whose it is: `xApp slice-quota`. */
  readonly app: string;
  /** Environment variable that it came in. */
  readonly variable: string;
  readonly schema: S;
}

/** Reads the configuration that a host gave one of its apps, JSON text. @throws ConfigError naming every fault */
export function parseAppConfig<S extends z.ZodType>(text: string, source: AppConfigSource<S>): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${source.variable}: not JSON: ${messageOf(error)}`);
  }
  const result = source.schema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`);
  throw new ConfigError(`configuration of ${source.app}: ${faults.join('; ')}`);
}
