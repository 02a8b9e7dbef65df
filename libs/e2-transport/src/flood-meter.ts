import { type Timers } from '@ricochet/e2ap';

const SECOND_MS = 1_000;

/** What one peer may send within a second. */
export interface FloodLimits {
  /** Default 20,000. */
  readonly maxPdusPerS: number;
  /** Default 64 MiB. */
  readonly maxOctetsPerS: number;
}

export const DEFAULT_FLOOD_LIMITS: FloodLimits = { maxPdusPerS: 20_000, maxOctetsPerS: 64 * 1024 * 1024 };

export interface FloodMeterOptions {
  readonly limits: FloodLimits;
  readonly timers: Timers;
  /** The second has passed, and all is counted from nothing. */
  readonly onSecondOver?: () => void;
}

/** Counts what a peer sends within a second, which begins with the first message in it. */
export class FloodMeter {
  private pdus = 0;
  private octets = 0;
  private stopTimer: (() => void) | undefined;

  constructor(private readonly options: FloodMeterOptions) {}

  /** Counts messages; gives in words what was too much of this second, if it was. */
  count(pdus: number, octets: number): string | undefined {
    const { limits, timers } = this.options;
    this.pdus += pdus;
    this.octets += octets;
    this.stopTimer ??= timers.after(SECOND_MS, () => this.begin());
    if (this.pdus > limits.maxPdusPerS) return `more than ${limits.maxPdusPerS} PDUs within a second`;
    if (this.octets > limits.maxOctetsPerS) return `more than ${limits.maxOctetsPerS} octets within a second`;
    return undefined;
  }

  stop(): void {
    this.stopTimer?.();
  }

  private begin(): void {
    this.stopTimer = undefined;
    this.pdus = 0;
    this.octets = 0;
    this.options.onSecondOver?.();
  }
}
