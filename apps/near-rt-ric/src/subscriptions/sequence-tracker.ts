const MODULUS = 65_536;

/** Finds gaps in the sequence numbers of one subscription's indications. */
export class SequenceTracker {
  private last: { sequenceNumber: number; timeMs: number } | undefined;

  /**
   * How many indications are missing directly before this one. A report that is not later than the last one
   * comes from a node that began anew: nothing is missing then.
   */
  missedBefore(sequenceNumber: number, timeMs: number): number {
    const { last } = this;
    this.last = { sequenceNumber, timeMs };
    if (last === undefined || timeMs <= last.timeMs) return 0;
    return (sequenceNumber - last.sequenceNumber - 1 + MODULUS) % MODULUS;
  }
}
