import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ResourceLimits } from './resource-watch.js';

const MIB = 1_048_576;
const CPU_PERIOD_US = 100_000;
/** The watch over a process ends it at its limit, in words; the kernel, which has none, comes a little later. */
const MEMORY_MARGIN = 1.25;
/** Where this process moves to: a control group that has children may have no processes (cgroups(7)). */
const OWN_LEAF = 'host';

/**
 * Control groups (Linux, version 2) for children of this process. It can have them where it is alone in a group that is
 * delegated to it: as a service with `Delegate=yes`, say.
 */
export class Cgroup {
  private constructor(private readonly folder: string) {}

  /**
   * Makes room for children in this process's own group.
   * @returns `undefined` where that can not be, and nothing has changed
   */
  static open(root = '/sys/fs/cgroup', self = '/proc/self/cgroup'): Cgroup | undefined {
    try {
      const own = /^0::(.*)$/m.exec(readFileSync(self, 'utf8'))?.[1];
      if (own === undefined) return undefined;
      const folder = join(root, own);
      const controllers = readFileSync(join(folder, 'cgroup.controllers'), 'utf8').trim().split(' ');
      const members = readFileSync(join(folder, 'cgroup.procs'), 'utf8').trim().split('\n');
      const isAlone = members.length === 1 && members[0] === String(process.pid);
      if (!isAlone || !['cpu', 'memory'].every((name) => controllers.includes(name))) return undefined;
      return Cgroup.splitOff(folder);
    } catch {
      return undefined;
    }
  }

  private static splitOff(folder: string): Cgroup {
    const leaf = join(folder, OWN_LEAF);
    mkdirSync(leaf, { recursive: true });
    writeFileSync(join(leaf, 'cgroup.procs'), String(process.pid));
    try {
      writeFileSync(join(folder, 'cgroup.subtree_control'), '+cpu +memory');
    } catch (error) {
      writeFileSync(join(folder, 'cgroup.procs'), String(process.pid));
      rmdirSync(leaf);
      throw error;
    }
    return new Cgroup(folder);
  }

  /** Puts a process into a group of its own. @throws Error */
  enclose(name: string, pid: number, { cpuCores, memoryMiB }: ResourceLimits): void {
    const group = join(this.folder, name);
    mkdirSync(group, { recursive: true });
    const quota = cpuCores === undefined ? 'max' : Math.round(cpuCores * CPU_PERIOD_US);
    writeFileSync(join(group, 'cpu.max'), `${quota} ${CPU_PERIOD_US}`);
    const bytes = memoryMiB === undefined ? 'max' : Math.round(memoryMiB * MIB * MEMORY_MARGIN);
    writeFileSync(join(group, 'memory.max'), String(bytes));
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  }

  /** The group's process has ended. */
  release(name: string): void {
    try {
      rmdirSync(join(this.folder, name));
    } catch {
      // What it left behind keeps its group, and its limits.
    }
  }
}
