/** What a list of latest lines has that it had not when it was told last: it is told whole, and moves on. */
export function newLines(before: readonly string[], now: readonly string[]): readonly string[] {
  for (let kept = Math.min(before.length, now.length); kept > 0; kept--) {
    const tail = before.slice(-kept);
    if (tail.every((line, i) => line === now[i])) return now.slice(kept);
  }
  return now;
}
