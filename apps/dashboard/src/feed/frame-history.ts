import { type Frame } from './frame.js';
import { Ring } from './ring.js';
import { thin } from './thin.js';

const MEGA = 1_000_000;
/** Every period of the last minute, and one frame a second of the last ten. */
const RECENT = { entries: 600, length: 16 * MEGA };
const THINNED = { entries: 600, length: 16 * MEGA };
const PERIODS_A_THINNED = 10;

/** The last minutes of a run, as JSON texts that are made once. */
export class FrameHistory {
  private readonly recent = new Ring(RECENT);
  private readonly thinned = new Ring(THINNED);
  private block: Frame[] = [];

  /** Gives the frame's text. */
  add(frame: Frame): string {
    const { timeMs } = frame;
    const text = JSON.stringify(frame);
    this.recent.add({ timeMs, text });
    this.block.push(frame);
    if (this.block.length >= PERIODS_A_THINNED) {
      const [first, ...others] = this.block as [Frame, ...Frame[]];
      this.thinned.add({ timeMs, text: JSON.stringify(thin([first, ...others])) });
      this.block = [];
    }
    return text;
  }

  /** A JSON list: the thinned ones, then those of the last minute. */
  json(): string {
    return `[${[...this.thinned.before(this.recent.firstMs), ...this.recent.before()].join(',')}]`;
  }

  clear(): void {
    this.recent.clear();
    this.thinned.clear();
    this.block = [];
  }
}
