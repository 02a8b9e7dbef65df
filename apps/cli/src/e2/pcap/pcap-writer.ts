import {
  PCAP_FILE_HEADER_OCTETS,
  PCAP_MAGIC_US,
  PCAP_PACKET_HEADER_OCTETS,
  SNAP_OCTETS,
} from './pcap-format.js';

/** What a file of libpcap begins with: version 2.4, little endian, microseconds. */
export function pcapFileHeader(linkType: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(PCAP_FILE_HEADER_OCTETS));
  view.setUint32(0, PCAP_MAGIC_US, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAP_OCTETS, true);
  view.setUint32(20, linkType, true);
  return new Uint8Array(view.buffer);
}

/** A packet behind its header. */
export function pcapPacket(timeUs: number, packet: Uint8Array): Uint8Array {
  const octets = new Uint8Array(PCAP_PACKET_HEADER_OCTETS + packet.length);
  const view = new DataView(octets.buffer);
  view.setUint32(0, Math.floor(timeUs / 1e6), true);
  view.setUint32(4, timeUs % 1e6, true);
  view.setUint32(8, packet.length, true);
  view.setUint32(12, packet.length, true);
  octets.set(packet, PCAP_PACKET_HEADER_OCTETS);
  return octets;
}
