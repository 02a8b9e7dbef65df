import fc from 'fast-check';
import { OPCODE, type Opcode, WebSocketError } from './frame.js';
import { MessageReader, type WebSocketMessage } from './message-reader.js';

const MAX_BYTES = 100_000;

/** A frame as a server sends it. */
function serverFrame(opcode: number, payload: string | Uint8Array, isFinal = true): Buffer {
  const octets = Buffer.from(payload);
  const { length } = octets;
  const head = Buffer.alloc(length > 0xffff ? 10 : length > 125 ? 4 : 2);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = length > 0xffff ? 127 : length > 125 ? 126 : length;
  if (length > 0xffff) head.writeBigUInt64BE(BigInt(length), 2);
  else if (length > 125) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, octets]);
}

/** Reads a stream that comes in pieces of at most so many octets. */
function readAll(stream: Buffer, pieceBytes: number): WebSocketMessage[] {
  const reader = new MessageReader(MAX_BYTES);
  const messages: WebSocketMessage[] = [];
  for (let at = 0; at < stream.length; at += pieceBytes) {
    messages.push(...reader.read(stream.subarray(at, at + pieceBytes)));
  }
  return messages;
}

const read = (...frames: Buffer[]) => readAll(Buffer.concat(frames), Infinity);
const text = (of: string): WebSocketMessage => ({ kind: 'text', text: of });

describe('messages of a WebSocket server', () => {
  it.each([0, 1, 125, 126, 0xffff, 0x10000])('are read with %d octets', (length) => {
    expect(read(serverFrame(OPCODE.text, 'x'.repeat(length)))).toEqual([text('x'.repeat(length))]);
  });

  it('are put together from frames, with control frames in between', () => {
    expect(
      read(
        serverFrame(OPCODE.text, 'a', false),
        serverFrame(OPCODE.ping, 'p'),
        serverFrame(OPCODE.continuation, '', false),
        serverFrame(OPCODE.pong, ''),
        serverFrame(OPCODE.continuation, 'b'),
        serverFrame(OPCODE.close, Buffer.from([3, 232, 111, 107])),
      ),
    ).toEqual([
      { kind: 'ping', payload: Buffer.from('p') },
      { kind: 'pong' },
      text('ab'),
      { kind: 'close', reason: 'closed by the peer: 1000 ok' },
    ]);
  });

  it('are the same in whatever pieces they come', () => {
    const texts = fc.array(fc.string({ maxLength: 300, unit: 'binary' }), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 400 }), (all, pieceBytes) => {
        const stream = Buffer.concat(all.map((one) => serverFrame(OPCODE.text, one)));
        expect(readAll(stream, pieceBytes)).toEqual(all.map((one) => text(Buffer.from(one).toString())));
      }),
    );
  });

  it.each<[string, Buffer[]]>([
    ['reserved bits', [Buffer.from([0xc1, 0])]],
    ['masked', [Buffer.from([0x81, 0x80])]],
    ['unknown opcode 3', [serverFrame(3, '')]],
    ['binary', [serverFrame(OPCODE.binary, 'x')]],
    ['out of order', [serverFrame(OPCODE.continuation, 'x')]],
    ['out of order', [serverFrame(OPCODE.text, 'x', false), serverFrame(OPCODE.text, 'y')]],
    ['control frame', [serverFrame(OPCODE.ping, 'x'.repeat(126))]],
    ['control frame', [serverFrame(OPCODE.close, '', false)]],
    ['not UTF-8', [serverFrame(OPCODE.text, Buffer.from([0xff]))]],
    ['more than 100000 octets', [serverFrame(OPCODE.text, 'x'.repeat(MAX_BYTES + 1)).subarray(0, 10)]],
    [
      'more than 100000 octets',
      [serverFrame(OPCODE.text, 'x', false), serverFrame(OPCODE.continuation, 'x'.repeat(MAX_BYTES))],
    ],
    [
      'more than 1024 pieces',
      [
        serverFrame(OPCODE.text, '', false),
        ...Array.from({ length: 1_024 }, () => serverFrame(OPCODE.continuation, '', false)),
      ],
    ],
  ])('are refused: %s', (words, frames) => {
    expect(() => read(...frames)).toThrow(WebSocketError);
    expect(() => read(...frames)).toThrow(words);
  });

  it('never bring more than a refusal, whatever comes', () => {
    const frame = fc
      .tuple(fc.nat(15), fc.uint8Array({ maxLength: 200 }), fc.boolean())
      .map(([opcode, payload, isFinal]) => serverFrame(opcode as Opcode, payload, isFinal));
    const noise = fc.uint8Array({ maxLength: 50 }).map((octets) => Buffer.from(octets));
    fc.assert(
      fc.property(fc.array(fc.oneof(frame, noise)), fc.integer({ min: 1, max: 100 }), (parts, pieceBytes) => {
        try {
          readAll(Buffer.concat(parts), pieceBytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WebSocketError);
        }
      }),
    );
  });
});
