import { crc32c } from './crc32c.js';
import {
  CHUNK,
  CHUNK_HEADER_OCTETS,
  DATA_FLAG,
  DATA_HEADER_OCTETS,
  SCTP_HEADER_OCTETS,
  type DataChunk,
} from './sctp-packet.js';

const RECEIVE_WINDOW_OCTETS = 131_072;
const STREAMS = 2;
const STATE_COOKIE = 7;

export interface SctpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly verificationTag: number;
}

/** A packet with its checksum. */
export function sctpPacket(header: SctpHeader, chunk: Uint8Array): Uint8Array {
  const octets = new Uint8Array(SCTP_HEADER_OCTETS + chunk.length);
  const view = new DataView(octets.buffer);
  view.setUint16(0, header.sourcePort);
  view.setUint16(2, header.destinationPort);
  view.setUint32(4, header.verificationTag);
  octets.set(chunk, SCTP_HEADER_OCTETS);
  view.setUint32(8, crc32c(octets), true);
  return octets;
}

export function dataChunk(data: DataChunk): Uint8Array {
  const { tsn, isFirst, isLast, streamId, streamSequence, ppid, payload } = data;
  const flags = (isFirst ? DATA_FLAG.begin : 0) | (isLast ? DATA_FLAG.end : 0);
  const body = new Uint8Array(DATA_HEADER_OCTETS - CHUNK_HEADER_OCTETS + payload.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, tsn);
  view.setUint16(4, streamId);
  view.setUint16(6, streamSequence);
  view.setUint32(8, ppid);
  body.set(payload, DATA_HEADER_OCTETS - CHUNK_HEADER_OCTETS);
  return chunkOf(CHUNK.data, flags, body);
}

/** INIT, or with a cookie INIT ACK. */
export function initChunk(tag: number, firstTsn: number, cookie?: Uint8Array): Uint8Array {
  const parameter = cookie === undefined ? new Uint8Array() : cookieParameter(cookie);
  const body = new Uint8Array(16 + parameter.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, tag);
  view.setUint32(4, RECEIVE_WINDOW_OCTETS);
  view.setUint16(8, STREAMS);
  view.setUint16(10, STREAMS);
  view.setUint32(12, firstTsn);
  body.set(parameter, 16);
  return chunkOf(cookie === undefined ? CHUNK.init : CHUNK.initAck, 0, body);
}

export const cookieEchoChunk = (cookie: Uint8Array): Uint8Array => chunkOf(CHUNK.cookieEcho, 0, cookie);

export const cookieAckChunk = (): Uint8Array => chunkOf(CHUNK.cookieAck, 0, new Uint8Array());

function cookieParameter(cookie: Uint8Array): Uint8Array {
  const octets = new Uint8Array(4 + cookie.length);
  const view = new DataView(octets.buffer);
  view.setUint16(0, STATE_COOKIE);
  view.setUint16(2, octets.length);
  octets.set(cookie, 4);
  return octets;
}

/** With padding to a multiple of four octets. */
function chunkOf(type: number, flags: number, body: Uint8Array): Uint8Array {
  const length = CHUNK_HEADER_OCTETS + body.length;
  const octets = new Uint8Array(Math.ceil(length / 4) * 4);
  const view = new DataView(octets.buffer);
  view.setUint8(0, type);
  view.setUint8(1, flags);
  view.setUint16(2, length);
  octets.set(body, CHUNK_HEADER_OCTETS);
  return octets;
}
