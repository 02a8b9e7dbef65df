import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Duplex } from 'node:stream';

/**
 * The server's side of RFC 6455, as far as srsRAN's remote control shows it: text of at most 16 KiB from clients, no
 * limit to them, pings of its own, and a close after silence. A test double, apart from the adapter's own client so
 * that neither hides a mistake of the other.
 */
export interface WebSocketServerOptions {
  /** Silence after which a client is let go. */
  readonly idleMs: number;
  readonly pingMs: number;
  readonly onText: (client: WebSocketPeer, text: string) => void;
  readonly onBinary: (client: WebSocketPeer) => void;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MAX_PAYLOAD = 16 * 1024;

export class WebSocketServer {
  readonly clients = new Set<WebSocketPeer>();
  /** Clients that came, and pongs of them. */
  accepted = 0;
  pongs = 0;
  private readonly server: Server = createServer((_, response) => response.writeHead(404).end());

  constructor(private readonly options: WebSocketServerOptions) {
    this.server.on('upgrade', ({ headers }, socket) => {
      this.accepted += 1;
      const key = headers['sec-websocket-key'] ?? '';
      const accept = createHash('sha1')
        .update(key + GUID)
        .digest('base64');
      socket.write(
        [
          'HTTP/1.1 101 Switching Protocols',
          'Upgrade: websocket',
          'Connection: Upgrade',
          `Sec-WebSocket-Accept: ${accept}`,
          '\r\n',
        ].join('\r\n'),
      );
      this.clients.add(new WebSocketPeer(this, socket));
    });
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.drop();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get settings(): WebSocketServerOptions {
    return this.options;
  }
}

/** A client, seen from the server. */
export class WebSocketPeer {
  private pending = Buffer.alloc(0);
  private parts: Buffer[] = [];
  private heardAt = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly server: WebSocketServer,
    private readonly socket: Duplex,
  ) {
    const { idleMs, pingMs } = server.settings;
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', () => this.drop());
    socket.on('close', () => this.drop());
    this.timer = setInterval(() => {
      if (Date.now() - this.heardAt > idleMs) this.drop();
      else this.send(9, Buffer.alloc(0));
    }, pingMs);
  }

  /** Sends a text, in frames of so many octets when told. */
  text(text: string, frameBytes = Infinity): void {
    const payload = Buffer.from(text);
    for (let at = 0; at === 0 || at < payload.length; at += frameBytes) {
      const isLast = at + frameBytes >= payload.length;
      this.send(at === 0 ? 1 : 0, payload.subarray(at, at + frameBytes), isLast);
    }
  }

  /** Octets as they are, whatever they mean. */
  raw(octets: Uint8Array): void {
    this.socket.write(octets);
  }

  /** Ends the connection without a word. */
  drop(): void {
    clearInterval(this.timer);
    this.server.clients.delete(this);
    this.socket.destroy();
  }

  private send(opcode: number, payload: Buffer, isLast = true): void {
    if (this.socket.destroyed) return;
    const { length } = payload;
    const head = Buffer.alloc(length > 0xffff ? 10 : length > 125 ? 4 : 2);
    head[0] = (isLast ? 0x80 : 0) | opcode;
    head[1] = length > 0xffff ? 127 : length > 125 ? 126 : length;
    if (length > 0xffff) head.writeUIntBE(length, 4, 6);
    else if (length > 125) head.writeUInt16BE(length, 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  private take(chunk: Buffer): void {
    this.heardAt = Date.now();
    this.pending = Buffer.concat([this.pending, chunk]);
    for (;;) {
      const { pending } = this;
      if (pending.length < 2) return;
      const short = pending[1]! & 127;
      const headBytes = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (pending.length < headBytes + 4) return;
      const length =
        short === 126 ? pending.readUInt16BE(2) : short === 127 ? pending.readUIntBE(4, 6) : short;
      const isMasked = (pending[1]! & 0x80) !== 0;
      if (!isMasked || length > MAX_PAYLOAD) return this.drop();
      const end = headBytes + 4 + length;
      if (pending.length < end) return;
      const mask = pending.subarray(headBytes, headBytes + 4);
      const payload = Buffer.from(pending.subarray(headBytes + 4, end));
      for (let at = 0; at < length; at++) payload[at]! ^= mask[at % 4]!;
      this.pending = pending.subarray(end);
      this.frame(pending[0]!, payload);
    }
  }

  private frame(first: number, payload: Buffer): void {
    const opcode = first & 15;
    if (opcode === 8) return this.drop();
    if (opcode === 9) return this.send(10, payload);
    if (opcode === 10) {
      this.server.pongs += 1;
      return;
    }
    if (opcode === 2) return this.server.settings.onBinary(this);
    this.parts.push(payload);
    if ((first & 0x80) === 0) return;
    const text = Buffer.concat(this.parts.splice(0)).toString();
    this.server.settings.onText(this, text);
  }
}
