const EVERY_MS = 60_000;

interface Kind {
  toldMs: number;
  /** Since it was told last. */
  held: number;
  total: number;
}

/**
 * Tells the first of each kind of line, and then one a minute with the number of those in between: what goes on for
 * hours, or comes a thousand times a second, must not fill a log. Kinds are few and the caller's own; how often each
 * came is in {@link counts}.
 */
export class RareLines {
  private readonly kinds = new Map<string, Kind>();

  constructor(
    private readonly out: (line: string) => void,
    private readonly nowMs: () => number,
  ) {}

  tell(kind: string, line: string): void {
    const nowMs = this.nowMs();
    const known = this.kinds.get(kind) ?? { toldMs: -Infinity, held: 0, total: 0 };
    this.kinds.set(kind, known);
    known.total += 1;
    if (nowMs - known.toldMs < EVERY_MS) {
      known.held += 1;
      return;
    }
    this.out(known.held === 0 ? line : `${line} (and ${known.held} more like it)`);
    known.toldMs = nowMs;
    known.held = 0;
  }

  /** How often a line of each kind was to be told. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.kinds].map(([kind, { total }]) => [kind, total]));
  }
}
