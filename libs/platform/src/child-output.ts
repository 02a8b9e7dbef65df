import { type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { seriousMessage } from './serious-message.js';

/** A longer line is cut. */
const MAX_LINE_CHARS = 16_384;
const WINDOW_MS = 1_000;

export interface ChildOutputOptions {
  /** Gets whole lines, with their ends. */
  readonly write: (lines: string) => void;
  /** More is read later: who writes it waits. No bound when absent. */
  readonly maxBytesPerSecond?: number | undefined;
}

/** Follows what a child writes, line by line; a flood of it holds nobody up but the child. */
export class ChildOutput {
  private serious: string | undefined;
  private seriousAtMs = -Infinity;

  constructor(private readonly options: ChildOutputOptions) {}

  /** The last line that was a serious one, unless it came before then. */
  lastWords(sinceMs = -Infinity): string | undefined {
    return this.seriousAtMs >= sinceMs ? this.serious : undefined;
  }

  follow(stream: Readable | null): void {
    if (stream === null) return;
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (text: string): void => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE_CHARS) {
        lines.push(rest);
        rest = '';
      }
      this.takeLines(lines);
    };
    const throttle = this.throttleOf(stream);
    stream.on('data', (chunk: Buffer) => {
      take(decoder.write(chunk));
      throttle(chunk.length);
    });
    stream.on('end', () => {
      if (rest !== '') this.takeLines([rest]);
    });
  }

  private takeLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    for (const line of lines) {
      const serious = seriousMessage(line);
      if (serious !== undefined) [this.serious, this.seriousAtMs] = [serious, performance.now()];
    }
    this.options.write(lines.map((line) => `${line.slice(0, MAX_LINE_CHARS)}\n`).join(''));
  }

  private throttleOf(stream: Readable): (bytes: number) => void {
    const { maxBytesPerSecond } = this.options;
    if (maxBytesPerSecond === undefined) return () => undefined;
    let windowEndsMs = 0;
    let taken = 0;
    return (bytes) => {
      const nowMs = performance.now();
      if (nowMs > windowEndsMs) {
        windowEndsMs = nowMs + WINDOW_MS;
        taken = 0;
      }
      taken += bytes;
      if (taken < maxBytesPerSecond || stream.isPaused()) return;
      stream.pause();
      setTimeout(() => stream.resume(), windowEndsMs - nowMs).unref();
    };
  }
}
