import { readFileSync } from 'node:fs';

/** Of Linux on every machine that Node runs on. */
const PAGE_BYTES = 4_096;
const MS_PER_TICK = 10;

/** What a process uses. */
export interface ProcessUsage {
  readonly rssBytes: number;
  /** Since it began, of all its threads, in user and kernel mode. */
  readonly cpuMs: number;
}

/**
 * Reads it from `/proc` (proc(5)); `undefined`: no such process, or no such folder. In place, as nothing of it is on a
 * disk: some 10 us, a small part of what it costs by way of the thread pool.
 */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, in parentheses that may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [utime, stime, rssPages] = [fields[11], fields[12], fields[21]].map(Number);
    if (utime === undefined || stime === undefined || rssPages === undefined) return undefined;
    return { rssBytes: rssPages * PAGE_BYTES, cpuMs: (utime + stime) * MS_PER_TICK };
  } catch {
    return undefined;
  }
}
