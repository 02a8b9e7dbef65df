/** What of a log's last lines is new, knowing the last lines of before; all of them when none of those is left. */
export function newLines(before: readonly string[], now: readonly string[]): readonly string[] {
  for (let from = 0; from < before.length; from++) {
    const kept = before.length - from;
    if (kept <= now.length && before.slice(from).every((line, i) => line === now[i])) return now.slice(kept);
  }
  return now;
}
