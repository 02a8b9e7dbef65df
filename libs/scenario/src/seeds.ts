/** In one range. */
const MOST_SEEDS = 1_000;

/** What {@link parseSeeds} understands, in words. */
export const SEEDS_FORMAT = 'seeds such as 1..5 or 1,4,9';

/**
 * Reads seeds as people write them: `1..5`, `3` or `1,4,9`.
 * @throws RangeError with one line, when it is none, or a seed comes twice
 */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const match = /^\s*(\d+)\s*(?:\.\.\s*(\d+)\s*)?$/.exec(part);
    if (match === null) throw new RangeError(`expected ${SEEDS_FORMAT}`);
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (!Number.isSafeInteger(to) || to < from || to - from >= MOST_SEEDS) {
      throw new RangeError(`expected ${SEEDS_FORMAT}, at most ${MOST_SEEDS} in a range`);
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  if (new Set(seeds).size < seeds.length) throw new RangeError('a seed comes twice');
  return seeds;
}
