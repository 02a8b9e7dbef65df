import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualTimers } from '../manual-timers.fixture.js';
import { RefusedPdus } from './refused-pdus.js';

const MIB = 1024 * 1024;

describe('refused PDUs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-refused-'));
  let path: string;
  let timers: ManualTimers;
  let troubles: string[];
  let kept: RefusedPdus;
  let files = 0;

  beforeEach(() => {
    path = join(folder, `${files++}`, 'e2-refused.hex');
    timers = new ManualTimers();
    troubles = [];
    kept = new RefusedPdus({ path, timers, onTrouble: (line) => troubles.push(line) });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pduOf = (octets: number) => ({
    from: 'gnb-1',
    reason: 'no E2AP',
    octets: new Uint8Array(octets).fill(0xab),
  });
  const lines = (): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

  it('are a comment and their octets in hexadecimal, on a line each', async () => {
    kept.keep({ ...pduOf(2), reason: 'found\n"x"' });
    kept.keep(pduOf(3));
    await kept.flushed();
    expect(lines()).toEqual([
      expect.stringMatching(/^# \d{4}-\d\d-\d\dT\S+Z gnb-1 found "x"$/),
      'abab',
      expect.stringMatching(/ gnb-1 no E2AP$/),
      'ababab',
    ]);
  });

  it('are at most twenty a second', async () => {
    for (let i = 0; i < 50; i++) kept.keep(pduOf(1));
    timers.advance(1_000);
    for (let i = 0; i < 50; i++) kept.keep(pduOf(1));
    await kept.flushed();
    expect(lines()).toHaveLength(2 * 40);
  });

  it('are cut off when they are very long', async () => {
    kept.keep(pduOf(200_000));
    await kept.flushed();
    expect(lines()).toEqual([
      expect.stringMatching(/\(the first 65536 of 200000 octets\)$/),
      'ab'.repeat(65_536),
    ]);
  });

  it('fill a file of 1 MiB, and one before it', async () => {
    for (let second = 0; second < 3; second++) {
      for (let i = 0; i < 8; i++) kept.keep(pduOf(65_536));
      timers.advance(1_000);
    }
    await kept.flushed();
    for (const file of [path, `${path}.1`]) expect(statSync(file).size).toBeLessThan(MIB);
    expect(existsSync(`${path}.2`)).toBe(false);
  });

  it('that can not be written are told of once, until they can be', async () => {
    writeFileSync(join(folder, 'file'), '');
    const inTheWay = new RefusedPdus({
      path: join(folder, 'file', 'e2-refused.hex'),
      timers,
      onTrouble: (line) => troubles.push(line),
    });
    for (let i = 0; i < 3; i++) inTheWay.keep(pduOf(1));
    await inTheWay.flushed();
    expect(troubles).toEqual([expect.stringMatching(/^refused PDUs can not be kept in .*e2-refused\.hex: /)]);
  });
});
