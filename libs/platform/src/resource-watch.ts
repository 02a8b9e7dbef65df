import { type ProcessUsage } from './process-usage.js';

/** What a process may use. */
export interface ResourceLimits {
  readonly memoryMiB?: number | undefined;
  /** Mean over {@link CPU_WINDOW_MS}, in cores. */
  readonly cpuCores?: number | undefined;
}

export const CPU_WINDOW_MS = 5_000;
const MIB = 1_048_576;

/** What is to be done: the operator warned, or the process ended; `reason` says what it uses. */
export interface Verdict {
  readonly action: 'warn' | 'end';
  readonly reason: string;
}

interface Sample {
  readonly atMs: number;
  readonly cpuMs: number;
}

/** Holds one process against its limits: memory at once, CPU over a window, with a warning one window before the end. */
export class ResourceWatch {
  private since: Sample | undefined;
  private isWarned = false;

  constructor(private readonly limits: ResourceLimits) {}

  /** @param atMs of one clock, rising */
  take({ rssBytes, cpuMs }: ProcessUsage, atMs: number): Verdict | undefined {
    const { memoryMiB } = this.limits;
    const usedMiB = Math.round(rssBytes / MIB);
    if (memoryMiB !== undefined && rssBytes > memoryMiB * MIB) {
      return { action: 'end', reason: `it used ${usedMiB} MiB of memory, ${memoryMiB} are its limit` };
    }
    return this.judgeCpu({ atMs, cpuMs });
  }

  private judgeCpu(now: Sample): Verdict | undefined {
    const { cpuCores } = this.limits;
    const since = (this.since ??= now);
    const elapsedMs = now.atMs - since.atMs;
    if (cpuCores === undefined || elapsedMs < CPU_WINDOW_MS) return undefined;
    this.since = now;
    const cores = (now.cpuMs - since.cpuMs) / elapsedMs;
    if (cores <= cpuCores) {
      this.isWarned = false;
      return undefined;
    }
    const seconds = Math.round(elapsedMs / 1_000);
    const reason = `it used ${cores.toFixed(2)} cores over ${seconds} s, ${cpuCores} are its limit`;
    if (this.isWarned) return { action: 'end', reason };
    this.isWarned = true;
    return { action: 'warn', reason };
  }
}
