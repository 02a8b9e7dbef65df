import { ConfigError, messageOf } from '@ricochet/platform';
import { type z } from 'zod';

export interface AppConfigSchema<S extends z.ZodType> {
  /** Whose it is: `xApp slice-quota`. */
  readonly app: string;
  readonly schema: S;
}

export interface AppConfigSource<S extends z.ZodType> extends AppConfigSchema<S> {
  /** Environment variable that it came in. */
  readonly variable: string;
}

/** Reads the configuration that a host gave one of its apps, JSON text. @throws ConfigError naming every fault */
export function parseAppConfig<S extends z.ZodType>(text: string, source: AppConfigSource<S>): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${source.variable}: not JSON: ${messageOf(error)}`);
  }
  return judgeAppConfig(json, source);
}

/** Holds a configuration against its app's schema. @throws ConfigError naming every fault */
export function judgeAppConfig<S extends z.ZodType>(
  config: unknown,
  { app, schema }: AppConfigSchema<S>,
): z.infer<S> {
  const result = schema.safeParse(config);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`);
  throw new ConfigError(`configuration of ${app}: ${faults.join('; ')}`);
}
