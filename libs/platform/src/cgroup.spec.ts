import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cgroup } from './cgroup.js';

/** Plain files in the place of the kernel's. */
describe('Cgroup', () => {
  let folder: string;
  let own: string;
  let self: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-cgroup-'));
    own = join(folder, 'system.slice', 'ric.service');
    self = join(folder, 'self');
    mkdirSync(own, { recursive: true });
    writeFileSync(self, '1:cpu:/elsewhere\n0::/system.slice/ric.service\n');
    write('cgroup.controllers', 'cpuset cpu io memory pids\n');
    write('cgroup.procs', `${process.pid}\n`);
    write('cgroup.subtree_control', '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(join(own, name), text);
  const read = (name: string): string => readFileSync(join(own, name), 'utf8');

  it('leaves its own group to its children, and gives each its limits', () => {
    const cgroup = Cgroup.open(folder, self);
    expect(read('host/cgroup.procs')).toBe(String(process.pid));
    expect(read('cgroup.subtree_control')).toBe('+cpu +memory');
    cgroup?.enclose('kpi-monitor', 4711, { cpuCores: 0.5, memoryMiB: 128 });
    expect(read('kpi-monitor/cpu.max')).toBe('50000 100000');
    expect(read('kpi-monitor/memory.max')).toBe(String(160 * 1_048_576));
    expect(read('kpi-monitor/cgroup.procs')).toBe('4711');
    cgroup?.enclose('free', 4712, {});
    expect([read('free/cpu.max'), read('free/memory.max')]).toEqual(['max 100000', 'max']);
    cgroup?.release('nobody');
  });

  it.each([
    ['others are in its group', () => write('cgroup.procs', `1\n${process.pid}\n`)],
    ['a controller is not delegated', () => write('cgroup.controllers', 'cpu pids\n')],
    ['the kernel has version 1 alone', () => writeFileSync(self, '1:cpu:/x\n')],
    ['there is no such file system', () => rmSync(own, { recursive: true })],
  ])('does nothing where %s', (_, make) => {
    make();
    expect(Cgroup.open(folder, self)).toBeUndefined();
    expect(existsSync(join(own, 'host'))).toBe(false);
  });
});
