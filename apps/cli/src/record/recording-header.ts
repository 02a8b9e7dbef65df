import { z } from 'zod';

const changeSchema = z.strictObject({
  /** Simulation time at which it was in force. */
  atMs: z.int().positive(),
  xapp: z.string(),
  /** Absent: the one that there was. */
  version: z.string().optional(),
  /** Where that version was taken from. */
  package: z.strictObject({ path: z.string(), digest: z.string() }).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});
/** Another version or configuration of an xApp from some time on. */
export type XAppChange = z.infer<typeof changeSchema>;

const xappSchema = z.strictObject({
  name: z.string(),
  /** Its folder. */
  path: z.string(),
  version: z.string(),
  /** SHA-256 over its files. */
  digest: z.string(),
  config: z.record(z.string(), z.unknown()),
});

/** All that a run needs to be made again, and what its hash holds for. */
export const recordingHeaderSchema = z.strictObject({
  mode: z.enum(['lockstep', 'real-time']),
  scenario: z.strictObject({
    name: z.string(),
    /** The file's name and text; absent in a recording of others' RIC. */
    file: z
      .string()
      .regex(/^(?!\.*$)[^/\\\p{Cc}]{1,255}$/u, 'expected the name of a file')
      .optional(),
    text: z.string().optional(),
    /** As it was understood, defaults filled in. */
    resolved: z.unknown().optional(),
  }),
  /** Folder that paths of xApps are relative to. */
  packagesFrom: z.string(),
  seed: z.int().nonnegative(),
  untilMs: z.int().nonnegative(),
  speed: z.number().positive(),
  controller: z.string(),
  configHash: z.string(),
  versions: z.record(z.string(), z.string()),
  /** What computed the learning, where there was some. */
  engine: z.string().optional(),
  xapps: z.array(xappSchema),
  /** The model file that the learning began with, where the scenario names one by its path. */
  model: z.strictObject({ path: z.string(), sha256: z.string() }).optional(),
  changes: z.array(changeSchema),
  /** The recording that it was forked from. */
  parent: z.strictObject({ file: z.string(), hash: z.string(), atMs: z.int() }).optional(),
});
export type RecordingHeader = z.infer<typeof recordingHeaderSchema>;

export const recordingEndSchema = z.strictObject({
  messages: z.int().nonnegative(),
  hash: z.string(),
  /** Of the KPIs, as a summary has it. */
  kpiHash: z.string().nullable(),
});
export type RecordingEnd = z.infer<typeof recordingEndSchema>;
