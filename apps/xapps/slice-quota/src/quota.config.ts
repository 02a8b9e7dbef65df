import { LEARNED, SPLIT_RULE_NAMES } from '@ricochet/control';
import { learningConfigSchema } from '@ricochet/training';
import { nodeSelectionSchema } from '@ricochet/xapp-sdk';
import { z } from 'zod';

export const quotaConfigSchema = z.strictObject({
  /** A classical rule, or the actor that has learned. */
  split: z.enum([...SPLIT_RULE_NAMES, LEARNED]).default('need'),
  quotaMode: z.enum(['exact', 'lend']).default('exact'),
  /** E2 nodes that it acts at; all when absent. */
  nodes: nodeSelectionSchema,
  seed: z.int().nonnegative().default(1),
  learning: learningConfigSchema,
});
export type QuotaConfig = z.infer<typeof quotaConfigSchema>;
