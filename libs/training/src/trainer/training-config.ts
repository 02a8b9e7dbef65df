import { META_METHODS, TASK_WEIGHTINGS } from '@ricochet/rl';
import { z } from 'zod';
import { LEVEL_PRESETS } from '../level-agent.js';

const rate = z.number().positive();
const count = z.int().positive();

/** What validation chose for agents that begin with nothing, and for those that begin as a rule does. */
const FROM_NOTHING = { actorFactor: 0.5, criticShare: 0, exploration: { first: 1, last: 0.3 } };
const FROM_RULES: typeof FROM_NOTHING = {
  actorFactor: 0.2,
  criticShare: 0.1,
  exploration: { first: 0.4, last: 0.1 },
};

/** How a training goes; what is not said is as validation had it. */
export const trainingConfigSchema = z
  .strictObject({
    /** Kind of agents. */
    preset: z.enum(LEVEL_PRESETS).default('default'),
    /** Where a DU's gradient is taken. */
    method: z.enum(META_METHODS).default('fomaml'),
    /** How DUs count in the meta update. */
    weighting: z.enum(TASK_WEIGHTINGS).default('softmin'),
    /** Rounds: in each every network is played for `periods` split periods, and learned from. */
    rounds: count.default(300),
    periods: count.default(10),
    /** Meta updates of each level in a round. */
    updates: z
      .strictObject({ high: z.int().nonnegative().default(12), low: z.int().nonnegative().default(3) })
      .prefault({}),
    /** Transitions of a DU's support batch, and of its query batch, in an update of each level. */
    batch: z.strictObject({ high: count.default(32), low: count.default(16) }).prefault({}),
    /** Radio networks whose DUs are the tasks. */
    networks: count.default(2),
    /** So many DUs of the first network learn, the others only act: 1 for a single task. Absent: all of all networks. */
    learningDus: count.optional(),
    /** Rounds from one reset of the networks to the next. */
    episodeRounds: count.default(10),
    /** Of the critic; the actor's is that times `actorFactor`. */
    learningRate: rate.default(2e-3),
    actorFactor: rate.optional(),
    /** Rounds in which the critics alone learn: an actor that starts from a rule is not to follow fresh ones. */
    criticRounds: z.int().nonnegative().optional(),
    /** Learning rates fall linearly to this part from `decayFrom` of the training on. */
    decayTo: rate.default(0.1),
    decayFrom: z.number().min(0).lt(1).default(0.4),
    /** Part of the agents' noise in the first and in the last round; between them it falls linearly. */
    exploration: z
      .strictObject({ first: z.number().nonnegative(), last: z.number().nonnegative() })
      .partial()
      .prefault({}),
    /** alpha of (11), the inner step. */
    innerRate: rate.default(0.01),
    innerClip: rate.default(1),
    /** Way of the target networks toward the online ones at each update. */
    tau: z.number().positive().max(1).default(0.02),
  })
  .prefault({})
  .transform(({ actorFactor, criticRounds, exploration, ...config }) => {
    const defaults = config.preset === 'context' ? FROM_RULES : FROM_NOTHING;
    return {
      ...config,
      actorFactor: actorFactor ?? defaults.actorFactor,
      criticRounds: criticRounds ?? Math.floor(defaults.criticShare * config.rounds),
      exploration: {
        first: exploration.first ?? defaults.exploration.first,
        last: exploration.last ?? defaults.exploration.last,
      },
    };
  });

export type TrainingConfig = z.output<typeof trainingConfigSchema>;
