import { CaptureError } from './capture-error.js';
import { type Packet } from './packet.js';
import {
  PCAP_FILE_HEADER_OCTETS,
  PCAP_MAGIC_NS,
  PCAP_MAGIC_US,
  PCAP_PACKET_HEADER_OCTETS,
} from './pcap-format.js';

export function isPcap(octets: Uint8Array): boolean {
  return byteOrderOf(octets) !== undefined;
}

/**
 * The packets of a file of libpcap, in both byte orders and both resolutions of time.
 * @throws {CaptureError} where the file ends early, after the packets before that
 */
export function* readPcap(octets: Uint8Array): Generator<Packet> {
  const order = byteOrderOf(octets);
  if (order === undefined || octets.length < PCAP_FILE_HEADER_OCTETS) {
    throw new CaptureError(`the file header is cut off: ${octets.length} octets`);
  }
  const { littleEndian, perUs } = order;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  // The upper bits tell how long the frame check sequence is.
  const linkType = view.getUint32(20, littleEndian) & 0xffff;
  let number = 1;
  for (let at = PCAP_FILE_HEADER_OCTETS; at < octets.length; number += 1) {
    const start = at + PCAP_PACKET_HEADER_OCTETS;
    const captured = start <= octets.length ? view.getUint32(at + 8, littleEndian) : 0;
    if (start + captured > octets.length) {
      throw new CaptureError(
        `packet ${number} is cut off: the file ends at octet ${octets.length}, the packet at ${start + captured}`,
      );
    }
    const seconds = view.getUint32(at, littleEndian);
    const fraction = view.getUint32(at + 4, littleEndian);
    yield {
      timeUs: seconds * 1e6 + Math.floor(fraction / perUs),
      linkType,
      octets: octets.subarray(start, start + captured),
    };
    at = start + captured;
  }
}

function byteOrderOf(octets: Uint8Array): { littleEndian: boolean; perUs: number } | undefined {
  if (octets.length < 4) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, 4);
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(0, littleEndian);
    if (magic === PCAP_MAGIC_US) return { littleEndian, perUs: 1 };
    if (magic === PCAP_MAGIC_NS) return { littleEndian, perUs: 1000 };
  }
  return undefined;
}
