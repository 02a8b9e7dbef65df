import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  apiOfRunning,
  folderOfRunning,
  takeDataFolder,
  urlOfRunning,
  type DataFolder,
} from './data-folder.js';

describe('the data folder', () => {
  const stateHome = process.env['XDG_STATE_HOME'];
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'ricochet-data-'));
    process.env['XDG_STATE_HOME'] = join(path, 'state');
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
    if (stateHome === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = stateHome;
  });

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

  it('is found from elsewhere while it is the only one, and can be chosen when it is not', () => {
    const take = (name: string): DataFolder => {
      const folder = takeDataFolder(join(path, name));
      folder.tellUrl(`nats://${name}:1`);
      writeFileSync(join(path, name, 'ricochet.pid'), `${process.ppid}\n`);
      return folder;
    };
    // A process that is no more has left its note.
    mkdirSync(join(path, 'state', 'ricochet', 'running'), { recursive: true });
    writeFileSync(join(path, 'state', 'ricochet', 'running', '999999999'), join(path, 'gone'));
    const one = take('one');
    expect(urlOfRunning()).toBe('nats://one:1');
    const found = folderOfRunning();
    // One process notes one folder: this is the note of another.
    writeFileSync(join(path, 'state', 'ricochet', 'running', String(process.ppid)), join(path, 'one'));
    const two = take('two');
    const [first, second] = [join(path, 'one'), join(path, 'two')];
    expect(() => urlOfRunning()).toThrow(
      `several "ricochet up" work, in ${first}, ${second}: choose one with --data`,
    );
    expect(urlOfRunning(second)).toBe('nats://two:1');
    two.release();
    expect(urlOfRunning()).toBe('nats://one:1');
    one.release();
    take('three');
    expect(urlOfRunning()).toBe('nats://three:1');
    // Who has found one can go on to look there alone.
    expect(() => urlOfRunning(found)).toThrow(`no "ricochet up" works in ${first}`);
    rmSync(join(path, 'three', 'ricochet.pid'));
    expect(() => urlOfRunning()).toThrow('no "ricochet up" works in');
  });
});
