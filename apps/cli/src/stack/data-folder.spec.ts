import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOfRunning, takeDataFolder, urlOfRunning } from './data-folder.js';

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

  it("tells this user's other commands where NATS and the API are, as long as it is taken", () => {
    const folder = takeDataFolder(path);
    folder.tellUrl('nats://user:secret@127.0.0.1:1');
    folder.tellApi({ url: 'http://127.0.0.1:2', key: 'secret' });
    for (const file of ['nats.url', 'api.json']) expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
    // To them it is the folder of another process.
    writeFileSync(join(path, 'ricochet.pid'), `${process.ppid}\n`);
    expect(urlOfRunning(path)).toBe('nats://user:secret@127.0.0.1:1');
    expect(apiOfRunning(path)).toEqual({ url: 'http://127.0.0.1:2', key: 'secret' });
    folder.release();
    expect(() => urlOfRunning(path)).toThrow(`no "ricochet up" works in ${path}`);
  });
});
