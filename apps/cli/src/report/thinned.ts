/** What a curve of a figure has at most, so that a long run's page stays small. */
export const MAX_POINTS = 260;

/** In groups of neighbours of the same size, as many as figures can show. */
export function inGroups<T>(items: readonly T[], maxGroups = MAX_POINTS): T[][] {
  const size = Math.max(1, Math.ceil(items.length / maxGroups));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
