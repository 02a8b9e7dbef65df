import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { readXAppDescriptor } from '@ricochet/contracts';
import { parseScenario } from '@ricochet/scenario';
import { initXApp } from './init-xapp.js';

const TIMEOUT_MS = 120_000;
const REPOSITORY = resolve(__dirname, '../../../../..');

describe('ricochet xapp init', () => {
  let folder: string;
  const json = (...path: string[]): Record<string, unknown> =>
    JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as Record<string, unknown>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-init-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it(
    'writes an xApp that compiles strictly, passes its own tests and describes itself',
    () => {
      const node = (...args: string[]): string =>
        execFileSync(process.execPath, args, { cwd: join(folder, 'my-xapp'), encoding: 'utf8' });
      mkdirSync(join(folder, 'my-xapp'));
      // The command as it is built: it packs what has been built of the SDK.
      expect(node(join(REPOSITORY, 'apps/cli/bin/ricochet.js'), 'xapp', 'init', '.')).toContain('my-xapp');
      const manifest = json('my-xapp', 'package.json');
      expect(manifest).toMatchObject({ name: 'my-xapp', version: '0.1.0' });
      // What it is compiled with is what we are.
      const { devDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
        devDependencies: object;
      };
      expect(devDependencies).toMatchObject(manifest['devDependencies'] as object);
      const sdk = (manifest['dependencies'] as Record<string, string>)['@ricochet/xapp-sdk'];
      expect(existsSync(join(folder, 'my-xapp', sdk?.replace('file:', '') ?? ''))).toBe(true);
      expect(readFileSync(join(folder, 'my-xapp', 'README.md'), 'utf8')).toMatch(/^# my-xapp\n/);
      expect(existsSync(join(folder, 'my-xapp', '.gitignore'))).toBe(true);
      const scenario = readFileSync(join(folder, 'my-xapp', 'tests', 'slice-surge.yaml'), 'utf8');
      expect(parseScenario(scenario, 'slice-surge.yaml').assertions).not.toEqual([]);

      symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'my-xapp', 'node_modules'));
      node(createRequire(__filename).resolve('typescript/bin/tsc'));
      node(join(REPOSITORY, 'libs/xapp-sdk/bin/describe-xapp.js'), 'dist/xapp.js');
      expect(readXAppDescriptor(json('my-xapp', 'config-file.json'))).toMatchObject({
        xapp_name: 'my-xapp',
        version: '0.1.0',
        controls: { stepPercent: 10 },
      });
      expect(node('--test', 'dist/xapp.test.js')).toContain('pass 3');
    },
    TIMEOUT_MS,
  );

  it('refuses names that can not be, and folders that are in use', async () => {
    await expect(initXApp(join(folder, 'My xApp'))).rejects.toThrow(
      'xApp "My xApp": expected lower-case letters, digits and dashes: give a name with --name',
    );
    await expect(initXApp(join(folder, 'fine'), 'Not-fine')).rejects.toThrow(
      'xApp "Not-fine": expected lower-case letters, digits and dashes',
    );
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'thesis.txt'), 'mine');
    await expect(initXApp(join(folder, 'full'))).rejects.toThrow(`${join(folder, 'full')} is not empty`);
    expect(readFileSync(join(folder, 'full', 'thesis.txt'), 'utf8')).toBe('mine');
    await expect(initXApp(join(folder, 'full', 'thesis.txt', 'x'))).rejects.toThrow('lies below a file');
    expect(existsSync(join(dirname(folder), 'fine'))).toBe(false);
  });
});
