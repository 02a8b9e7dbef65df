import { LEARNED, SCHEDULER_RULE_NAMES } from '@ricochet/control';
import { learningConfigSchema } from '@ricochet/training';
import { nodeSelectionSchema } from '@ricochet/xapp-sdk';
import { z } from 'zod';

export const schedulerConfigSchema = z.strictObject({
  /** A classical rule, or the actor that has learned. */
  scheduler: z.enum([...SCHEDULER_RULE_NAMES, LEARNED]).default('pf'),
  /** E2 nodes that it acts at; all when absent. */
  nodes: nodeSelectionSchema,
  seed: z.int().nonnegative().default(1),
  learning: learningConfigSchema,
});
export type SchedulerConfig = z.infer<typeof schedulerConfigSchema>;
