import { LEARNING_DEFAULTS } from '@ricochet/scenario';
import { ENGINE_KINDS } from '@ricochet/rl';
import { z } from 'zod';
import { RIC_PRESETS } from './level-agent.js';

/** How the agents of a level learn, as a deployment may set it. */
export const learningConfigSchema = z
  .strictObject({
    /** Kind of agents. */
    preset: z.enum(RIC_PRESETS).default('default'),
    /** Simulation time from one round of the high level to the next; the low level's are four times as far apart. */
    roundPeriodMs: z.int().positive().optional(),
    /** Whether the agents try actions out. */
    explore: z.boolean().default(true),
    /** What computes the learning; what acts is always plain. */
    engine: z.enum(ENGINE_KINDS).default('simd128'),
    /** Whether learning steps back behind control; not in lockstep, where simulation time waits for it. */
    givesWay: z.boolean().default(true),
    /** Whether each DU fits the model to itself, where it is better for that. */
    adaptation: z.boolean().optional(),
  })
  .prefault({})
  .transform(({ roundPeriodMs, adaptation, ...config }) => {
    const defaults = LEARNING_DEFAULTS[config.preset];
    return {
      ...config,
      roundPeriodMs: roundPeriodMs ?? defaults.roundPeriodMs,
      adaptation: adaptation ?? defaults.adaptation,
    };
  });
export type LearningConfig = z.infer<typeof learningConfigSchema>;
