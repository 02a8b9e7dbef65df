import { createHash, randomBytes } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import { type Duplex } from 'node:stream';
import { messageOf } from '@ricochet/platform';
import { type Timers } from '@ricochet/e2ap';
import { CLOSE, clientFrame, OPCODE, WebSocketError, type Opcode } from './frame.js';
import { MessageReader } from './message-reader.js';
import { Pongs } from './pongs.js';

/** Hears of one connection; `closed` once, and nothing after it. */
export interface WebSocketListener {
  opened(): void;
  text(text: string): void;
  closed(reason: string): void;
}

export interface WebSocketOptions {
  /** `ws://host:port/path`. */
  readonly url: string;
  readonly timers: Timers;
}

/** Metrics of a thousand UEs are less than one of these. */
const MAX_MESSAGE_BYTES = 4 << 20;
/** What is read in a second; the rest waits with the peer, by the flow control of TCP. */
const MAX_BYTES_A_SECOND = 16 << 20;
const CONNECT_TIMEOUT_MS = 10_000;
/** Nothing heard for so long: a ping; and for as long again: the peer has gone. */
const IDLE_MS = 30_000;
const WINDOW_MS = 1_000;
const LINGER_MS = 1_000;
/** RFC 6455 clause 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * A WebSocket client for text (RFC 6455), without extensions, that a peer can neither fill the memory of nor keep
 * busy: messages and octets a second are bounded, silence ends in a close.
 */
export class WebSocketClient {
  private readonly key = randomBytes(16).toString('base64');
  private readonly reader = new MessageReader(MAX_MESSAGE_BYTES);
  private readonly request: ClientRequest;
  private socket: Duplex | undefined;
  private pongs: Pongs | undefined;
  private isClosed = false;
  private hasHeard = false;
  private hasAsked = false;
  private read = 0;
  private stopWindow: (() => void) | undefined;
  private stopTimer: () => void;

  constructor(
    private readonly options: WebSocketOptions,
    private readonly listener: WebSocketListener,
  ) {
    const { url, timers } = options;
    this.request = request(url.replace(/^ws:/, 'http:'), {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': this.key,
      },
    });
    this.stopTimer = timers.after(CONNECT_TIMEOUT_MS, () =>
      this.end(`no WebSocket within ${CONNECT_TIMEOUT_MS / 1000} s`),
    );
    this.request.on('error', (error) => this.end(messageOf(error)));
    this.request.on('response', ({ statusCode }) =>
      this.end(`answered HTTP ${statusCode}, not as a WebSocket does`),
    );
    this.request.on('upgrade', ({ headers }, socket, first) => {
      if (this.isClosed) return void socket.destroy();
      this.open(socket, first, headers['sec-websocket-accept']);
    });
    this.request.end();
  }

  /** Sends one text; after the close it does nothing. */
  send(text: string): void {
    this.write(OPCODE.text, Buffer.from(text));
  }

  /** Closes without a word of `closed`. */
  close(): void {
    if (this.isClosed) return;
    this.write(OPCODE.close, closePayload(CLOSE.normal));
    this.discard();
  }

  private open(socket: Duplex, first: Buffer, accept: string | undefined): void {
    this.socket = socket;
    this.pongs = new Pongs(socket, (payload) => this.write(OPCODE.pong, payload));
    socket.on('error', (error) => this.end(messageOf(error)));
    socket.on('close', () => this.end('the connection was closed'));
    if (
      accept !==
      createHash('sha1')
        .update(this.key + GUID)
        .digest('base64')
    ) {
      return this.end('accepted as something else than a WebSocket');
    }
    this.watch();
    this.listener.opened();
    if (first.length > 0) this.take(first);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
  }

  private take(chunk: Buffer): void {
    if (this.isClosed) return;
    this.hasHeard = true;
    this.meter(chunk.length);
    try {
      for (const message of this.reader.read(chunk)) {
        if (this.isClosed) return;
        if (message.kind === 'text') this.listener.text(message.text);
        else if (message.kind === 'ping') this.pongs?.answer(message.payload);
        else if (message.kind === 'close') this.end(message.reason);
      }
    } catch (error) {
      if (!(error instanceof WebSocketError)) throw error;
      this.write(OPCODE.close, closePayload(error.code));
      this.end(`sent ${error.message}`);
    }
  }

  private meter(octets: number): void {
    this.stopWindow ??= this.options.timers.after(WINDOW_MS, () => {
      this.stopWindow = undefined;
      this.read = 0;
      this.socket?.resume();
    });
    this.read += octets;
    if (this.read > MAX_BYTES_A_SECOND) this.socket?.pause();
  }

  private watch(): void {
    this.stopTimer();
    this.stopTimer = this.options.timers.after(IDLE_MS, () => {
      if (!this.hasHeard && this.hasAsked) return this.end(`silent for ${(2 * IDLE_MS) / 1000} s`);
      this.hasAsked = !this.hasHeard;
      if (this.hasAsked) this.write(OPCODE.ping, Buffer.alloc(0));
      this.hasHeard = false;
      this.watch();
    });
  }

  private write(opcode: Opcode, payload: Uint8Array): void {
    if (!this.isClosed) this.socket?.write(clientFrame(opcode, payload));
  }

  private end(reason: string): void {
    if (this.isClosed) return;
    this.discard();
    this.listener.closed(reason);
  }

  /** Lets the close frame go out, but waits for no peer that does not read. */
  private discard(): void {
    const { socket } = this;
    this.isClosed = true;
    this.stopTimer();
    this.stopWindow?.();
    if (socket === undefined) return void this.request.destroy();
    socket.resume();
    socket.end();
    const stop = this.options.timers.after(LINGER_MS, () => socket.destroy());
    socket.once('close', stop);
  }
}

function closePayload(code: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return payload;
}
