import { isAbsolute } from 'node:path';
import { xAppNameSchema, xAppPrioritySchema, xAppVersionSchema } from '@ricochet/contracts';
import { z } from 'zod';

/** Deeper ones are no configuration: they are there to overflow the stack of who walks through them. */
const MAX_DEPTH = 32;
const MAX_LOG_LINES = 1_000;
const MAX_CONTROLS = 500;

/** An xApp's configuration; its own schema says more. */
export const configSchema = z
  .record(z.string(), z.unknown())
  .refine((config) => isFlat(config, MAX_DEPTH), `expected at most ${MAX_DEPTH} levels`);

/** A whole number in a query. */
const count = (max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(max));

export const deployBody = z.strictObject({
  name: xAppNameSchema,
  version: xAppVersionSchema.optional(),
  config: configSchema.optional(),
  priority: xAppPrioritySchema.optional(),
});
export type DeployBody = z.infer<typeof deployBody>;

export const configureBody = z
  .strictObject({ config: configSchema.optional(), priority: xAppPrioritySchema.optional() })
  .refine(
    ({ config, priority }) => config !== undefined || priority !== undefined,
    'expected config or priority',
  );
export type ConfigureBody = z.infer<typeof configureBody>;

export const upgradeBody = z.strictObject({
  version: xAppVersionSchema.optional(),
  config: configSchema.optional(),
});
export type UpgradeBody = z.infer<typeof upgradeBody>;

export const onboardBody = z.strictObject({
  /** Of a folder or a gzipped tar file on the machine of the RIC. */
  path: z.string().max(4_096).refine(isAbsolute, 'expected an absolute path'),
});
export type OnboardBody = z.infer<typeof onboardBody>;

export const logsQuery = z.strictObject({
  version: xAppVersionSchema.optional(),
  lines: count(MAX_LOG_LINES).optional(),
});
export type LogsQuery = z.infer<typeof logsQuery>;

export const controlsQuery = z.strictObject({
  xapp: xAppNameSchema.optional(),
  node: z.string().min(1).max(256).optional(),
  last: count(MAX_CONTROLS).prefault('20'),
});
export type ControlsQuery = z.infer<typeof controlsQuery>;

/** Whether nothing in it lies below so many levels. */
function isFlat(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isFlat(inner, levels - 1));
}
