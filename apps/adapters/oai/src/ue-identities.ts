/** A UE that is away for longer is another one when it comes. */
const RETURN_WITHIN_MS = 10_000;

/** A UE, whatever its RNTI is now. */
export interface UeIdentity {
  readonly ueId: number;
  /** The RNTI that it had when it was first seen, by which it may be configured. */
  readonly firstRnti: number;
}

interface Identity extends UeIdentity {
  rnti: number;
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
  private readonly byNumber = new Map<number, Identity>();

  /** Before each poll. */
  expire(atMs: number): void {
    for (const identity of this.byRnti.values()) {
      if (atMs - identity.seenMs > RETURN_WITHIN_MS) this.forget(identity);
    }
  }

  /** The UE that has an RNTI and, where it is told, a CU UE id. `present`: all RNTIs that are there. */
  of(
    rnti: number,
    number: number | undefined,
    at: { present: ReadonlySet<number>; atMs: number },
  ): UeIdentity {
    const { present, atMs } = at;
    const identity = this.byRnti.get(rnti) ?? this.movedFrom(number, present) ?? this.added(rnti);
    this.forget(identity);
    Object.assign(identity, { rnti, number: number ?? identity.number, seenMs: atMs });
    this.byRnti.set(rnti, identity);
    if (identity.number !== undefined) this.byNumber.set(identity.number, identity);
    return identity;
  }

  private movedFrom(number: number | undefined, present: ReadonlySet<number>): Identity | undefined {
    const identity = number === undefined ? undefined : this.byNumber.get(number);
    return identity === undefined || present.has(identity.rnti) ? undefined : identity;
  }

  private added(rnti: number): Identity {
    return { ueId: this.nextId++, firstRnti: rnti, rnti, number: undefined, seenMs: 0 };
  }

  private forget(identity: Identity): void {
    const { rnti, number } = identity;
    if (this.byRnti.get(rnti) === identity) this.byRnti.delete(rnti);
    if (number !== undefined && this.byNumber.get(number) === identity) this.byNumber.delete(number);
  }
}
