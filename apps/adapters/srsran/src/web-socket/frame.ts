import { randomBytes } from 'node:crypto';

/** Opcodes of RFC 6455 clause 5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Opcode = (typeof OPCODE)[keyof typeof OPCODE];

/** Why a connection is closed, RFC 6455 clause 7.4.1. */
export const CLOSE = { normal: 1000, protocol: 1002, notText: 1003, badText: 1007, tooLong: 1009 } as const;

/** What a peer sent is no WebSocket, or more than is taken. */
export class WebSocketError extends Error {
  override readonly name = 'WebSocketError';

  constructor(
    /** For the close frame. */
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A frame as a client sends it: final, masked (RFC 6455 clause 5.3). */
export function clientFrame(opcode: Opcode, payload: Uint8Array): Buffer {
  const long = payload.length > 0xffff;
  const extended = payload.length > 125;
  const head = Buffer.alloc(2 + (long ? 8 : extended ? 2 : 0));
  head[0] = 0x80 | opcode;
  if (long) {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  } else if (extended) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 0x80 | payload.length;
  }
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let at = 0; at < masked.length; at++) masked[at]! ^= mask[at & 3]!;
  return Buffer.concat([head, mask, masked]);
}
