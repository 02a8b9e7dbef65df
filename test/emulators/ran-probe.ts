import { type Surroundings } from '@ricochet/adapter';
import { type RanListener, type RanSample } from '@ricochet/e2-node';
import { waitFor } from '../support/wait-for.js';

const PATIENCE_MS = 120_000;

/** The clock and timers of the machine. */
export const surroundings: Surroundings = {
  timers: {
    after(delayMs, call) {
      const timer = setTimeout(call, delayMs);
      return () => clearTimeout(timer);
    },
  },
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
};

/** Hears of a Ran in place of the E2 node, and waits for what it is to say. */
export class RanProbe implements RanListener {
  readonly samples: RanSample[] = [];
  readonly notices: string[] = [];
  readonly downs: string[] = [];
  ups = 0;

  up(): void {
    this.ups += 1;
  }

  down(reason: string): void {
    this.downs.push(reason);
  }

  sample(sample: RanSample): void {
    this.samples.push(sample);
  }

  notice(line: string): void {
    this.notices.push(line);
  }

  get last(): RanSample {
    const last = this.samples.at(-1);
    if (last === undefined) throw new Error('no sample yet');
    return last;
  }

  /** Steps the gNB until there is a new sample. */
  async next(step: () => void): Promise<RanSample> {
    const before = this.samples.length;
    step();
    let turns = 0;
    await waitFor(
      'a sample',
      () => {
        // Datagrams may be lost, and a gNB may not be connected to yet: it reports again.
        if (++turns % 20 === 0) step();
        return this.samples.length > before;
      },
      PATIENCE_MS,
    );
    return this.last;
  }

  async noticed(pattern: RegExp): Promise<string> {
    return waitFor(
      `a notice of ${pattern.source}`,
      () => this.notices.find((line) => pattern.test(line)),
      PATIENCE_MS,
    );
  }

  async isDown(times = 1): Promise<void> {
    await waitFor(`down, time ${times}`, () => this.downs.length >= times, PATIENCE_MS);
  }

  async isUp(times = 1): Promise<void> {
    await waitFor(`up, time ${times}`, () => this.ups >= times, PATIENCE_MS);
  }
}
