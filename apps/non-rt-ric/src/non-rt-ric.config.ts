import { modelPolicySchema } from '@ricochet/contracts';
import { deploymentSchema, healthConfig, jsonText } from '@ricochet/platform';
import { z } from 'zod';

/** The Non-RT RIC's environment. */
export const nonRtRicConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  RICOCHET_STORE: z.string().min(1).default('.ricochet/non-rt-ric.sqlite'),
  /** `postgres://…`: instead of the file above, a schema of ours in that database. */
  DATABASE_URL: z.string().min(1).optional(),
  /** rApps to host: a JSON list. */
  RICOCHET_RAPPS: jsonText.pipe(z.array(deploymentSchema)).default([]),
  /** What the slices were promised, by service type: JSON, goes into the model policies. */
  RICOCHET_SLA: jsonText.pipe(modelPolicySchema.shape.sla).default({}),
  ...healthConfig,
});
export type NonRtRicConfig = z.infer<typeof nonRtRicConfigSchema>;

export const NON_RT_RIC_CONFIG = Symbol('NonRtRicConfig');
