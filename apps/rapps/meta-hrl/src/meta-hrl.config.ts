import { taskWeightingSchema } from '@ricochet/contracts';
import { RIC_PRESETS, type RicPreset } from '@ricochet/training';
import { z } from 'zod';
import { canaryOptionsSchema } from './canary/canary-guard.js';

/**
 * Of the critic, by preset. The agents that begin with a model that has learned go on at the rate that its training
 * ended with: faster steps would cost them, at first, more than there is to learn.
 */
const LEARNING_RATES: Record<RicPreset, number> = { default: 2e-3, paper: 2e-3, context: 2e-4 };

/** The aggregator's configuration, as a deployment may set it. */
export const metaHrlConfigSchema = z
  .strictObject({
    /** How the meta update weighs the DUs, (15) and (16) of the core paper, and variants. */
    weighting: taskWeightingSchema.default('softmin'),
    /** Wall clock from the opening of a round to its end at the latest. */
    deadlineMs: z.int().positive().max(600_000).default(2_000),
    /** Of the first models. */
    seed: z.int().nonnegative().default(1),
    /** Kind of agents; the xApps' has to be the same. */
    preset: z.enum(RIC_PRESETS).default('default'),
    /** Path of the model file that lineages begin with; fresh networks when absent. */
    initialModel: z.string().min(1).optional(),
    meta: z
      .strictObject({
        /** Of the critic; {@link LEARNING_RATES} when absent. */
        learningRate: z.number().positive().optional(),
        /** The actor's learning rate is that of the critic times this. */
        actorFactor: z.number().positive().default(0.5),
        /** Largest norm of the summed gradient, for each network. */
        clipNorm: z.number().positive().default(1),
        /** Share of the old moving average of a DU's TD variance that a round keeps. */
        varianceMemory: z.number().min(0).lt(1).default(0.9),
      })
      .prefault({}),
    canary: canaryOptionsSchema,
  })
  .transform(({ meta, ...config }) => ({
    ...config,
    meta: { ...meta, learningRate: meta.learningRate ?? LEARNING_RATES[config.preset] },
  }));
export type MetaHrlConfig = z.infer<typeof metaHrlConfigSchema>;
