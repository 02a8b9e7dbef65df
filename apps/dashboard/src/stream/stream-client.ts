import { type StreamName } from '../feed/frame.js';

/** What of a response a stream needs. */
export interface StreamOutput {
  /** Whether there is room for more at once. */
  write(chunk: Uint8Array): boolean;
  once(event: 'drain', listener: () => void): unknown;
  destroy(): unknown;
}

/** Of these every message counts; of the others the newest alone. */
const CUMULATIVE: ReadonlySet<StreamName> = new Set(['log', 'round', 'run']);

/** One line of the stream, in the form of Server-Sent Events. */
export function streamChunk(name: StreamName, text: string): Uint8Array {
  return Buffer.from(`event: ${name}\ndata: ${text}\n\n`);
}

/**
 * One page that listens. While it does not take what it was sent, the newest message of each name waits for it and
 * nothing else: a slow page costs a few buffers, never a queue.
 */
export class StreamClient {
  private readonly waiting = new Map<StreamName, Uint8Array>();
  private blockedSinceMs: number | undefined;
  private missed = false;
  private readonly gap = streamChunk('gap', '{}');

  constructor(
    private readonly output: StreamOutput,
    private readonly nowMs: () => number,
  ) {}

  /** For how long it has taken nothing. */
  get blockedForMs(): number {
    return this.blockedSinceMs === undefined ? 0 : this.nowMs() - this.blockedSinceMs;
  }

  /** @returns whether an earlier message was given up for this one */
  send(name: StreamName, chunk: Uint8Array): boolean {
    if (this.blockedSinceMs === undefined) {
      this.write(chunk);
      return false;
    }
    if (CUMULATIVE.has(name)) {
      this.missed = true;
      return true;
    }
    const superseded = this.waiting.has(name);
    this.waiting.set(name, chunk);
    return superseded;
  }

  end(): void {
    this.output.destroy();
  }

  private write(chunk: Uint8Array): void {
    if (this.output.write(chunk)) return;
    this.blockedSinceMs = this.nowMs();
    this.output.once('drain', () => this.flush());
  }

  private flush(): void {
    this.blockedSinceMs = undefined;
    const chunks = [...this.waiting.values(), ...(this.missed ? [this.gap] : [])];
    this.waiting.clear();
    this.missed = false;
    if (chunks.length > 0) this.write(Buffer.concat(chunks));
  }
}
