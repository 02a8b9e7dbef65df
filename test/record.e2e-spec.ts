import { readFileSync, writeFileSync } from 'node:fs';
import { fixture, Ricochet, type Result } from './support/ricochet.js';

const TIMEOUT_MS = 600_000;
const HASH = /^[0-9a-f]{64}$/;

describe('ricochet record, replay, fork and diff', () => {
  const ricochet = new Ricochet();
  const said = (result: Result): Pick<Result, 'code' | 'errors'> => ({
    code: result.code,
    errors: result.errors,
  });
  const done = { code: 0, errors: [] };
  const hashOf = ({ stdout }: Result): string => stdout.split('\n').at(-1) ?? '';
  let recorded: Result;

  beforeAll(async () => {
    recorded = await ricochet.run(
      'record',
      fixture('small.yaml'),
      '--seed',
      '3',
      '--until',
      '1s',
      '--out',
      'a.rec',
    );
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose());

  it(
    'keeps a run, and comes to the same again',
    async () => {
      expect(said(recorded)).toEqual(done);
      expect(recorded.stdout).toMatch(/^a\.rec: [\d,]+ messages of 1 s, 0\.\d MB\n/);
      expect(hashOf(recorded)).toMatch(HASH);
      const replayed = await ricochet.run('replay', 'a.rec');
      expect(said(replayed)).toEqual(done);
      expect(replayed.stdout).toMatch(/^a\.rec: the same, [\d,]+ messages of 1 s\n/);
      expect(hashOf(replayed)).toBe(hashOf(recorded));
    },
    TIMEOUT_MS,
  );

  it('finds a byte that was changed, and names it', async () => {
    const octets = readFileSync(ricochet.path('a.rec'));
    const at = octets.lastIndexOf('gnb-001-01-1-du-2') + 30;
    octets[at] = (octets[at] ?? 0) ^ 1;
    writeFileSync(ricochet.path('changed.rec'), octets);
    const { code, errors } = await ricochet.run('replay', 'changed.rec');
    expect(code).toBe(2);
    expect(errors).toEqual([
      expect.stringMatching(
        /^ricochet: changed\.rec: record \d+ was changed: [\w-]+ of gnb-001-01-1-du-2.* at 1 s$/,
      ),
    ]);
  });

  it(
    'goes on as it did where a fork changes nothing',
    async () => {
      const same = await ricochet.run(
        'fork',
        'a.rec',
        '--at',
        '500ms',
        '--xapp',
        'slice-quota@0',
        '--out',
        'same.rec',
      );
      expect(said(same)).toEqual({ code: 0, errors: ['nothing changes at 0.5 s'] });
      expect(hashOf(same)).toBe(hashOf(recorded));
      const { code, stdout } = await ricochet.run('diff', 'a.rec', 'same.rec');
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'a.rec and same.rec are the same' });
    },
    TIMEOUT_MS,
  );

  it(
    'goes another way with another controller from the time of the fork on, and so does its replay',
    async () => {
      const args = ['--at', '500ms', '--controller', 'equal+srpt', '--out', 'other.rec'];
      const forked = await ricochet.run('fork', 'a.rec', ...args);
      expect(said(forked)).toEqual(done);
      expect(hashOf(forked)).not.toBe(hashOf(recorded));
      const { code, stdout } = await ricochet.run('diff', 'a.rec', 'other.rec', '--json');
      expect(code).toBe(1);
      const { parting, decisions } = JSON.parse(stdout) as {
        parting: { timeMs: number };
        decisions: Record<string, { differ: number }>;
      };
      expect(parting.timeMs).toBeGreaterThanOrEqual(500);
      expect(parting.timeMs).toBeLessThanOrEqual(600);
      expect(decisions['slice-scheduler']?.differ).toBeGreaterThan(50);
      const replayed = await ricochet.run('replay', 'other.rec');
      expect({ ...said(replayed), hash: hashOf(replayed) }).toEqual({ ...done, hash: hashOf(forked) });
    },
    TIMEOUT_MS,
  );
});
