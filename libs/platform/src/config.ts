import { z } from 'zod';
import { ConfigError } from './errors.js';

/**
 * Reads a service's configuration from the environment, one upper-case key a field.
 * @throws ConfigError naming every bad key, at boot.
 */
export function readConfig<T extends z.ZodObject>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`environment: ${faults.join('; ')}`);
}

/** A key whose value is JSON: pipe it into the schema of what it says. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected JSON' });
    return z.NEVER;
  }
});
