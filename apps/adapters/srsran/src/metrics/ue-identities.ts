import { type UeEvent } from './metrics-frame.js';

/** One who comes within this time after another went is the same UE, if there is just one who went. */
const RETURN_WITHIN_MS = 10_000;
/** A UE that was in no report for so long is gone, event or not: its RNTI is another's by now. */
const GONE_AFTER_MS = 60_000;

interface Identity {
  readonly ueId: number;
  seenMs: number;
}

/**
 * Keeps UE ids while RNTIs change. A gNB names a UE by an RNTI that ends with the connection; that a UE came back under
 * another one can only be guessed: when just one had gone within ten seconds and just one came. A wrong guess would mix
 * up two UEs, so with two candidates there is none. Holds one entry an RNTI at most.
 */
export class UeIdentities {
  private nextId = 0;
  private readonly present = new Map<number, Identity>();
  private readonly gone = new Map<number, Identity>();

  /**
   * Takes note of what happened before a report of the RNTIs that are there.
   * @returns a line for each UE that is taken for one that had gone
   */
  happened(events: readonly UeEvent[], atMs: number): readonly string[] {
    const came = events.filter((event) => event.event_type === 'ue_create').map(({ rnti }) => rnti);
    for (const { event_type, rnti } of events) if (event_type === 'ue_rem') this.leave(rnti, atMs);
    // An RNTI that is given anew is no longer that of the UE who had it.
    for (const rnti of came) this.leave(rnti, atMs);
    for (const [rnti, { seenMs }] of this.gone) {
      if (atMs - seenMs > RETURN_WITHIN_MS) this.gone.delete(rnti);
    }
    const [one] = came;
    const [[oldRnti, identity] = []] = this.gone;
    if (one === undefined || identity === undefined || oldRnti === undefined) return [];
    if (came.length > 1 || this.gone.size > 1) return [];
    this.gone.clear();
    this.present.set(one, { ueId: identity.ueId, seenMs: atMs });
    return [`UE ${identity.ueId} is back, as RNTI ${hex(one)} after ${hex(oldRnti)}`];
  }

  /** The id of the UE that has an RNTI now. */
  idOf(rnti: number, atMs: number): number {
    const known = this.present.get(rnti);
    if (known !== undefined && atMs - known.seenMs <= GONE_AFTER_MS) {
      known.seenMs = atMs;
      return known.ueId;
    }
    const ueId = this.nextId++;
    this.present.set(rnti, { ueId, seenMs: atMs });
    return ueId;
  }

  /** The gNB has begun anew, and gives its RNTIs to others. */
  forget(): void {
    this.present.clear();
    this.gone.clear();
  }

  private leave(rnti: number, atMs: number): void {
    const identity = this.present.get(rnti);
    if (identity === undefined) return;
    this.present.delete(rnti);
    this.gone.set(rnti, { ...identity, seenMs: atMs });
  }
}

/** As gNBs print an RNTI. */
function hex(rnti: number): string {
  return `0x${rnti.toString(16)}`;
}
