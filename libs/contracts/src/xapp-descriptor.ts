import { z } from 'zod';
import {
  DEFAULT_XAPP_PRIORITY,
  influencesSchema,
  kpiGuardSchema,
  xAppOwnNameSchema,
  xAppPrioritySchema,
} from './xapp.contract.js';

/** The descriptor's name inside a package. */
export const DESCRIPTOR_FILE = 'config-file.json';
/** JSON Schema of the descriptor's `controls`, beside it. */
export const CONTROLS_SCHEMA_FILE = 'schema.json';

/** Semantic Versioning 2.0.0, clause 2, 9 and 10; it names a folder, too. */
export const xAppVersionSchema = z
  .string()
  .max(64)
  .regex(
    /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/,
    'expected a semantic version, 1.2.3',
  );

/** What an xApp may do beyond its own subjects: hear and use learning, read and write another xApp's shared data. */
export const xAppPermissionSchema = z
  .string()
  .regex(/^(?:learning|sdl:[a-z0-9][a-z0-9-]{0,62})$/, 'expected learning or sdl:<name of an xApp>');

const containerSchema = z.looseObject({
  name: z.string().min(1),
  image: z.looseObject({ registry: z.string(), name: z.string().min(1), tag: z.string().min(1) }),
  /** Program and arguments. Absent: the `main` of package.json, with Node. */
  command: z.array(z.string().min(1)).min(1).optional(),
});

const probeSchema = z
  .looseObject({
    httpGet: z.looseObject({ path: z.string(), port: z.union([z.int(), z.string()]) }).optional(),
    exec: z.looseObject({ command: z.array(z.string()).min(1) }).optional(),
    initialDelaySeconds: z.number().nonnegative().optional(),
    periodSeconds: z.number().positive().optional(),
  })
  .refine(({ httpGet, exec }) => httpGet !== undefined || exec !== undefined, 'expected httpGet or exec');

const portSchema = z.looseObject({
  name: z.string().min(1),
  container: z.string().min(1),
  port: z.int().min(1).max(65_535),
  txMessages: z.array(z.string()).optional(),
  rxMessages: z.array(z.string()).optional(),
  policies: z.array(z.int()).optional(),
});

const metricSchema = z.looseObject({
  objectName: z.string(),
  objectInstance: z.string(),
  name: z.string(),
  type: z.string(),
  description: z.string(),
});

/** What a process may use; checked every second. */
export const xAppLimitsSchema = z.strictObject({
  memoryMiB: z.int().min(32).optional(),
  /** Mean over 5 s, in cores. */
  cpuCores: z.number().positive().optional(),
});
export type XAppLimits = z.infer<typeof xAppLimitsSchema>;

/** What OSC's descriptor has no place for. */
const extensionSchema = z.strictObject({
  permissions: z.array(xAppPermissionSchema).default([]),
  priority: xAppPrioritySchema.default(DEFAULT_XAPP_PRIORITY),
  influences: influencesSchema.default({}),
  guard: kpiGuardSchema.optional(),
  limits: xAppLimitsSchema.default({}),
});

/**
 * The xApp descriptor of the O-RAN Software Community (`config-file.json`), as its onboarder takes it; what we do not
 * use is kept as it is. Ours is under `ricochet`.
 */
export const xAppDescriptorSchema = z
  .looseObject({
    xapp_name: xAppOwnNameSchema,
    version: xAppVersionSchema,
    containers: z.array(containerSchema).min(1),
    livenessProbe: probeSchema.optional(),
    readinessProbe: probeSchema.optional(),
    messaging: z.looseObject({ ports: z.array(portSchema) }).optional(),
    /** The configuration; the package's `schema.json` judges it. */
    controls: z.record(z.string(), z.unknown()).default({}),
    metrics: z.array(metricSchema).default([]),
    ricochet: extensionSchema.prefault({}),
  })
  .superRefine(({ containers, messaging }, context) => {
    const names = containers.map(({ name }) => name);
    names.forEach((name, i) => {
      if (names.indexOf(name) === i) return;
      context.addIssue({
        code: 'custom',
        path: ['containers', i, 'name'],
        message: `${name} is there twice`,
      });
    });
    messaging?.ports.forEach(({ container }, i) => {
      if (names.includes(container)) return;
      const path = ['messaging', 'ports', i, 'container'];
      context.addIssue({ code: 'custom', path, message: `there is no container ${container}` });
    });
  });
export type XAppDescriptor = z.infer<typeof xAppDescriptorSchema>;

/** A descriptor, its controls or their schema are not as they must be: one line that names every fault's path. */
export class DescriptorError extends Error {
  override readonly name = 'DescriptorError';
}

/** Reads a parsed descriptor; `where` is what the message names it by. @throws DescriptorError */
export function readXAppDescriptor(value: unknown, where: string = DESCRIPTOR_FILE): XAppDescriptor {
  return judged(xAppDescriptorSchema, value, where);
}

/**
 * Holds controls against their JSON Schema (draft 4, 7 or 2020-12).
 * @returns them with the schema's defaults filled in
 * @throws DescriptorError also when the schema is none
 */
export function readControls(
  controls: unknown,
  schema: Readonly<Record<string, unknown>>,
  where: string = DESCRIPTOR_FILE,
): Record<string, unknown> {
  let judge: z.ZodType;
  try {
    judge = z.fromJSONSchema({ ...schema, type: 'object' });
  } catch (error) {
    throw new DescriptorError(`${CONTROLS_SCHEMA_FILE}: ${(error as Error).message}`);
  }
  return z.record(z.string(), z.unknown()).parse(judged(judge, controls, where));
}

function judged<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${pathText(path) || 'whole'}: ${message}`);
  throw new DescriptorError(`${where}: ${[...new Set(faults)].join('; ')}`);
}

/** `containers[0].image.tag` */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
