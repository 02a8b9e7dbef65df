import { z } from 'zod';
import { durationMs } from './schema-parts.js';

/** Period of the high level's decisions; a round can not come more often. */
const SHORTEST_ROUND_MS = 100;

/** How the DDPG agents learn; it counts where the controller has `ddpg`. */
export const learningSchema = z
  .strictObject({
    /** Networks and discounts: ours, or those of the core paper. */
    preset: z.enum(['default', 'paper']).default('default'),
    /** Simulation time from one meta update of the high level to the next; the low level's are four times as far apart. */
    roundPeriod: durationMs
      .refine((ms) => ms >= SHORTEST_ROUND_MS && ms % SHORTEST_ROUND_MS === 0, {
        error: `expected a multiple of ${SHORTEST_ROUND_MS} ms`,
      })
      .default(200),
    /** How the meta update weighs the DUs (equations 15 and 16 of the core paper, and variants). */
    weighting: z.enum(['softmin', 'uniform', 'static-var', 'softmin-raw', 'softmax-var']).default('softmin'),
    /** Whether the agents try actions out; without it they decide as the model says, and still learn. */
    explore: z.boolean().default(true),
  })
  .prefault({});
