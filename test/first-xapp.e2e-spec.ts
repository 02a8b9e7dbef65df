import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RicControls } from '@ricochet/contracts';
import { fixture, Ricochet, type Result } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;

describe("an xApp of one's own, in a folder outside of the repository", () => {
  const ricochet = new Ricochet();
  const folder = (...path: string[]): string => ricochet.path('elsewhere', 'my-xapp', ...path);
  /** From a folder in which no `ricochet up` works. */
  const xapp = (...args: string[]): Promise<Result> => ricochet.run(...args);
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  /** What `npm install` does; where it has no registry, the packages of others are those of this repository. */
  const install = (): void => {
    try {
      npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0');
    } catch {
      const modules = resolve('node_modules');
      mkdirSync(folder('node_modules', '@ricochet', 'xapp-sdk'), { recursive: true });
      for (const name of readdirSync(modules)) {
        if (name !== '@ricochet' && !name.startsWith('.package')) {
          symlinkSync(join(modules, name), folder('node_modules', name));
        }
      }
      const [sdk = ''] = readdirSync(folder('vendor'));
      const into = folder('node_modules', '@ricochet', 'xapp-sdk');
      execFileSync('tar', ['xzf', folder('vendor', sdk), '-C', into, '--strip-components=1']);
    }
  };

  beforeAll(async () => {
    const options = ['--plain', '--no-dashboard', '--controller', 'equal+pf', '--data', 'clone'];
    ricochet.start('up', fixture('small.yaml'), ...options);
    await waitFor('the API', async () => (await xapp('xapp', 'status')).code === 0, PATIENCE_MS);
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose(), TIMEOUT_MS);

  it(
    'is begun, installed, built, tested, packed, onboarded and deployed, and its controls take effect',
    async () => {
      expect(await xapp('xapp', 'init', folder())).toMatchObject({ code: 0, errors: [] });
      install();
      expect(npm('run', 'build')).toContain('describe-xapp');
      expect(npm('run', 'unit')).toContain('pass 3');
      npm('pack', '--silent');
      const tarball = folder('my-xapp-0.1.0.tgz');
      // The SDK is what the RIC has.
      expect(execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' })).not.toContain('xapp-sdk');

      expect(await xapp('xapp', 'onboard', tarball)).toMatchObject({ code: 0, errors: [] });
      const deployed = await xapp('xapp', 'deploy', 'my-xapp');
      expect(deployed).toMatchObject({ code: 0, errors: [] });
      expect(deployed.stdout).toMatch(/my-xapp\W+0\.1\.0\W.*running/);
      const control = await waitFor(
        'a control in effect',
        async () => {
          const { stdout } = await xapp('controls', '--xapp', 'my-xapp', '--json');
          const { controls } = JSON.parse(stdout) as RicControls;
          return controls.find(
            ({ outcome, effect }) => outcome === 'acknowledged' && effect?.effective === true,
          );
        },
        PATIENCE_MS,
      );
      expect(control).toMatchObject({ xapp: 'my-xapp', kind: 'slice-quota' });
      expect(readFileSync(folder('config-file.json'), 'utf8')).toContain('"priority": 60');
    },
    TIMEOUT_MS,
  );
});
