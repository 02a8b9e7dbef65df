import { BoundedLines, type Timers } from '@ricochet/e2ap';
import { type E2Peer } from './e2-node.js';

const REMEMBERED_FOR_MS = 60_000;
const MAX_REMEMBERED = 100;

/**
 * Lines about peers that have not set up, of whom there may be any number and who come back every second: a line that
 * was told within the minute is not told again, of whomever it is.
 */
export class Strangers {
  private readonly lines: BoundedLines;
  private readonly told = new Set<string>();
  private refused = 0;

  constructor(
    private readonly timers: Timers,
    warn: (line: string) => void,
  ) {
    this.lines = new BoundedLines(timers, warn);
  }

  /** How often somebody was refused. */
  get refusals(): number {
    return this.refused;
  }

  /** Says who is refused, and why. */
  refuse(peer: E2Peer, who: string, why: string): void {
    this.refused += 1;
    this.tell(peer, `${who} refused: ${why}`);
  }

  tell(peer: E2Peer, line: string): void {
    if (this.told.has(line)) return;
    if (this.told.size === 0) this.timers.after(REMEMBERED_FOR_MS, () => this.told.clear());
    if (this.told.size < MAX_REMEMBERED) this.told.add(line);
    this.lines.tell(`${nameOfPeer(peer)}: ${line}`);
  }
}

/** Who is not a node yet. */
export function nameOfPeer({ transport, peer }: E2Peer): string {
  return `E2 peer ${peer}, over ${transport.toUpperCase()}`;
}
