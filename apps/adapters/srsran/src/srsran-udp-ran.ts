import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { type Surroundings } from '@ricochet/adapter';
import { type Ran, type RanListener } from '@ricochet/e2-node';
import { BackOff, ConfigError, messageOf } from '@ricochet/platform';
import { JsonObjects } from './metrics/json-objects.js';
import { MetricsFlow, type SrsranOptions } from './metrics/metrics-flow.js';

export interface SrsranUdpOptions extends SrsranOptions {
  /** Where the gNB sends its metrics to: `metrics.addr` and `metrics.port` of its configuration. */
  readonly bind: { readonly host: string; readonly port: number };
  /** The gNB's address; without it, whoever sends reports while nobody else does. */
  readonly from?: string | undefined;
}

const MAX_OBJECT_BYTES = 256 * 1024;
/** What a gNB sends by far does not reach; what comes beyond it in a second is dropped and counted. */
const MAX_DATAGRAMS_A_SECOND = 500;
const WINDOW_MS = 1_000;
const SILENCE_MS = 10_000;
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [500, 15_000];

/** srsRAN 24.04 to 25.04: JSON metrics as UDP datagrams, and no command that a RIC could use. */
export class SrsranUdpRan implements Ran {
  private readonly backOff = new BackOff(FIRST_RETRY_MS, LAST_RETRY_MS);
  private flow: MetricsFlow | undefined;
  private socket: Socket | undefined;
  /** Whose reports are taken: one gNB's. */
  private sender: { readonly address: string; readonly heardMs: number } | undefined;
  /** What came last, and from where: objects may lie in several datagrams. */
  private pieces: { readonly from: string; readonly objects: JsonObjects } | undefined;
  private datagrams = 0;
  private stopWindow: (() => void) | undefined;
  private stopRetry: (() => void) | undefined;
  private isBound = false;
  private isClosed = false;

  /** @throws {ConfigError} for more cells than one: these releases do not tell whose a report without UEs is */
  constructor(
    private readonly options: SrsranUdpOptions,
    private readonly surroundings: Surroundings,
  ) {
    if (options.cells.length !== 1) {
      throw new ConfigError(
        'srsRAN before 25.10 does not tell its cells apart: one cell can be adapted, not more',
      );
    }
  }

  /** How often what was odd or refused came, by kind. */
  get counts(): Readonly<Record<string, number>> {
    return this.flow?.lines.counts ?? {};
  }

  /** Where datagrams are taken, once they are. */
  get port(): number | undefined {
    return this.isBound ? this.socket?.address().port : undefined;
  }

  start(listener: RanListener): void {
    this.flow = new MetricsFlow(this.options, this.surroundings, listener);
    this.bind(this.flow);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.flow?.close();
    this.stopRetry?.();
    this.stopWindow?.();
    const { socket } = this;
    this.socket = undefined;
    if (socket !== undefined) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  private bind(flow: MetricsFlow): void {
    if (this.isClosed) return;
    const { host, port } = this.options.bind;
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
    this.socket = socket;
    socket.on('message', (datagram, from) => this.take(flow, datagram, from));
    socket.on('error', (error) => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.isBound = false;
      socket.close();
      flow.lost(messageOf(error));
      flow.lines.tell('socket', `No datagrams on ${host}:${port}: ${messageOf(error)}; trying again`);
      this.stopRetry = this.surroundings.timers.after(this.backOff.next(), () => this.bind(flow));
    });
    socket.bind(port, host, () => {
      this.isBound = true;
      this.backOff.reset();
    });
  }

  private take(flow: MetricsFlow, datagram: Buffer, from: RemoteInfo): void {
    if (this.isClosed) return;
    const address = from.address.replace(/^::ffff:/, '');
    const ours = this.senderAddress();
    if (ours !== undefined && ours !== address) {
      flow.lines.tell('stranger', `Datagrams of ${address} are dropped: ${ours} sends metrics`);
      return;
    }
    this.stopWindow ??= this.surroundings.timers.after(WINDOW_MS, () => {
      this.stopWindow = undefined;
      this.datagrams = 0;
    });
    this.datagrams += 1;
    if (this.datagrams > MAX_DATAGRAMS_A_SECOND) {
      flow.lines.tell(
        'flood',
        `More than ${MAX_DATAGRAMS_A_SECOND} datagrams in a second: the rest is dropped`,
      );
      return;
    }
    const origin = `${address} ${from.port}`;
    if (this.pieces?.from !== origin) {
      this.pieces = { from: origin, objects: new JsonObjects(MAX_OBJECT_BYTES) };
    }
    const { objects, lostBytes } = this.pieces.objects.push(datagram);
    if (lostBytes > 0) {
      flow.lines.tell('bytes', `${lostBytes} octets of datagrams belong to no whole JSON object`);
    }
    for (const text of objects) {
      // Who sends anything else must not keep the gNB out.
      if (flow.takeText(text)) this.sender = { address, heardMs: this.surroundings.monotonicMs() };
    }
  }

  /** One gNB a port: another is heard when the first is silent, unless it is told whose they are to be. */
  private senderAddress(): string | undefined {
    const { sender } = this;
    if (this.options.from !== undefined) return this.options.from;
    const isSilent = sender === undefined || this.surroundings.monotonicMs() - sender.heardMs >= SILENCE_MS;
    return isSilent ? undefined : sender.address;
  }
}
