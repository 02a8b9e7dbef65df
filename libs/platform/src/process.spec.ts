import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const onLinux = process.platform === 'linux' ? it : it.skip;

/** Nice values of the threads of a service that has just started: the main one's, and those of the others. */
async function priorities(mode: string): Promise<{ main: number; others: number[] }> {
  const program = `
    import crypto from 'node:crypto';
    import { readdirSync, readFileSync } from 'node:fs';
    import { runService } from '@ricochet/platform';
    const niceOf = (thread) =>
      Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ')[1].split(' ')[16]);
    await runService({ fatal: console.error }, async () => {
      await new Promise((resolve) => crypto.pbkdf2('', '', 1, 8, 'sha1', resolve));
      const others = readdirSync('/proc/self/task').filter((thread) => Number(thread) !== process.pid);
      console.log(JSON.stringify({ main: niceOf(process.pid), others: others.map(niceOf) }));
      process.exit(0);
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, RICOCHET_MODE: mode },
  });
  return JSON.parse(stdout) as { main: number; others: number[] };
}

describe('the threads of a service', () => {
  onLinux('step back behind the main one', async () => {
    const { main, others } = await priorities('real-time');
    // Four of V8's at least, and the pool's four.
    expect(others.length).toBeGreaterThanOrEqual(8);
    expect(Math.min(...others)).toBeGreaterThanOrEqual(Math.max(main, 10));
  });

  onLinux('are alike in lockstep', async () => {
    const { main, others } = await priorities('lockstep');
    expect(new Set(others)).toEqual(new Set([main]));
  });
});
