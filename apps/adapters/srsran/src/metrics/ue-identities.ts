import { type UeEvent } from './metrics-frame.js';

/** One who comes within this time after another went is the same UE, if there is just one who went. */
const RETURN_WITHIN_MS = 10_000;
/** A UE that was in no report for so long is gone, event or not: its RNTI is another's by now. */
const GONE_AFTER_MS = 60_000;

/** A UE, whatever its RNTI is now. */
export interface UeIdentity {
  readonly ueId: number;
  /** The RNTI that it had when it was first seen, by which it may be configured. */
  readonly firstRnti: number;
}

interface Identity extends UeIdentity {
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
   * Takes note of what happened before a report of the RNTIs that are there. One that came and went again, or is not
   * there, was an access that failed.
   * @returns a line for each UE that is taken for one that had gone
   */
  happened(events: readonly UeEvent[], there: ReadonlySet<number>, atMs: number): readonly string[] {
    const latest = new Map(events.map(({ rnti, event_type }) => [rnti, event_type]));
    const created = new Set(
      events.flatMap(({ rnti, event_type }) => (event_type === 'ue_create' ? rnti : [])),
    );
    const came = [...created].filter((rnti) => there.has(rnti) && latest.get(rnti) !== 'ue_rem');
    for (const { event_type, rnti } of events) if (event_type === 'ue_rem') this.leave(rnti, atMs);
    // An RNTI that is given anew is no longer that of the UE who had it.
    for (const rnti of created) this.leave(rnti, atMs);
    for (const [rnti, { seenMs }] of this.gone) {
      if (atMs - seenMs > RETURN_WITHIN_MS) this.gone.delete(rnti);
    }
    const [one] = came;
    const [[oldRnti, identity] = []] = this.gone;
    if (one === undefined || identity === undefined || oldRnti === undefined) return [];
    if (came.length > 1 || this.gone.size > 1) return [];
    this.gone.clear();
    this.present.set(one, { ...identity, seenMs: atMs });
    return [`UE ${identity.ueId} is back, as RNTI ${hex(one)} after ${hex(oldRnti)}`];
  }

  /** The UE that has an RNTI now. */
  of(rnti: number, atMs: number): UeIdentity {
    const known = this.present.get(rnti);
    if (known !== undefined && atMs - known.seenMs <= GONE_AFTER_MS) {
      known.seenMs = atMs;
      return known;
    }
    const identity = { ueId: this.nextId++, firstRnti: rnti, seenMs: atMs };
    this.present.set(rnti, identity);
    return identity;
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
