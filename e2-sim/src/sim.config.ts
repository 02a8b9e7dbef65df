import { e2AddressSchema } from '@ricochet/e2-transport';
import { E2_CODEC_NAMES, AGENT_PROFILE_NAMES } from '@ricochet/e2ap';
import { healthConfig } from '@ricochet/platform';
import { z } from 'zod';

/** The E2 simulator's environment. */
export const simConfigSchema = z
  .object({
    RICOCHET_NATS_URL: z.url(),
    /** Path of the scenario file. */
    RICOCHET_SCENARIO: z.string().min(1),
    RICOCHET_SEED: z.coerce.number().int().min(0).default(1),
    RICOCHET_MODE: z.enum(['real-time', 'lockstep']).default('real-time'),
    /** Simulated over wall time, in real time alone. */
    RICOCHET_SPEED: z.coerce.number().positive().max(100).default(1),
    /** Simulation time at which the run ends, ms; 0: never, and the time line begins again after its duration. */
    RICOCHET_UNTIL_MS: z.coerce.number().int().nonnegative().default(0),
    /** Where the RIC is that the nodes connect to: `nats` is the one on that server, or `sctp://host:port`. */
    RICOCHET_E2: e2AddressSchema.prefault('nats'),
    /** Whose E2 agent the nodes behave like. */
    RICOCHET_E2_PROFILE: z.enum(AGENT_PROFILE_NAMES).default('oran'),
    /** What E2AP is written in; the RIC's too. */
    RICOCHET_E2_CODEC: z.enum(E2_CODEC_NAMES).default('aper'),
    /** What decides, for the records. */
    RICOCHET_CONTROLLER: z.string().default(''),
    RICOCHET_CONFIG_HASH: z.string().default(''),
    /** In lockstep simulation time waits so often for who records, ms, a multiple of 10; 0: never. */
    RICOCHET_GATE_MS: z.coerce.number().int().nonnegative().multipleOf(10).default(0),
    RICOCHET_RUN_ID: z.string().optional(),
    ...healthConfig,
  })
  .refine(
    ({ RICOCHET_E2, RICOCHET_E2_CODEC }) => RICOCHET_E2.kind === 'nats' || RICOCHET_E2_CODEC === 'aper',
    {
      path: ['RICOCHET_E2_CODEC'],
      message: 'over SCTP E2AP is aligned PER: "json" is for RICOCHET_E2=nats',
    },
  );
export type SimConfig = z.infer<typeof simConfigSchema>;
