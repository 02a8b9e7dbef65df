import { z } from 'zod';
import { networkSchema, type ScenarioNetwork } from './network.schema.js';
import { durationMs } from './schema-parts.js';

const share = z.number().min(0).max(1);

/** A number drawn for each DU, uniformly. */
const range = z
  .strictObject({ min: z.number().nonnegative(), max: z.number().nonnegative() })
  .refine(({ min, max }) => min <= max, { error: 'expected min to be at most max' });

/** What the controllers of a DU are not told; a part that is absent hides nothing. */
const hiddenSchema = z
  .strictObject({
    /** The reward weighs the slices' qualities by the softmax of normal draws of this spread for each DU, not alike. */
    slaWeights: z.strictObject({ spread: z.number().positive() }).optional(),
    /** The reward falls by so much for each unit of share that changes hands from one period to the next. */
    reslicingCost: range.optional(),
    /** Reports come late and get lost, by delays and probabilities drawn for each DU. */
    reports: z
      .strictObject({
        maxDelay: durationMs
          .refine((ms) => ms % 100 === 0, { error: 'expected a multiple of 100 ms' })
          .default(0),
        maxLoss: share.default(0),
      })
      .optional(),
    /** Buffers are told as one of so many levels, each this many times the one below (as a BSR does). */
    buffers: z
      .strictObject({
        levels: z.int().min(2).max(64),
        lowestKbit: z.number().positive(),
        ratio: z.number().gt(1),
      })
      .optional(),
    /** Bursts of interference from outside the network, which nothing announces. */
    interference: z
      .strictObject({
        meanInterval: durationMs.refine((ms) => ms > 0, { error: 'expected more than 0' }),
        duration: durationMs,
        noiseRiseDb: range,
      })
      .optional(),
  })
  .prefault({});

/** What differs between training, validation and test: how much traffic there is, and how wild. */
const splitSchema = z
  .strictObject({ load: networkSchema.shape.load, traffic: networkSchema.shape.traffic })
  .prefault({});

/**
 * A family of tasks: DUs drawn from one distribution. Its three splits draw different DUs; what is chosen is chosen by
 * training and validation, what is reported is measured on the test split.
 */
export const taskFamilySchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens'),
    description: z.string().optional(),
    network: networkSchema.prefault({}),
    quotaMode: z.enum(['exact', 'lend']).default('exact'),
    hidden: hiddenSchema,
    training: splitSchema,
    validation: splitSchema,
    test: splitSchema,
  })
  .transform(({ network, training, validation, test, ...family }) => ({
    ...family,
    network,
    splits: {
      training: networkOf(network, training),
      validation: networkOf(network, validation),
      test: networkOf(network, test),
    },
  }));

export type TaskFamily = z.output<typeof taskFamilySchema>;
export type HiddenInformation = z.output<typeof hiddenSchema>;

export const TASK_SPLITS = ['training', 'validation', 'test'] as const;
export type TaskSplit = (typeof TASK_SPLITS)[number];

function networkOf(
  network: ScenarioNetwork,
  { load, traffic }: z.output<typeof splitSchema>,
): ScenarioNetwork {
  return {
    ...network,
    ...(load !== undefined && { load }),
    ...(traffic !== undefined && { traffic: { ...network.traffic, ...traffic } }),
  };
}
