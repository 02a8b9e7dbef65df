/** What a curve of a figure has at most, so that a long run's page stays small. */
export const MAX_POINTS = 260;

/** In groups of neighbours of the same size, as many as figures can show. */
export function inGroups<T>(items: readonly T[], maxGroups = MAX_POINTS): T[][] {
  const size = Math.max(1, Math.ceil(items.length / maxGroups));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** Of the values that there are; `null` of none. */
export function meanOrNull(values: readonly (number | null | undefined)[]): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}
