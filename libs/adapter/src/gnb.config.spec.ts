import { gnbConfigOf, readGnbConfig } from './gnb.config.js';

const CELL = { prbs: 51, slices: [1, '2-0003e8'] };
const GNB = { plmn: '00101', gnbId: 411, gnbIdBits: 22, cells: [CELL] };
const read = (more: object) => gnbConfigOf({ ...GNB, ...more }, 'gnb.yaml');

describe('the description of a gNB', () => {
  it('has what a gNB does not tell, and makes ids of what is left out', () => {
    const { cells, nodeIds, periodMs } = read({ cells: [CELL, { ...CELL, duId: 9, nci: 5 }] });
    expect(periodMs).toBe(1_000);
    expect(nodeIds.map(({ gnbDuId }) => gnbDuId)).toEqual([1, 9]);
    expect(cells.map(({ nrCgi }) => nrCgi.nci)).toEqual([411 * 2 ** 14, 5]);
    expect(cells[0]).toMatchObject({
      nrCgi: { plmn: { mcc: '001', mnc: '01' } },
      scsKhz: 30,
      dlShare: 0.7,
      slices: [{ sst: 1 }, { sst: 2, sd: '0003e8' }],
    });
  });

  it('knows the slices of UEs by number or RNTI, of others when that is said or clear', () => {
    const ues = [
      { rnti: 0x4601, slice: '2-0003e8' },
      { number: 3, slice: 1 },
    ];
    const { sliceOf } = read({ ues });
    expect(sliceOf({ rnti: 0x4601 })).toEqual({ sst: 2, sd: '0003e8' });
    expect(sliceOf({ number: 3, rnti: 7 })).toEqual({ sst: 1 });
    expect(sliceOf({ number: 4 })).toBeUndefined();
    expect(read({ ues, defaultSlice: 1 }).sliceOf({ number: 4 })).toEqual({ sst: 1 });
    expect(read({ cells: [{ ...CELL, slices: [3] }] }).sliceOf({})).toEqual({ sst: 3 });
  });

  it('is assumed where there is none', () => {
    expect(readGnbConfig(undefined).nodeIds).toEqual([
      { plmn: { mcc: '001', mnc: '01' }, gnbId: 411, gnbIdBits: 22, gnbDuId: 1 },
    ]);
  });

  it.each([
    [{ plmn: 101 }, 'gnb.yaml: plmn: expected the digits of MCC and MNC as text, such as "00101"'],
    [{ cells: [{ ...CELL, prbs: 400 }] }, 'gnb.yaml: cells.0.prbs: '],
    [{ cells: [{ ...CELL, slices: ['x'] }] }, 'cells.0.slices.0: expected an S-NSSAI, such as 1 or 1-0003e8'],
    [{ cells: [CELL, { ...CELL, duId: 1 }] }, 'gnb.yaml: cells: two have the same duId'],
    [{ defaultSlice: 7 }, "gnb.yaml: ues: slice 7 is none of a cell's"],
    [{ ues: [{ slice: 1 }] }, 'ues.0: expected a number or an rnti'],
    [{ gnbId: 2 ** 22 }, 'gnb.yaml: gnbId: expected a number of 22 bits (gnbIdBits)'],
    [{ udp: { from: 'gnb' } }, 'gnb.yaml: udp.from: expected an IP address'],
    [{ oops: 1 }, 'all: Unrecognized key: "oops"'],
  ])('is refused in one line that names the key: %j', (more, words) => {
    expect(() => read(more)).toThrow(words);
  });

  it('that can not be read is refused by its name', () => {
    expect(() => readGnbConfig('/no/such.yaml')).toThrow(/^\/no\/such.yaml: .*ENOENT/);
  });
});
