/** A UE that is away for longer is another one when it comes. */
const RETURN_WITHIN_MS = 10_000;

/** A UE, whatever its RNTI is now. */
export interface UeIdentity {
  readonly ueId: number;
  /** The RNTI that it had when it was first seen, by which it may be configured. */
  readonly firstRnti: number;
}

interface Identity extends UeIdentity {
  number: number | undefined;
  seenMs: number;
}

/**
 * Keeps UE ids while RNTIs change: by the CU UE id, which stays over a re-establishment, and which the CU gives to
 * others later. Holds one entry an RNTI at most.
 */
export class UeIdentities {
  private nextId = 0;
  private readonly byRnti = new Map<number, Identity>();

  /** The UE that has an RNTI and, where it is told, a CU UE id. `present`: all RNTIs that are there. */
  of(
    rnti: number,
    number: number | undefined,
    at: { present: ReadonlySet<number>; atMs: number },
  ): UeIdentity {
    const { present, atMs } = at;
    for (const [other, { seenMs }] of this.byRnti) {
      if (atMs - seenMs > RETURN_WITHIN_MS) this.byRnti.delete(other);
    }
    const identity = this.byRnti.get(rnti) ?? this.movedFrom(number, present) ?? this.added(rnti);
    identity.number = number ?? identity.number;
    identity.seenMs = atMs;
    this.byRnti.set(rnti, identity);
    return identity;
  }

  private movedFrom(number: number | undefined, present: ReadonlySet<number>): Identity | undefined {
    if (number === undefined) return undefined;
    const [rnti, identity] =
      [...this.byRnti].find(([other, one]) => one.number === number && !present.has(other)) ?? [];
    if (rnti !== undefined) this.byRnti.delete(rnti);
    return identity;
  }

  private added(rnti: number): Identity {
    return { ueId: this.nextId++, firstRnti: rnti, number: undefined, seenMs: 0 };
  }
}
