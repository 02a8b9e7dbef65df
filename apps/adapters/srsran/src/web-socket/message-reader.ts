import { CLOSE, OPCODE, type Opcode, WebSocketError } from './frame.js';

/** A whole message, or a control frame. */
export type WebSocketMessage =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ping'; readonly payload: Uint8Array }
  | { readonly kind: 'pong' }
  | { readonly kind: 'close'; readonly reason: string };

const CONTROL = 8;
const MAX_CONTROL = 125;
/** One message in more pieces than this is no message: small ones cost memory without having length. */
const MAX_FRAGMENTS = 1_024;
const NOTHING = Buffer.alloc(0);

interface Frame {
  readonly opcode: Opcode;
  readonly isFinal: boolean;
  readonly payload: Buffer;
}

/**
 * Reads what a WebSocket server sends (RFC 6455 clause 5), in whatever pieces it comes. Holds one message of at most
 * `maxBytes`.
 */
export class MessageReader {
  private head = NOTHING;
  private frame: Frame | undefined;
  private filled = 0;
  private fragments: Buffer[] = [];
  private fragmentBytes = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly maxBytes: number) {}

  /** @throws {WebSocketError} when the stream can not go on */
  *read(chunk: Buffer): Generator<WebSocketMessage> {
    let rest = chunk;
    while (rest.length > 0 || this.isFull()) {
      if (this.frame === undefined) rest = this.readHead(rest);
      if (this.frame === undefined) return;
      const { payload } = this.frame;
      const taken = rest.copy(payload, this.filled);
      this.filled += taken;
      rest = rest.subarray(taken);
      if (!this.isFull()) return;
      const message = this.messageOf(this.frame);
      this.frame = undefined;
      if (message !== undefined) yield message;
    }
  }

  private isFull(): boolean {
    return this.frame !== undefined && this.filled === this.frame.payload.length;
  }

  /** Takes the octets of a frame's head, and gives the rest back. */
  private readHead(chunk: Buffer): Buffer {
    const before = this.head.length;
    const head = Buffer.concat([this.head, chunk.subarray(0, 10 - before)]);
    const length = head.length < 2 ? undefined : payloadLength(head);
    if (length === undefined) {
      this.head = head;
      return NOTHING;
    }
    this.head = NOTHING;
    this.frame = this.frameOf(head, length.bytes);
    this.filled = 0;
    return chunk.subarray(length.headBytes - before);
  }

  private frameOf(head: Buffer, bytes: number): Frame {
    const first = head[0]!;
    if ((first & 0x70) !== 0) throw new WebSocketError(CLOSE.protocol, 'a frame with reserved bits');
    if ((head[1]! & 0x80) !== 0) throw new WebSocketError(CLOSE.protocol, 'a masked frame of a server');
    const opcode = (first & 15) as Opcode;
    const isFinal = (first & 0x80) !== 0;
    if (!Object.values(OPCODE).includes(opcode)) {
      throw new WebSocketError(CLOSE.protocol, `a frame of the unknown opcode ${opcode}`);
    }
    if (opcode === OPCODE.binary) throw new WebSocketError(CLOSE.notText, 'a binary message');
    if (opcode >= CONTROL && (!isFinal || bytes > MAX_CONTROL)) {
      throw new WebSocketError(CLOSE.protocol, 'a control frame that is long or in pieces');
    }
    if (opcode < CONTROL && (opcode === OPCODE.continuation) !== this.fragments.length > 0) {
      throw new WebSocketError(CLOSE.protocol, 'pieces of messages out of order');
    }
    if (bytes + (opcode < CONTROL ? this.fragmentBytes : 0) > this.maxBytes) {
      throw new WebSocketError(CLOSE.tooLong, `a message of more than ${this.maxBytes} octets`);
    }
    return { opcode, isFinal, payload: Buffer.allocUnsafe(bytes) };
  }

  private messageOf({ opcode, isFinal, payload }: Frame): WebSocketMessage | undefined {
    if (opcode === OPCODE.ping) return { kind: 'ping', payload };
    if (opcode === OPCODE.pong) return { kind: 'pong' };
    if (opcode === OPCODE.close) return { kind: 'close', reason: reasonOf(payload) };
    this.fragments.push(payload);
    this.fragmentBytes += payload.length;
    if (!isFinal) {
      if (this.fragments.length >= MAX_FRAGMENTS) {
        throw new WebSocketError(CLOSE.tooLong, `a message in more than ${MAX_FRAGMENTS} pieces`);
      }
      return undefined;
    }
    const whole = this.fragments.length === 1 ? payload : Buffer.concat(this.fragments);
    this.fragments = [];
    this.fragmentBytes = 0;
    return { kind: 'text', text: this.decode(whole) };
  }

  private decode(octets: Buffer): string {
    try {
      return this.decoder.decode(octets);
    } catch {
      throw new WebSocketError(CLOSE.badText, 'a text that is not UTF-8');
    }
  }
}

function payloadLength(head: Buffer): { readonly bytes: number; readonly headBytes: number } | undefined {
  const short = head[1]! & 127;
  if (short < 126) return { bytes: short, headBytes: 2 };
  const headBytes = short === 126 ? 4 : 10;
  if (head.length < headBytes) return undefined;
  return { bytes: short === 126 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2)), headBytes };
}

function reasonOf(payload: Buffer): string {
  if (payload.length < 2) return 'closed by the peer';
  const text = payload.toString('utf8', 2);
  return `closed by the peer: ${payload.readUInt16BE(0)}${text === '' ? '' : ` ${text}`}`;
}
