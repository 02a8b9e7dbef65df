const MAX_LIMIT = 10_000;

/** What a caller may ask for at once, so that no read holds the writer up for long. */
export function queryLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), MAX_LIMIT));
}
