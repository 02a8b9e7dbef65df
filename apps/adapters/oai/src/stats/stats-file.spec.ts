import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatsFile } from './stats-file.js';

const ue = (rnti: number, blocks: number) =>
  `UE RNTI ${rnti} CU-UE-ID 1 in-sync\nUE ${rnti}: dlsch_rounds ${blocks}/0/0/0, dlsch_errors 0\n`;

describe('the file of MAC', () => {
  let folder: string;
  let file: StatsFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stats-'));
    file = new StatsFile(join(folder, 'nrMAC_stats.log'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  async function read(text: string, writtenMs: number) {
    const path = join(folder, 'nrMAC_stats.log');
    writeFileSync(path, text);
    utimesSync(path, writtenMs / 1_000, writtenMs / 1_000);
    const { ues } = (await file.read())!;
    return [...ues.values()].map((told) => [told.rnti.toString(16), told.firstRounds, told.writtenMs]);
  }

  it('has each UE as it was last whole, and since when', async () => {
    const whole = ue(1_001, 10) + ue(1_002, 20) + ue(1_003, 30);
    const before = [
      ['1001', 10, 1_000],
      ['1002', 20, 1_000],
      ['1003', 30, 1_000],
    ];
    expect(await read(whole, 1_000)).toEqual(before);
    // In the middle of the second UE's blocks, of which a digit is there.
    const half = ue(1_001, 11) + ue(1_002, 21).slice(0, -30);
    expect(await read(half, 2_000)).toEqual([['1001', 11, 2_000], ...before.slice(1)]);
    expect(await read('', 2_500)).toEqual([['1001', 11, 2_000], ...before.slice(1)]);
    expect(await read(ue(1_002, 22), 3_000)).toEqual([['1002', 22, 3_000]]);
  });

  it('that is none is told', async () => {
    await expect(file.read()).rejects.toThrow(/ENOENT/);
    await expect(new StatsFile(folder).read()).rejects.toThrow(`${folder} is no file`);
  });
});
