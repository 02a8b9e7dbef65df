import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** `USER_HZ` of Linux. */
const TICKS_A_SECOND = 100;
/** Between two looks at the memory of processes: each holds the one that is looked at up. */
const BREATH_MS = 10;

/** A process below another one. */
export interface ProcessInfo {
  readonly pid: number;
  readonly command: string;
  /** CPU time since it began, user and system, s. */
  readonly cpuS: number;
  readonly rssMiB: number;
  /** Proportional set size: its share of what it has in common with others. */
  readonly pssMiB: number;
}

/** All processes below one, of those that are still there. Linux alone. */
export async function processTree(root: number): Promise<ProcessInfo[]> {
  const infos: ProcessInfo[] = [];
  for (const pid of descendantsOf(root)) {
    const info = infoOf(pid);
    if (info !== undefined) infos.push(info);
    await sleep(BREATH_MS);
  }
  return infos;
}

function descendantsOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : undefined;
    if (stat === undefined) continue;
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const visit = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(root);
  return found;
}

/** proc(5): the command's name, in parentheses, may have spaces; fields are counted behind it. */
function statOf(pid: number): { parent: number; cpuS: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1] ?? 0, cpuS: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_A_SECOND };
  } catch {
    return undefined;
  }
}

function infoOf(pid: number): ProcessInfo | undefined {
  const stat = statOf(pid);
  if (stat === undefined) return undefined;
  let rollup: string;
  let command: string;
  try {
    rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // It has just ended.
    return undefined;
  }
  const mib = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1]) / 1_024;
  return {
    pid,
    command,
    cpuS: stat.cpuS,
    rssMiB: mib('Rss'),
    pssMiB: mib('Pss'),
  };
}
