const HEADER_OCTETS = 20;
const VERSION_AND_HEADER_LENGTH = 0x45;
const DO_NOT_FRAGMENT = 0x4000;
const TIME_TO_LIVE = 64;
const SCTP = 132;

export const IPV4_HEADER_OCTETS = HEADER_OCTETS;

export interface Ipv4Header {
  readonly source: string;
  readonly destination: string;
  /** Names the packet, modulo 65536. */
  readonly id: number;
}

/** An IPv4 packet that carries SCTP (RFC 791). */
export function ipv4Packet({ source, destination, id }: Ipv4Header, payload: Uint8Array): Uint8Array {
  const octets = new Uint8Array(HEADER_OCTETS + payload.length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, VERSION_AND_HEADER_LENGTH);
  view.setUint16(2, octets.length);
  view.setUint16(4, id % 65_536);
  view.setUint16(6, DO_NOT_FRAGMENT);
  view.setUint8(8, TIME_TO_LIVE);
  view.setUint8(9, SCTP);
  octets.set(source.split('.').map(Number), 12);
  octets.set(destination.split('.').map(Number), 16);
  view.setUint16(10, checksum(view));
  octets.set(payload, HEADER_OCTETS);
  return octets;
}

/** The complement of the ones' complement sum of the header's 16-bit words. */
function checksum(view: DataView): number {
  let sum = 0;
  for (let at = 0; at < HEADER_OCTETS; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
