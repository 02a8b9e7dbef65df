import { OaiSamples } from './oai-samples.js';
import { type MacUe } from './stats/mac-stats.js';
import { type O1Stats } from './stats/o1-stats.js';
import { type MacSnapshot } from './stats/stats-file.js';

const PERIOD_MS = 1_000;

describe('samples of OAI', () => {
  let samples: OaiSamples;

  const stats = (ues: [rnti: number, kbitPerS: number][], loadPercent = 50): O1Stats => ({
    loadPercent,
    ues: new Map(ues),
    leftOut: 0,
    cell: { prbs: 106, pci: 0, plmn: '001-01' },
  });
  const written = (writtenMs: number, ...ues: MacUe[]) => ({
    writtenMs,
    ues: new Map(ues.map((ue) => [ue.rnti, { ...ue, writtenMs }])),
    leftOut: 0,
  });

  /** At a time of our clock, which is right unless it says otherwise. */
  const take = (
    told: O1Stats | undefined,
    mac: MacSnapshot | undefined,
    nowMs: number,
    monotonicMs = nowMs,
  ) => samples.take(told, mac, { nowMs, monotonicMs });

  beforeEach(() => {
    samples = new OaiSamples({
      cells: [
        {
          nrCgi: { plmn: { mcc: '001', mnc: '01' }, nci: 1 },
          prbs: 106,
          scsKhz: 30,
          dlShare: 0.7,
          slices: [{ sst: 1 }],
        },
      ],
      sliceOf: ({ rnti, number }) => (rnti === 10 || number === 5 ? { sst: 1 } : undefined),
      periodMs: PERIOD_MS,
    });
  });

  it('tell load and rates from the second answer on: the first is of the time since somebody asked', () => {
    expect(take(stats([[10, 999_999]]), undefined, 10_000)).toEqual({ notes: [] });
    expect(take(stats([[10, 800]]), undefined, 12_000).sample).toEqual({
      endMs: 12_000,
      periodMs: 2_000,
      cells: [
        {
          cell: 0,
          kpis: { 'RRU.PrbTotDl': 50, 'RRU.PrbUsedDl': 53 },
          ues: [{ ueId: 0, snssai: { sst: 1 }, kpis: { 'DRB.UEThpDl': 800, 'DRB.PdcpSduVolumeDL': 1_600 } }],
        },
      ],
    });
  });

  it('have blocks and octets of the file by how the counters grew, and none when they began anew', () => {
    const ue = { rnti: 11, number: 5, mcsTable: 0, mcs: 28, layers: 1, cqi: 15 };
    const at = (ms: number, firstRounds: number, txBytes: number) =>
      take(
        undefined,
        written(ms, { ...ue, firstRounds, laterRounds: firstRounds / 10, lostBlocks: 0, txBytes }),
        ms,
      ).sample?.cells[0]!.ues[0]!.kpis;
    expect(at(1_000, 100, 5_000)).toBeUndefined();
    expect(at(2_000, 300, 130_000)).toEqual({
      'DRB.UEThpDl': 1_000,
      'DRB.PdcpSduVolumeDL': 1_000,
      'TB.TotNbrDl': 200,
      'TB.ErrTotNbrDl': 20,
      'RCT.SpectralEfficiencyDl': expect.closeTo(5.5547, 3),
    });
    expect(at(3_000, 10, 1_000)).toEqual({ 'RCT.SpectralEfficiencyDl': expect.closeTo(5.5547, 3) });
  });

  it('have no blocks of a file that was not written since, rather than none sent', () => {
    const snapshot = written(900, { rnti: 10, firstRounds: 5, laterRounds: 0, mcs: 4, mcsTable: 1 });
    take(stats([[10, 1]]), snapshot, 1_000);
    const { sample } = take(stats([[10, 1]]), snapshot, 2_000);
    expect(sample?.cells[0]!.ues[0]!.kpis).not.toHaveProperty(['TB.TotNbrDl']);
    expect(take(undefined, snapshot, 3_000).sample).toBeUndefined();
  });

  it('have no rates of a UE that a half-written file did not have yet, and then those of its own time', () => {
    const at = (ms: number, writtenMs: number, txBytes: number) => {
      const ues = new Map([[10, { rnti: 10, txBytes, writtenMs }]]);
      return take(undefined, { writtenMs: ms, ues, leftOut: 0 }, ms).sample?.cells[0]!.ues[0]!.kpis;
    };
    at(1_000, 1_000, 0);
    expect(at(2_000, 1_000, 0)).toEqual({});
    expect(at(3_000, 3_000, 250_000)).toMatchObject({ 'DRB.UEThpDl': 1_000 });
  });

  it('keep UEs when our clock is set', () => {
    for (const [nowMs, monotonicMs] of [1_000, 3_602_000, 3_603_000, 4_000].entries()) {
      const { sample } = take(stats([[10, 1]]), undefined, monotonicMs, 1_000 * nowMs);
      if (nowMs > 0) expect(sample).toMatchObject({ periodMs: 1_000, cells: [{ ues: [{ ueId: 0 }] }] });
    }
  });

  it('leave out UEs that are not in sync', () => {
    take(undefined, written(1_000), 1_000);
    const { sample } = take(
      undefined,
      written(2_000, { rnti: 10, inSync: true }, { rnti: 12, inSync: false }),
      2_000,
    );
    expect(sample?.cells[0]!.ues.map(({ ueId }) => ueId)).toEqual([0]);
  });

  it('keep a UE, and its slice, whose RNTI changes while its CU UE id stays', () => {
    take(undefined, written(0), 0);
    take(undefined, written(1_000, { rnti: 10, number: 3 }), 1_000);
    const moved = take(undefined, written(2_000, { rnti: 20, number: 3 }), 2_000);
    expect(moved.sample?.cells[0]!.ues).toMatchObject([{ ueId: 0, snssai: { sst: 1 } }]);
    const late = take(undefined, written(20_000, { rnti: 30, number: 3 }), 20_000);
    expect(late.sample?.cells[0]!.ues).toMatchObject([{ ueId: 1, snssai: undefined }]);
  });

  it('go on when the clock is set back, and begin anew after an absence', () => {
    take(stats([]), undefined, 100_000);
    const { sample, notes } = take(stats([]), undefined, 40_000, 101_000);
    expect(sample).toMatchObject({ endMs: 101_000, periodMs: PERIOD_MS });
    expect(notes).toEqual([['clock', 'The gNB: its clock went back by 61.0 s']]);
    samples.restart();
    expect(take(stats([]), undefined, 41_000, 102_000).sample).toBeUndefined();
  });

  it('say what the gNB’s cell has otherwise than it is configured', () => {
    const other = { ...stats([]), cell: { prbs: 51, pci: 3, plmn: '208-95' } };
    expect(take(other, undefined, 1_000).notes).toEqual([
      ['PRBs', "The gNB's PRBs: 51; configured: 106"],
      ['PLMN', "The gNB's PLMN: 208-95; configured: 001-01"],
    ]);
  });

  it('say how many UEs were too many, of a file once', () => {
    const crowded = { ...written(500), leftOut: 7 };
    expect(take(stats([]), crowded, 1_000).notes).toEqual([['ues', '7 UEs beyond 1024 are left out']]);
    expect(take(stats([]), crowded, 2_000).notes).toEqual([]);
    const { notes } = take({ ...stats([]), leftOut: 2 }, crowded, 3_000);
    expect(notes).toEqual([['ues', '2 UEs beyond 1024 are left out']]);
  });
});
