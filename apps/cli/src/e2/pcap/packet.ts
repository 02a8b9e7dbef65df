/** A packet as it was captured, or is to be written. */
export interface Packet {
  /** Since 1970. */
  readonly timeUs: number;
  /** What the octets begin with: a LINKTYPE of libpcap. */
  readonly linkType: number;
  readonly octets: Uint8Array;
}
