import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildHost } from './child-host.js';
import { type ChildSpec } from './child-spec.js';
import { type Deployment } from './deployment.config.js';
import { lastLines } from './rotating-file.js';

/** A child that lives until its host is gone or it is told to end. */
const LIVES = `process.stdin.on('end', () => process.exit(0)).resume();`;

describe('ChildHost', () => {
  let folder: string;
  let host: ChildHost;
  const lines: string[] = [];
  const ended: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-child-host-'));
    lines.length = ended.length = 0;
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    host = new ChildHost({
      kind: 'xApp',
      environmentOf: ({ name, config }) => ({ OF_THE_HOST: `${name} ${JSON.stringify(config)}` }),
      onEnded: ({ name }) => ended.push(name),
      onTrouble: (line) => lines.push(line),
    });
  });
  afterEach(async () => {
    await host.stop();
    rmSync(folder, { recursive: true });
    jest.restoreAllMocks();
  });

  const deploy = (name: string, code: string, config: Deployment['config'] = {}): Deployment => {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, 'package.json'), JSON.stringify({ main: 'run.js' }));
    writeFileSync(join(path, 'run.js'), code);
    return { name, path, config };
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const noteOf = (name: string): string => join(folder, `${name}.note`);
  /** Code that appends its pid to the child's note. */
  const notes = (name: string): string =>
    `require('fs').appendFileSync(${JSON.stringify(noteOf(name))}, process.pid + '\\n');`;
  const lives = (name: string): number[] =>
    existsSync(noteOf(name))
      ? readFileSync(noteOf(name), 'utf8').split('\n').filter(Boolean).map(Number)
      : [];
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('gives each child its environment and ends all of them', async () => {
    const code = (name: string): string =>
      `${LIVES} require('fs').writeFileSync(${JSON.stringify(noteOf(name))}, process.env.OF_THE_HOST);`;
    host.start([deploy('a', code('a'), { x: 1 }), deploy('b', code('b'))]);
    await until(() => ['a', 'b'].every((name) => existsSync(noteOf(name))));
    await until(() => readFileSync(noteOf('b'), 'utf8') === 'b {}');
    expect(readFileSync(noteOf('a'), 'utf8')).toBe('a {"x":1}');
    await host.stop();
    expect(ended.toSorted()).toEqual(['a', 'b']);
    expect(lines).toEqual([]);
  });

  it("hands its environment on, without what is the host's own", async () => {
    const own = {
      DATABASE_URL: 'postgres://ric:secret@db/ric',
      RICOCHET_STORE: 'ric.sqlite',
      RICOCHET_HTTP: '9464',
      RICOCHET_XAPPS: '[]',
      RICOCHET_RAPPS: '[]',
      RICOCHET_NODE_METRICS: 'true',
    };
    const shared = { RICOCHET_LOG_LEVEL: 'silent', RICOCHET_MODE: 'lockstep', SOMETHING_ELSE: 'x' };
    jest.replaceProperty(process, 'env', { ...process.env, ...own, ...shared });
    const note = JSON.stringify(noteOf('a'));
    // Renamed when it is whole.
    const code = `${LIVES} const fs = require('fs');
      fs.writeFileSync(${note} + '.part', JSON.stringify(process.env)); fs.renameSync(${note} + '.part', ${note});`;
    host.start([deploy('a', code)]);
    await until(() => existsSync(noteOf('a')));
    const seen = JSON.parse(readFileSync(noteOf('a'), 'utf8')) as Record<string, string>;
    expect(seen).toMatchObject({ ...shared, PATH: process.env['PATH'], OF_THE_HOST: 'a {}' });
    expect(Object.keys(own).filter((key) => key in seen)).toEqual([]);
  });

  it('starts one that was killed again, and only that one', async () => {
    host.start(['a', 'b'].map((name) => deploy(name, LIVES + notes(name))));
    await until(() => lives('a').length === 1 && lives('b').length === 1);
    process.kill(lives('a')[0]!, 'SIGKILL');
    await until(() => lives('a').length === 2);
    expect(lines).toEqual(['xApp a ended (SIGKILL); starting it again in 100 ms']);
    expect(ended).toEqual(['a']);
    expect(host.all().map(({ restarts }) => restarts)).toEqual([1, 0]);
    expect(isAlive(lives('b')[0]!)).toBe(true);
  });

  it.each([
    [
      'whose configuration is wrong',
      'console.error(JSON.stringify({ level: 60, msg: "it says so" })); process.exitCode = 78;',
      'it says so',
    ],
    ['that ends again and again', 'throw new Error("no way")', 'it ended 6 times in a row: Error: no way'],
  ])('parks one %s, with its last words', async (_, code, cause) => {
    host.start([deploy('a', code)]);
    await until(() => host.all()[0]?.state === 'parked');
    expect(host.all()[0]).toMatchObject({ cause });
    expect(lines.at(-1)).toBe(`xApp a is parked: ${cause}`);
  });

  it('parks one whose package can not be run', () => {
    const nameless = deploy('a', '');
    writeFileSync(join(nameless.path, 'package.json'), '{}');
    host.start([nameless, { name: 'b', path: join(folder, 'nowhere'), config: {} }]);
    expect(host.all().map(({ cause }) => cause)).toEqual([
      `${join(nameless.path, 'package.json')}: no "main"`,
      expect.stringContaining('no such file'),
    ]);
  });

  it('parks one whose program is not there, and names the program', async () => {
    host.start([{ ...deploy('a', ''), command: ['no-such-python', 'a.py'] }]);
    await until(() => host.all()[0]?.state === 'parked');
    expect(lines).toEqual(['xApp a is parked: there is no program no-such-python here']);
  });

  it('ends one for good, and leaves the others', async () => {
    host.start(['a', 'b'].map((name) => deploy(name, LIVES + notes(name))));
    await until(() => lives('a').length === 1 && lives('b').length === 1);
    await host.end('a');
    expect(isAlive(lives('a')[0]!)).toBe(false);
    expect(isAlive(lives('b')[0]!)).toBe(true);
    expect(host.all().map(({ key }) => key)).toEqual(['b']);
    await host.end('nobody');
    expect(lines).toEqual([]);
  });

  it('runs two of a name side by side, by their keys', async () => {
    const spec = deploy('a', LIVES + notes('a'));
    host.start([
      { ...spec, key: 'a@1' },
      { ...spec, key: 'a@2' },
      { ...spec, key: 'a@2' },
    ]);
    await until(() => lives('a').length === 2);
    await host.end('a@1');
    expect(lives('a').filter(isAlive)).toEqual([host.find('a@2')?.pid]);
  });

  it('restarts one for a reason, which is told', async () => {
    host.start([deploy('a', LIVES + notes('a'))]);
    await until(() => lives('a').length === 1);
    host.restart('a', 'not heard for 30 s');
    await until(() => lives('a').length === 2);
    expect(lines).toEqual(['xApp a ended (not heard for 30 s); starting it again in 100 ms']);
  });

  describe('of a foreign program', () => {
    const foreign = (name: string, code: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
      ...deploy(name, code),
      isForeign: true,
      logFile: join(folder, 'logs', `${name}.log`),
      ...more,
    });

    it('gives it nothing of its environment, and keeps what it writes in its log alone', async () => {
      jest.replaceProperty(process, 'env', { ...process.env, SECRET_OF_THE_HOST: 'x' });
      const spec = foreign(
        'a',
        `${LIVES} console.log(Object.keys(process.env).includes('SECRET_OF_THE_HOST'), process.cwd());
        console.error(process.env.OF_THE_HOST);`,
      );
      host.start([spec]);
      let logged: string[] = [];
      while (logged.length < 2) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        logged = await lastLines(spec.logFile ?? '', 9);
      }
      expect(logged).toEqual(expect.arrayContaining([`false ${spec.path}`, 'a {}']));
      expect(process.stderr.write).not.toHaveBeenCalled();
    });

    it('runs a command in its folder', async () => {
      const spec = foreign('a', '', { command: ['sh', '-c', 'cat package.json; echo; cat'] });
      host.start([spec]);
      let logged: string[] = [];
      while (logged.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        logged = await lastLines(spec.logFile ?? '', 9);
      }
      expect(logged[0]).toBe('{"main":"run.js"}');
    });

    it('parks one whose program is not there', async () => {
      host.start([foreign('a', '', { command: ['no-such-program'] })]);
      await until(() => host.find('a')?.state === 'parked');
      expect(host.find('a')?.cause).toContain('no-such-program');
    });

    it('limits the heap of Node, and parks one that overruns it again and again', async () => {
      const code = 'const all = []; for (;;) all.push(new Array(1e5).fill({}));';
      host.start([foreign('a', code, { limits: { memoryMiB: 32 } })]);
      await until(() => host.find('a')?.state === 'parked');
      expect(lines.at(-1)).toMatch(/^xApp a is parked: it ended 6 times in a row: .*(heap|MiB)/);
    });
  });
});
