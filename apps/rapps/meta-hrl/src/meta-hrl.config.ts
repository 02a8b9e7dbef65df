import { taskWeightingSchema } from '@ricochet/contracts';
import { LEVEL_PRESETS } from '@ricochet/training';
import { z } from 'zod';
import { canaryOptionsSchema } from './canary/canary-guard.js';

/** The aggregator's configuration, as a deployment may set it. */
export const metaHrlConfigSchema = z.strictObject({
  /** How the meta update weighs the DUs, (15) and (16) of the core paper, and variants. */
  weighting: taskWeightingSchema.default('softmin'),
  /** Wall clock from the opening of a round to its end at the latest. */
  deadlineMs: z.int().positive().max(600_000).default(2_000),
  /** Of the first models. */
  seed: z.int().nonnegative().default(1),
  /** Kind of agents; the xApps' has to be the same. */
  preset: z.enum(LEVEL_PRESETS).default('default'),
  meta: z
    .strictObject({
      /** Of the critic. */
      learningRate: z.number().positive().default(2e-3),
      /** The actor's learning rate is that of the critic times this. */
      actorFactor: z.number().positive().default(0.5),
      /** Largest norm of the summed gradient, for each network. */
      clipNorm: z.number().positive().default(1),
      /** Share of the old moving average of a DU's TD variance that a round keeps. */
      varianceMemory: z.number().min(0).lt(1).default(0.9),
    })
    .prefault({}),
  canary: canaryOptionsSchema,
});
export type MetaHrlConfig = z.infer<typeof metaHrlConfigSchema>;
