import { type Timers } from '@ricochet/e2ap';
import { BackOff, messageOf } from '@ricochet/platform';

const MS_PER_S = 1_000;
const MAX_RETRY_MS = 300_000;
/** Beyond the one that is being tried. */
const MAX_WAITING = 100;

export interface EventDeliveryOptions {
  readonly timers: Timers;
  /** Of one event, after the first attempt. */
  readonly maxRetries: number;
  /** Before the first of them, then twice as long each time, up to 5 min or this if it is longer. */
  readonly retryTimerS: number;
  /** @throws Error when it was not taken */
  readonly post: (text: string) => Promise<void>;
  /** The oldest events are dropped from now on, as too many wait. Told once until all have been delivered. */
  readonly onBehind: () => void;
  /** All attempts have failed, the last for that reason: nothing more will be delivered. */
  readonly onGivenUp: (reason: string) => void;
}

/** Events on their way to one receiver: one after the other, in order. */
export class EventDelivery {
  private readonly waiting: string[] = [];
  private readonly backOff: BackOff;
  /** What is being tried. */
  private current: string | undefined;
  private failures = 0;
  private isBehind = false;
  private isStopped = false;
  private cancelRetry: (() => void) | undefined;

  constructor(private readonly options: EventDeliveryOptions) {
    const firstMs = options.retryTimerS * MS_PER_S;
    this.backOff = new BackOff(firstMs, Math.max(firstMs, MAX_RETRY_MS));
  }

  push(text: string): void {
    if (this.isStopped) return;
    this.waiting.push(text);
    if (this.current === undefined) void this.next();
    if (this.waiting.length <= MAX_WAITING) return;
    this.waiting.shift();
    if (!this.isBehind) this.options.onBehind();
    this.isBehind = true;
  }

  stop(): void {
    this.isStopped = true;
    this.cancelRetry?.();
  }

  private async next(): Promise<void> {
    this.current ??= this.waiting.shift();
    if (this.current === undefined) {
      this.isBehind = false;
      return;
    }
    try {
      await this.options.post(this.current);
      this.current = undefined;
      this.failures = 0;
      this.backOff.reset();
    } catch (error) {
      if (!this.isStopped) this.failed(messageOf(error));
      return;
    }
    if (!this.isStopped) void this.next();
  }

  private failed(reason: string): void {
    this.failures += 1;
    if (this.failures > this.options.maxRetries) {
      this.stop();
      this.options.onGivenUp(reason);
      return;
    }
    this.cancelRetry = this.options.timers.after(this.backOff.next(), () => void this.next());
  }
}
