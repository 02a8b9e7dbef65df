import { execFile } from 'node:child_process';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const onLinux = process.platform === 'linux' ? it : it.skip;

const SERVICE = 'runService({ fatal: console.error }, tell)';
const COMMAND = 'collectAsServices().then(tell)';

/** Nice values of the threads of what has just started: the main one's, and those of the others. */
async function priorities(mode: string, start = SERVICE): Promise<{ main: number; others: number[] }> {
  const program = `
    import crypto from 'node:crypto';
    import { readdirSync, readFileSync } from 'node:fs';
    import { collectAsServices, runService } from '@ricochet/platform';
    const niceOf = (thread) =>
      Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ')[1].split(' ')[16]);
    const tell = async () => {
      await new Promise((resolve) => crypto.pbkdf2('', '', 1, 8, 'sha1', resolve));
      const others = readdirSync('/proc/self/task').filter((thread) => Number(thread) !== process.pid);
      console.log(JSON.stringify({ main: niceOf(process.pid), others: others.map(niceOf) }));
      process.exit(0);
    };
    await ${start};`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, RICOCHET_MODE: mode },
  });
  return JSON.parse(stdout) as { main: number; others: number[] };
}

describe('the threads of a service', () => {
  onLinux.each([SERVICE, COMMAND])('step back behind the main one, by %s', async (start) => {
    const { main, others } = await priorities('real-time', start);
    expect(main).toBe(getPriority());
    // Four of V8's at least, and the pool's four.
    expect(others.length).toBeGreaterThanOrEqual(8);
    expect(Math.min(...others)).toBeGreaterThanOrEqual(Math.max(main, 10));
  });

  onLinux('are alike in lockstep', async () => {
    const { main, others } = await priorities('lockstep');
    expect(new Set(others)).toEqual(new Set([main]));
  });
});
