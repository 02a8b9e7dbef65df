/** LINKTYPE numbers of libpcap, as far as they are read. */
export const LINK_TYPE = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  rawOpenBsd: 14,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  firstUser: 147,
  lastUser: 162,
  ipv4: 228,
  ipv6: 229,
  sctp: 248,
  linuxSll2: 276,
} as const;

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd, vlans: [0x8100, 0x88a8, 0x9100] };

/** Octets before the IP packet. */
const HEADER_OCTETS: ReadonlyMap<number, number> = new Map([
  [LINK_TYPE.null, 4],
  [LINK_TYPE.loop, 4],
  [LINK_TYPE.rawBsd, 0],
  [LINK_TYPE.rawOpenBsd, 0],
  [LINK_TYPE.raw, 0],
  [LINK_TYPE.ipv4, 0],
  [LINK_TYPE.ipv6, 0],
]);

/** Offsets of the EtherType, and of what it tells. */
const ETHERTYPE_AT: ReadonlyMap<number, { type: number; payload: number }> = new Map([
  [LINK_TYPE.ethernet, { type: 12, payload: 14 }],
  [LINK_TYPE.linuxSll, { type: 14, payload: 16 }],
  [LINK_TYPE.linuxSll2, { type: 0, payload: 20 }],
]);

/** Packets of these are PDUs themselves: srsRAN writes E2AP under one of the numbers for users. */
export function isUserLinkType(linkType: number): boolean {
  return linkType >= LINK_TYPE.firstUser && linkType <= LINK_TYPE.lastUser;
}

export function isKnownLinkType(linkType: number): boolean {
  return (
    HEADER_OCTETS.has(linkType) ||
    ETHERTYPE_AT.has(linkType) ||
    isUserLinkType(linkType) ||
    linkType === LINK_TYPE.sctp
  );
}

/** The IP packet in a frame; `undefined` when there is none. */
export function ipPacketIn(linkType: number, frame: Uint8Array): Uint8Array | undefined {
  const header = HEADER_OCTETS.get(linkType);
  if (header !== undefined) return frame.subarray(header);
  const offsets = ETHERTYPE_AT.get(linkType);
  if (offsets === undefined) return undefined;
  let type = uint16(frame, offsets.type);
  let { payload } = offsets;
  // IEEE 802.1Q: two octets of tag, then the EtherType of what follows.
  while (ETHERTYPE.vlans.includes(type)) {
    type = uint16(frame, payload + 2);
    payload += 4;
  }
  return type === ETHERTYPE.ipv4 || type === ETHERTYPE.ipv6 ? frame.subarray(payload) : undefined;
}

/** 0, which is no EtherType, behind the end. */
function uint16(octets: Uint8Array, at: number): number {
  return (octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0);
}
