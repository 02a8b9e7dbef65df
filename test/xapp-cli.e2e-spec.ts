import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fixture, Ricochet, type Result } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;

/** Hears cells, and says what it was configured with. */
const MONITOR = `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: 'monitor', version: '0.0.0',
    config: z.strictObject({ word: z.string().default('none') }),
    subscriptions: () => [{ name: 'cell', level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] }],
    create: ({ config }) => {
      console.log('the word is ' + config.word);
      return { onReport: () => undefined };
    },
  }));`;

describe('ricochet xapp', () => {
  const ricochet = new Ricochet();
  const xapp = (...args: string[]): Promise<Result> => ricochet.run('xapp', ...args);
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, errors } = await xapp(...args, '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    return JSON.parse(stdout) as T;
  };
  const access = () =>
    JSON.parse(readFileSync(ricochet.path('.ricochet', 'api.json'), 'utf8')) as { url: string; key: string };

  /** Writes a package; gives its folder. */
  const packageOf = (version: string, code = MONITOR, more: object = {}): string => {
    const folder = ricochet.path(`monitor-${version}`);
    mkdirSync(folder, { recursive: true });
    const image = { registry: 'local', name: 'monitor', tag: version };
    const descriptor = { xapp_name: 'monitor', version, containers: [{ name: 'monitor', image }], ...more };
    const files = {
      'package.json': JSON.stringify({ name: 'monitor', version, type: 'module', main: 'main.js' }),
      'config-file.json': JSON.stringify(descriptor),
      'main.js': code,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(`${folder}/${file}`, text);
    return folder;
  };

  beforeAll(async () => {
    ricochet.start('up', fixture('small.yaml'), '--plain', '--controller', 'equal+pf');
    await waitFor('the API', async () => (await xapp('status')).code === 0, PATIENCE_MS);
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose(), TIMEOUT_MS);

  it(
    'takes an xApp through its life',
    async () => {
      expect(statSync(ricochet.path('.ricochet', 'api.json')).mode & 0o777).toBe(0o600);
      expect(await xapp('onboard', packageOf('1.0.0'))).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^onboarded monitor 1\.0\.0 \([0-9a-f]{12}\)$/) as string,
      });
      const tarball = ricochet.path('monitor.tgz');
      execFileSync('tar', ['czf', tarball, '-C', packageOf('1.1.0'), '.']);
      const { url, key } = access();
      expect((await xapp('onboard', tarball, '--api', url, '--key', key)).stdout).toContain('monitor 1.1.0');
      expect((await xapp('packages')).stdout).toMatch(/monitor\W+1\.0\.0[^]*monitor\W+1\.1\.0/);

      const file = ricochet.write('word.json', '{ "word": "hello" }');
      const deployed = await xapp('deploy', 'monitor', '--version', '1.0.0', '--config', file);
      expect(deployed).toMatchObject({ code: 0, errors: [] });
      expect(deployed.stdout).toMatch(/monitor\W+1\.0\.0\W.*running/);
      expect((await xapp('logs', 'monitor')).stdout).toContain('the word is hello');
      expect(await json('config', 'monitor')).toMatchObject({ config: { word: 'hello' } });
      expect(await json('config', 'monitor', '--priority', '70')).toMatchObject({ priority: 70 });

      expect(await xapp('upgrade', 'monitor', '--version', '1.1.0')).toMatchObject({ code: 0, errors: [] });
      expect(await json('status', 'monitor')).toMatchObject({
        version: '1.1.0',
        previous: { version: '1.0.0' },
        config: { word: 'hello' },
      });
      expect(await xapp('delete', 'monitor', '--version', '1.0.0')).toMatchObject({
        code: 1,
        errors: ['ricochet: package monitor 1.0.0 is what a rollback goes back to'],
      });
      expect(await xapp('rollback', 'monitor')).toMatchObject({ code: 0, errors: [] });
      expect(await json('status', 'monitor')).toMatchObject({ version: '1.0.0', state: 'running' });

      expect((await xapp('undeploy', 'monitor')).stdout).toContain('undeployed');
      for (const version of ['1.0.0', '1.1.0']) {
        expect(await xapp('delete', 'monitor', '--version', version)).toMatchObject({
          code: 0,
          stdout: `deleted monitor ${version}`,
        });
      }
      expect(existsSync(ricochet.path('.ricochet', 'xapps', 'monitor', '1.0.0'))).toBe(false);
      expect(await xapp('status', 'monitor')).toMatchObject({
        code: 1,
        errors: ['ricochet: there is no xApp monitor'],
      });
    },
    TIMEOUT_MS,
  );

  it(
    'says that an upgrade was rolled back, and why',
    async () => {
      await xapp('onboard', packageOf('2.0.0'));
      await xapp('onboard', packageOf('2.1.0', 'throw new Error("born dead");'));
      await xapp('deploy', 'monitor', '--version', '2.0.0');
      const { code, errors } = await xapp('upgrade', 'monitor', '--version', '2.1.0');
      expect(code).toBe(1);
      expect(errors).toEqual([
        expect.stringMatching(
          /^ricochet: xApp monitor 2\.0\.0 is running: 2\.1\.0 was rolled back: .*born dead/,
        ),
      ]);
      await xapp('undeploy', 'monitor');
    },
    TIMEOUT_MS,
  );

  it(
    'refuses what is wrong in one line',
    async () => {
      const { url } = access();
      const broken = ricochet.path('broken');
      mkdirSync(broken);
      for (const [args, code, message] of [
        [['status', '--api', url, '--key', 'wrong'], 1, 'the API key is not known here'],
        [['status', '--api', url], 2, '--api needs a key: --key, or RICOCHET_API_KEY'],
        [['status', '--api', 'http://127.0.0.1:9', '--key', 'k'], 1, /^API at http:\/\/127\.0\.0\.1:9: /],
        [['status', '--data', broken], 1, /^no "ricochet up" works in .*broken: .* or an API with --api$/],
        [['onboard', broken], 2, 'package broken: it has no config-file.json'],
        [['onboard', fixture('small.yaml')], 2, /^package upload\.tgz: it can not be unzipped/],
        [['onboard', ricochet.path('nothing')], 2, /nothing: there is no such file or folder$/],
        [['deploy', 'stranger'], 1, 'no version of xApp stranger has been onboarded'],
        [['deploy', 'stranger', '--config', fixture('small.yaml')], 2, /small\.yaml: not JSON/],
        [['upgrade', 'stranger', '--version', 'x'], 2, /^body\.version: expected a semantic version/],
      ] as const) {
        const result = await xapp(...args);
        const words = typeof message === 'string' ? message : (expect.stringMatching(message) as string);
        expect({ args, code: result.code, errors: result.errors.map(unprefixed) }).toEqual({
          args,
          code,
          errors: [words],
        });
      }
    },
    TIMEOUT_MS,
  );
});

const unprefixed = (line: string): string => line.replace(/^ricochet: /, '');
