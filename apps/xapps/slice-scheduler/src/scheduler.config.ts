import { LEARNED, SCHEDULER_RULE_NAMES } from '@ricochet/control';
import { learningConfigSchema } from '@ricochet/training';
import { z } from 'zod';

export const schedulerConfigSchema = z.strictObject({
  /** A classical rule, or the actor that has learned. */
  scheduler: z.enum([...SCHEDULER_RULE_NAMES, LEARNED]).default('pf'),
  seed: z.int().nonnegative().default(1),
  learning: learningConfigSchema,
});
export type SchedulerConfig = z.infer<typeof schedulerConfigSchema>;
