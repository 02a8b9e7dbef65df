import { z } from 'zod';

/** How the agents of a level learn, as a deployment may set it. */
export const learningConfigSchema = z
  .strictObject({
    /** Networks and discounts: ours, or those of the core paper. */
    preset: z.enum(['default', 'paper']).default('default'),
    /** Simulation time from one round of the high level to the next; the low level's are four times as far apart. */
    roundPeriodMs: z.int().positive().default(200),
    /** Whether the agents try actions out. */
    explore: z.boolean().default(true),
  })
  .prefault({});
export type LearningConfig = z.infer<typeof learningConfigSchema>;
