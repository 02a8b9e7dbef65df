import { E2_CODEC_NAMES } from '@ricochet/e2ap';
import { healthConfig } from '@ricochet/platform';
import { z } from 'zod';

/** The E2 simulator's environment. */
export const simConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  /** Path of the scenario file. */
  RICOCHET_SCENARIO: z.string().min(1),
  RICOCHET_SEED: z.coerce.number().int().min(0).default(1),
  RICOCHET_MODE: z.enum(['real-time', 'lockstep']).default('real-time'),
  /** Simulated over wall time, in real time alone. */
  RICOCHET_SPEED: z.coerce.number().positive().max(100).default(1),
  /** Simulation time at which the run ends, ms; 0: never, and the time line begins again after its duration. */
  RICOCHET_UNTIL_MS: z.coerce.number().int().nonnegative().default(0),
  /** What E2AP is written in; the RIC's too. */
  RICOCHET_E2_CODEC: z.enum(E2_CODEC_NAMES).default('aper'),
  /** What decides, for the records. */
  RICOCHET_CONTROLLER: z.string().default(''),
  RICOCHET_CONFIG_HASH: z.string().default(''),
  RICOCHET_RUN_ID: z.string().optional(),
  ...healthConfig,
});
export type SimConfig = z.infer<typeof simConfigSchema>;
