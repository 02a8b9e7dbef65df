import { z } from 'zod';
import { durationMs } from './schema-parts.js';

/** Period of the high level's decisions; a round can not come more often. */
const SHORTEST_ROUND_MS = 100;

/** What the learning does unless it is told otherwise, by preset. */
export const LEARNING_DEFAULTS = {
  default: { model: 'none', roundPeriodMs: 200, adaptation: false },
  paper: { model: 'none', roundPeriodMs: 200, adaptation: false },
  /** It begins with a model that has learned: what is left to learn is little, and each DU fits it to itself. */
  context: { model: 'paper', roundPeriodMs: 2_000, adaptation: true },
} as const;

/** How the DDPG agents learn; it counts where the controller has `ddpg`. */
export const learningSchema = z
  .strictObject({
    preset: z
      .enum(['default', 'paper', 'context'])
      .default('default')
      .describe(
        "agents that learn from nothing, the core paper's networks, or those that learn on top of rules",
      ),
    model: z
      .string()
      .min(1)
      .optional()
      .describe('the model to begin with: the name of a shipped one, or a path; "none": fresh networks'),
    /** The low level's are four times as far apart. */
    roundPeriod: durationMs
      .refine((ms) => ms >= SHORTEST_ROUND_MS && ms % SHORTEST_ROUND_MS === 0, {
        error: `expected a multiple of ${SHORTEST_ROUND_MS} ms`,
      })
      .optional()
      .describe('simulation time from one meta update of the high level to the next'),
    /** Equations 15 and 16 of the core paper, and variants. */
    weighting: z
      .enum(['softmin', 'uniform', 'static-var', 'softmin-raw', 'softmax-var'])
      .default('softmin')
      .describe('how the meta update weighs the DUs'),
    explore: z
      .boolean()
      .default(true)
      .describe('whether agents try actions out; without it they decide as the model says, and still learn'),
    engine: z
      .enum(['auto', 'simd128', 'relaxed', 'blas'])
      .optional()
      .describe(
        'what computes: simd128 the same bits everywhere, relaxed and blas faster, auto the fastest there is; ' +
          'absent: simd128 in lockstep, auto in real time',
      ),
    adaptation: z
      .boolean()
      .optional()
      .describe('whether each DU fits the model to itself, where it is better for that'),
  })
  .prefault({})
  .transform(({ preset, model, roundPeriod, adaptation, ...learning }) => {
    const defaults = LEARNING_DEFAULTS[preset];
    return {
      ...{ preset, ...learning },
      model: model ?? defaults.model,
      roundPeriodMs: roundPeriod ?? defaults.roundPeriodMs,
      adaptation: adaptation ?? defaults.adaptation,
    };
  });
