import { type Writable } from 'node:stream';

/** What of an HTTP response is used. */
export type EventOutput = Pick<Writable, 'write' | 'end' | 'on' | 'destroy'>;

/** Whole events, in the form in which they are sent. */
export interface EventChunk {
  readonly octets: Buffer;
  readonly events: number;
}

/** What may wait for a reader that is behind. */
const MAX_WAITING_BYTES = 524_288;
/** A browser whose stream has ended tries again after so long. */
const RETRY_MS = 2_000;

/** One reader of the stream: one that is behind loses the oldest events, and is told how many. */
export class EventReader {
  private waiting: EventChunk[] = [];
  private waitingBytes = 0;
  /** `null`: nobody knows how many. */
  private lost: number | null = 0;
  private isBehind = false;
  private wasBehindAtBeat = false;

  constructor(private readonly output: EventOutput) {
    output.on('drain', () => this.drained());
    // Its connection broke: it closes next.
    output.on('error', () => undefined);
    this.write(`retry: ${RETRY_MS}\n\n`);
  }

  take(chunk: EventChunk): void {
    if (!this.isBehind) {
      this.write(chunk.octets);
      return;
    }
    this.waiting.push(chunk);
    this.waitingBytes += chunk.octets.length;
    while (this.waitingBytes > MAX_WAITING_BYTES) {
      const oldest = this.waiting.shift();
      this.waitingBytes -= oldest?.octets.length ?? 0;
      this.lose(oldest?.events ?? 0);
    }
  }

  /** So many events will not come. @param events `null`: nobody knows how many */
  dropped(events: number | null): void {
    this.lose(events);
    if (!this.isBehind) this.tellLost();
  }

  /** All up to this id has been sent. */
  mark(id: string): void {
    this.take({ octets: Buffer.from(`id: ${id}\n\n`), events: 0 });
  }

  /**
   * Says that the connection is there, unless there is something to send anyway.
   * @param id all up to it has been sent
   * @returns whether it goes on: a reader that has taken nothing since the last time is cut off
   */
  beat(id: string): boolean {
    if (this.isBehind && this.wasBehindAtBeat) {
      this.output.destroy();
      return false;
    }
    this.wasBehindAtBeat = this.isBehind;
    if (!this.isBehind) this.write(`: heart-beat\nid: ${id}\n\n`);
    return true;
  }

  end(): void {
    this.output.end();
  }

  private drained(): void {
    this.isBehind = false;
    this.wasBehindAtBeat = false;
    this.tellLost();
    while (!this.isBehind) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      this.waitingBytes -= next.octets.length;
      this.write(next.octets);
    }
  }

  private lose(events: number | null): void {
    this.lost = this.lost === null || events === null ? null : this.lost + events;
  }

  private tellLost(): void {
    if (this.lost === 0) return;
    this.write(`event: dropped\ndata: {"events":${this.lost}}\n\n`);
    this.lost = 0;
  }

  private write(octets: Buffer | string): void {
    this.isBehind = !this.output.write(octets);
  }
}
