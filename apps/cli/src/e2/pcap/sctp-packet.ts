/** Chunk types of SCTP (RFC 9260 clause 3.2), as far as they are read or written. */
export const CHUNK = { data: 0, init: 1, initAck: 2, cookieEcho: 10, cookieAck: 11 } as const;

/** Flags of a DATA chunk: last and first fragment of its message. */
export const DATA_FLAG = { end: 1, begin: 2 } as const;

export const SCTP_HEADER_OCTETS = 12;
export const CHUNK_HEADER_OCTETS = 4;
export const DATA_HEADER_OCTETS = 16;

/** A DATA chunk: a message of the user, or a fragment of one. */
export interface DataChunk {
  readonly tsn: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly streamId: number;
  readonly streamSequence: number;
  readonly ppid: number;
  readonly payload: Uint8Array;
}

export interface SctpPacket {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly verificationTag: number;
  readonly data: readonly DataChunk[];
  /** A chunk goes on where the captured packet ends. */
  readonly isCutOff: boolean;
}

/** `undefined` when there is not even a header. The checksum is not looked at. */
export function readSctp(octets: Uint8Array): SctpPacket | undefined {
  if (octets.length < SCTP_HEADER_OCTETS) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const data: DataChunk[] = [];
  let isCutOff = false;
  for (let at = SCTP_HEADER_OCTETS; at + CHUNK_HEADER_OCTETS <= octets.length;) {
    const length = view.getUint16(at + 2);
    isCutOff = length < CHUNK_HEADER_OCTETS || at + length > octets.length;
    if (isCutOff) break;
    if (view.getUint8(at) === CHUNK.data && length >= DATA_HEADER_OCTETS) {
      data.push(readData(octets.subarray(at, at + length)));
    }
    at += Math.ceil(length / 4) * 4;
  }
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    verificationTag: view.getUint32(4),
    data,
    isCutOff,
  };
}

function readData(chunk: Uint8Array): DataChunk {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const flags = view.getUint8(1);
  return {
    isLast: (flags & DATA_FLAG.end) !== 0,
    isFirst: (flags & DATA_FLAG.begin) !== 0,
    tsn: view.getUint32(4),
    streamId: view.getUint16(8),
    streamSequence: view.getUint16(10),
    ppid: view.getUint32(12),
    payload: chunk.subarray(DATA_HEADER_OCTETS),
  };
}
