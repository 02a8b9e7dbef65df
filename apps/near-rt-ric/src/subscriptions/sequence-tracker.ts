const MODULUS = 65_536;

/** Missing numbers that are remembered, to tell an indication that is late from one that comes again. */
const REMEMBERED = 1_024;

/** When an indication was numbered: end of its period. */
export interface ReportTime {
  readonly timeMs: number;
  readonly periodMs: number;
}

/** Tells by sequence numbers which of a subscription's indications are missing, late, or there already. */
export class SequenceTracker {
  private last: { readonly sequenceNumber: number; readonly timeMs: number } | undefined;
  private isResumed = false;
  /** Of late, in the order of their gaps. */
  private readonly missing = new Set<number>();

  /** The node has been subscribed to again: it may count on, or begin anew, and its time too. */
  resume(): void {
    this.isResumed = true;
  }

  /**
   * How many indications are missing directly before this one; `late` for one of those after all, and `duplicate` for
   * one that has come before. Those two are such by their time as well as by their number: a node that counts in a
   * manner of its own loses nothing by it.
   */
  take(sequenceNumber: number, { timeMs, periodMs }: ReportTime): number | 'duplicate' | 'late' {
    const { last, isResumed } = this;
    const ahead = (sequenceNumber - (last?.sequenceNumber ?? 0) + MODULUS) % MODULUS;
    const isAhead = ahead > 0 && ahead < MODULUS / 2;
    if (last !== undefined && !isResumed && !isAhead && timeMs <= last.timeMs) {
      return this.missing.delete(sequenceNumber) ? 'late' : 'duplicate';
    }
    this.last = { sequenceNumber, timeMs };
    this.isResumed = false;
    if (last === undefined) return 0;
    if (isResumed) {
      this.missing.clear();
      const periods = Math.round((timeMs - last.timeMs) / periodMs);
      return periods > 0 && periods % MODULUS === ahead ? periods - 1 : 0;
    }
    if (!isAhead) return 0;
    if (ahead > 1) this.remember(sequenceNumber, ahead - 1);
    return ahead - 1;
  }

  /** The so many numbers before this one are missing. */
  private remember(sequenceNumber: number, count: number): void {
    for (let before = Math.min(count, REMEMBERED); before > 0; before--) {
      this.missing.add((sequenceNumber - before + MODULUS) % MODULUS);
    }
    for (const oldest of this.missing) {
      if (this.missing.size <= REMEMBERED) return;
      this.missing.delete(oldest);
    }
  }
}
