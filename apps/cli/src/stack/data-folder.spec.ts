import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeDataFolder, urlOfRunning } from './data-folder.js';

describe('the data folder', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'ricochet-data-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  it('is for one process at a time', () => {
    // Our parent is a process that runs for certain.
    writeFileSync(join(path, 'ricochet.pid'), `${process.ppid}\n`);
    expect(() => takeDataFolder(path)).toThrow(`${path} is in use by process ${process.ppid}`);
  });

  it("tells this user's other commands where NATS is, as long as it is taken", () => {
    const folder = takeDataFolder(path);
    folder.tellUrl('nats://user:secret@127.0.0.1:1');
    expect(statSync(join(path, 'nats.url')).mode & 0o777).toBe(0o600);
    // To them it is the folder of another process.
    writeFileSync(join(path, 'ricochet.pid'), `${process.ppid}\n`);
    expect(urlOfRunning(path)).toBe('nats://user:secret@127.0.0.1:1');
    folder.release();
    expect(() => urlOfRunning(path)).toThrow(`no "ricochet up" works in ${path}`);
  });
});
