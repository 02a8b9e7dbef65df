const MS_PER_UNIT = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const;

/** How {@link parseDuration} reads a text. */
export const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/;

/** What {@link parseDuration} understands, in words, for messages and help texts. */
export const DURATION_FORMAT = 'a duration such as "1.5s", "200ms", "2min" or a number of milliseconds';

/**
 * Reads a duration as people write it and gives whole milliseconds: `1.5s`, `200ms`, `2min`, `1h`; a bare
 * number is milliseconds.
 *
 * @throws RangeError with one line that quotes the text, when it is none, negative, or no whole number of ms.
 */
export function parseDuration(value: string | number): number {
  const match = DURATION.exec(String(value).trim());
  if (match === null) throw new RangeError(`expected ${DURATION_FORMAT}, got ${JSON.stringify(value)}`);
  const unit = (match[2] ?? 'ms') as keyof typeof MS_PER_UNIT;
  const exactMs = Number(match[1]) * MS_PER_UNIT[unit];
  const ms = Math.round(exactMs);
  // The tolerance forgives binary fractions: 1.1 * 1000 is 1100.0000000000002.
  if (!Number.isSafeInteger(ms) || Math.abs(exactMs - ms) > 1e-6) {
    throw new RangeError(`expected a whole number of milliseconds, got ${JSON.stringify(value)}`);
  }
  return ms;
}
