import { type Duplex } from 'node:stream';

/**
 * Answers pings with pongs; of pings that come while the peer reads nothing, the latest alone (RFC 6455 clause 5.5.3):
 * answers would fill the memory.
 */
export class Pongs {
  private latest: Uint8Array | undefined;

  constructor(
    private readonly socket: Pick<Duplex, 'writableNeedDrain' | 'once'>,
    private readonly send: (payload: Uint8Array) => void,
  ) {}

  answer(payload: Uint8Array): void {
    if (!this.socket.writableNeedDrain) return this.send(payload);
    if (this.latest === undefined) this.socket.once('drain', () => this.sendLatest());
    this.latest = payload;
  }

  private sendLatest(): void {
    const { latest } = this;
    this.latest = undefined;
    if (latest !== undefined) this.send(latest);
  }
}
