import { createHistogram, performance, type RecordableHistogram } from 'node:perf_hooks';
import { type LatencySummary } from '@ricochet/contracts';

const REMEMBERED = 65_536;
const RECENT_MS = 5_000;
const US_PER_MS = 1_000;

/**
 * The loop's latency: from an indication sent to the control that answers it applied. The indication carries
 * a RIC call process id, and the control echoes it (E2AP clause 9.2.18).
 */
export class LatencyMeter {
  private total = createHistogram();
  private recent = createHistogram();
  private before = createHistogram();
  private recentSinceMs = performance.now();
  private readonly sentAtMs = new Float64Array(REMEMBERED);
  private sent = 0;

  /** An indication goes out now; gives its call process id, from 1. */
  indicationSent(): number {
    const place = this.sent++ % REMEMBERED;
    this.sentAtMs[place] = performance.now();
    return place + 1;
  }

  /** The control that echoes the id has been applied. */
  controlApplied(callProcessId: number): void {
    const sentAtMs = this.sentAtMs[callProcessId - 1];
    if (!sentAtMs) return;
    const microseconds = Math.max(1, Math.round((performance.now() - sentAtMs) * US_PER_MS));
    this.total.record(microseconds);
    this.recent.record(microseconds);
  }

  /** Forgets what was measured: the warm-up is over. */
  restart(): void {
    this.total = createHistogram();
  }

  /** Since the start, or the restart. */
  get overall(): LatencySummary {
    return summaryOf(this.total);
  }

  /** Over the last 5 to 10 s. */
  get ofLate(): LatencySummary {
    const nowMs = performance.now();
    if (nowMs - this.recentSinceMs > RECENT_MS) {
      this.recentSinceMs = nowMs;
      this.before = this.recent;
      this.recent = createHistogram();
    }
    return summaryOf(this.before.count > 0 ? this.before : this.recent);
  }
}

function summaryOf(histogram: RecordableHistogram): LatencySummary {
  if (histogram.count === 0) return { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
  return {
    count: histogram.count,
    p50Ms: histogram.percentile(50) / US_PER_MS,
    p90Ms: histogram.percentile(90) / US_PER_MS,
    p99Ms: histogram.percentile(99) / US_PER_MS,
    maxMs: histogram.max / US_PER_MS,
  };
}
