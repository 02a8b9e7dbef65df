import { type Frame } from '../../../src/feed/frame.js';
import { thin } from '../../../src/feed/thin.js';

const FULL = 600;
const BLOCK = 10;
const THINNED = 600;

/** The frames of a run: every period of the last minute, thinned ones before. */
export class Frames {
  private list: Frame[] = [];
  /** How many of the first are thinned. */
  private thinned = 0;

  get all(): readonly Frame[] {
    return this.list;
  }

  get last(): Frame | undefined {
    return this.list[this.list.length - 1];
  }

  add(frame: Frame): void {
    if (this.last !== undefined && frame.index <= this.last.index) return;
    this.list.push(frame);
    if (this.list.length - this.thinned < FULL + BLOCK) return;
    const [first, ...others] = this.list.slice(this.thinned, this.thinned + BLOCK);
    if (first === undefined) return;
    this.list.splice(this.thinned, BLOCK, thin([first, ...others]));
    this.thinned += 1;
    if (this.thinned > THINNED) {
      this.list.shift();
      this.thinned -= 1;
    }
  }

  /** Takes what the gateway has kept; what it has not, stays. */
  merge(history: readonly Frame[]): void {
    const first = history[0]?.index ?? Infinity;
    const last = history[history.length - 1]?.index ?? -1;
    const own = this.list;
    const before = own.filter(({ index }) => index < first);
    const after = own.filter(({ index }) => index > last);
    this.list = history.length === 0 ? own : [...before, ...history, ...after];
    const dense = this.list.findIndex((frame, i) => this.list[i + 1]?.index === frame.index + 1);
    this.thinned = dense < 0 ? 0 : dense;
  }

  clear(): void {
    this.list = [];
    this.thinned = 0;
  }

  /** Those of a span of simulation time, ends included. */
  within(fromMs: number, toMs: number): readonly Frame[] {
    const from = firstFrom(this.list, fromMs);
    return this.list.slice(from, firstFrom(this.list, toMs + 1));
  }

  /** The second that ends then, as one frame. */
  secondUntil(timeMs: number): Frame | undefined {
    const end = firstFrom(this.list, timeMs + 1);
    const latest = this.list[end - 1];
    if (latest === undefined) return undefined;
    const begin = firstFrom(this.list, latest.timeMs - 900);
    const [first, ...others] = this.list.slice(begin, end);
    return first === undefined ? undefined : thin([first, ...others]);
  }
}

/** Index of the first that is not before a time. */
function firstFrom(frames: readonly Frame[], timeMs: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle] as Frame).timeMs < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
