import { pduChoices } from './pdu.js';

/** How far a PDU reaches, as far as its first octets tell. */
export interface PduExtent {
  /** Octets of the whole PDU; where that is not exact yet, the least that they are. */
  readonly octets: number;
  readonly isExact: boolean;
}

/** Choice, procedure code and criticality; the length of the open type follows. */
const HEADER_OCTETS = 3;
const FRAGMENT_OCTETS = 16_384;

/**
 * Where the PDU ends that the octets begin with, by the length of its outer open type (X.691 11.9: one octet below
 * 128, two below 16,384, else fragments of 16,384 to 65,536 octets, each with a length of its own and the last one
 * below 16,384). `undefined` when they do not begin like a PDU.
 */
export function pduExtent(octets: Uint8Array): PduExtent | undefined {
  const [first = 0, , third = 0] = octets;
  if (first >> 5 >= pduChoices.length || third >> 6 === 3) return undefined;
  let at = HEADER_OCTETS;
  for (;;) {
    const length = octets[at];
    if (length === undefined) return { octets: at + 1, isExact: false };
    if (length < 0x80) return { octets: at + 1 + length, isExact: true };
    if (length < 0xc0) {
      const low = octets[at + 1];
      if (low === undefined) return { octets: at + 2, isExact: false };
      return { octets: at + 2 + (((length & 0x3f) << 8) | low), isExact: true };
    }
    const fragments = length & 0x3f;
    if (fragments < 1 || fragments > 4) return undefined;
    at += 1 + fragments * FRAGMENT_OCTETS;
  }
}
