import { z } from 'zod';
import { DURATION, DURATION_FORMAT, parseDuration } from './duration.js';

/** A duration as people write it; comes out in whole milliseconds. */
export const durationMs = z
  .union([z.string().meta({ pattern: DURATION.source }), z.number().meta({ minimum: 0 })], {
    error: ({ input }) =>
      input === undefined ? `is missing: expected ${DURATION_FORMAT}` : `expected ${DURATION_FORMAT}`,
  })
  .meta({ description: DURATION_FORMAT })
  .transform((value, context) => {
    try {
      return parseDuration(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
      return z.NEVER;
    }
  });

/** A part that can be switched off: `false`, or its settings. */
export function switchable<T extends z.ZodType>(settings: T) {
  return z.union([z.literal(false), settings], { error: 'expected false or a group of keys' }).optional();
}

const cell = z
  .int()
  .min(1)
  .transform((duId) => duId - 1);

/** In the file a cell goes by its DU id, counted from 1; here and in the radio network cells are counted from 0. */
export const cells = z.array(cell).min(1).describe('DUs by their ids, from 1');
