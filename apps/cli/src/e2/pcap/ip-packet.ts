const SCTP = 132;
const IPV4_HEADER_OCTETS = 20;
const IPV6_HEADER_OCTETS = 40;
/** Extension headers of IPv6 (RFC 8200 clause 4): hop-by-hop, routing and destination options; fragment. */
const EXTENSIONS = [0, 43, 60];
const FRAGMENT = 44;

/** What an IP packet says of the SCTP packet in it. */
export type IpContent =
  | {
      readonly kind: 'sctp';
      readonly source: string;
      readonly destination: string;
      readonly payload: Uint8Array;
    }
  | { readonly kind: 'fragment' }
  | { readonly kind: 'other' };

/** Reads IPv4 and IPv6. Checksums are not looked at: hosts that leave them to the network card capture wrong ones. */
export function readIp(packet: Uint8Array): IpContent {
  const version = (packet[0] ?? 0) >> 4;
  if (version === 4 && packet.length >= IPV4_HEADER_OCTETS) return readIpv4(packet);
  if (version === 6 && packet.length >= IPV6_HEADER_OCTETS) return readIpv6(packet);
  return { kind: 'other' };
}

function readIpv4(packet: Uint8Array): IpContent {
  if (packet[9] !== SCTP) return { kind: 'other' };
  const moreFragmentsAndOffset = uint16(packet, 6) & 0x3fff;
  if (moreFragmentsAndOffset !== 0) return { kind: 'fragment' };
  const header = (packet[0]! & 0x0f) * 4;
  // Zero where the network card was to cut it up; behind the end there may be padding of the link.
  const total = uint16(packet, 2) || packet.length;
  return {
    kind: 'sctp',
    source: packet.subarray(12, 16).join('.'),
    destination: packet.subarray(16, 20).join('.'),
    payload: packet.subarray(header, total),
  };
}

function readIpv6(packet: Uint8Array): IpContent {
  let next = packet[6]!;
  let at = IPV6_HEADER_OCTETS;
  for (; EXTENSIONS.includes(next) && at + 8 <= packet.length; at += (packet[at + 1]! + 1) * 8) {
    next = packet[at]!;
  }
  if (next === FRAGMENT) return { kind: 'fragment' };
  if (next !== SCTP) return { kind: 'other' };
  const total = IPV6_HEADER_OCTETS + (uint16(packet, 4) || packet.length);
  return {
    kind: 'sctp',
    source: ipv6Text(packet.subarray(8, 24)),
    destination: ipv6Text(packet.subarray(24, 40)),
    payload: packet.subarray(at, total),
  };
}

/** In the short form of RFC 5952, in brackets. */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => uint16(octets, 2 * i).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname;
}

function uint16(octets: Uint8Array, at: number): number {
  return octets[at]! * 256 + octets[at + 1]!;
}
