import { pduExtent } from '@ricochet/e2ap';

/** What came of some octets. */
export interface Reassembled {
  readonly pdus: readonly Uint8Array[];
  /** What follows the PDUs is none and never will be: why, in words. Nothing more can be read. */
  readonly fault?: string;
}

const EMPTY = new Uint8Array();
const SHOWN_OCTETS = 8;

/**
 * Makes whole PDUs of the pieces that SCTP hands out, wherever these begin and end, by the length that PDUs in aligned
 * PER have in their header. Holds no more than one PDU.
 */
export class PduReassembler {
  /** Begins with what is held; has room for more. */
  private held = EMPTY;
  private heldOctets = 0;

  constructor(private readonly maxPduOctets: number) {}

  /** A PDU has begun whose end has not come yet. */
  get isInTheMiddle(): boolean {
    return this.heldOctets > 0;
  }

  take(octets: Uint8Array): Reassembled {
    const pdus: Uint8Array[] = [];
    let rest = this.heldOctets === 0 ? octets : this.append(octets);
    while (rest.length > 0) {
      const extent = pduExtent(rest);
      const fault = this.faultOf(rest, extent);
      if (fault !== undefined) {
        this.hold(EMPTY);
        return { pdus, fault };
      }
      if (extent === undefined || !extent.isExact || extent.octets > rest.length) break;
      pdus.push(rest.subarray(0, extent.octets));
      rest = rest.subarray(extent.octets);
    }
    if (this.heldOctets === 0 || pdus.length > 0) this.hold(rest);
    return { pdus };
  }

  private faultOf(octets: Uint8Array, extent: ReturnType<typeof pduExtent>): string | undefined {
    if (extent === undefined) {
      const shown = Buffer.from(octets.subarray(0, SHOWN_OCTETS)).toString('hex');
      return `not E2AP in APER: it begins with ${shown}`;
    }
    if (extent.octets <= this.maxPduOctets) return undefined;
    return `a PDU of ${extent.isExact ? '' : 'at least '}${extent.octets} octets: ${this.maxPduOctets} are the most taken`;
  }

  /** Doubles the room when there is none left, so that a PDU in n pieces is not copied n times. */
  private append(octets: Uint8Array): Uint8Array {
    const needed = this.heldOctets + octets.length;
    if (needed > this.held.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.held.length));
      larger.set(this.held.subarray(0, this.heldOctets));
      this.held = larger;
    }
    this.held.set(octets, this.heldOctets);
    this.heldOctets = needed;
    return this.held.subarray(0, needed);
  }

  /** Begins with memory of its own: PDUs that were handed out live in the old. */
  private hold(octets: Uint8Array): void {
    this.held = octets.length === 0 ? EMPTY : Uint8Array.from(octets);
    this.heldOctets = octets.length;
  }
}
