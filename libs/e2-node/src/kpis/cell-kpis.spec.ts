import { type RanCell } from '../ran.js';
import { CellKpis } from './cell-kpis.js';
import { joined } from './period-sum.js';

const CELL: RanCell = {
  nrCgi: { plmn: { mcc: '001', mnc: '01' }, nci: 1 },
  prbs: 50,
  scsKhz: 30,
  dlShare: 0.5,
  slices: [{ sst: 1 }, { sst: 2 }],
};
const SECOND = { endMs: 10_000, periodMs: 1_000 };
/** A PRB carries 12 subcarriers · 28 symbols a ms · 0.5 · 4 bit/s/Hz = 672 kbit in a second. */
const ue = (ueId: number, sst: number, deliveredKbit: number, bufferBytes: number) => ({
  ueId,
  snssai: { sst },
  kpis: {
    'DRB.UEThpDl': deliveredKbit,
    'DRB.PdcpSduVolumeDL': deliveredKbit,
    'RCT.BufferDl': bufferBytes,
    'RCT.SpectralEfficiencyDl': 4,
  },
});

describe('what is derived of a cell', () => {
  const kpis = new CellKpis(CELL, ({ sst }) => (sst === 1 ? { 'RCT.RrmPolicyMaxDl': 40 } : {}));

  it('reckons PRBs, offers and delays of UEs, and adds them up by slice', () => {
    kpis.take({ cell: 0, kpis: {}, ues: [ue(1, 1, 6_720, 0), ue(2, 1, 0, 0)] }, SECOND);
    const { cell, slices, ues } = kpis.take(
      { cell: 0, kpis: {}, ues: [ue(1, 1, 6_720, 84_000), ue(2, 1, 0, 0), ue(3, 2, 672, 0)] },
      { ...SECOND, endMs: 11_000 },
    );
    // 84 kB = 672 kbit: a tenth of what went in a second waits 100 ms.
    expect(ues.get(1)?.kpis).toMatchObject({
      'RRU.PrbUsedDl': 10,
      'RCT.OfferedVolumeDl': 7_392,
      'RCT.PrbNeedArrivalDl': 11,
      'RCT.PrbNeedBacklogDl': expect.closeTo(1_000),
      'DRB.RlcSduDelayDl': 1_000,
    });
    expect(ues.get(2)?.kpis).toMatchObject({ 'RRU.PrbUsedDl': 0, 'RCT.OfferedVolumeDl': 0 });
    expect(ues.get(2)?.kpis).not.toHaveProperty('DRB.RlcSduDelayDl');
    expect(slices.get('1')).toMatchObject({
      'RRU.PrbUsedDl': 10,
      'RRC.ConnMean': 2,
      'DRB.MeanActiveUeDl': 1,
      'DRB.UEThpDl': 6_720,
      'RCT.RrmPolicyMaxDl': 40,
    });
    expect(slices.get('1')?.['RCT.QosDl']).toBeCloseTo(10 / 11);
    expect(slices.get('2')).toMatchObject({ 'RRU.PrbUsedDl': 1 });
    expect(slices.get('2')).not.toHaveProperty('RCT.QosDl');
    expect(cell).toMatchObject({ 'RRU.PrbUsedDl': 11, 'RRU.PrbTotDl': 22, 'RRU.PrbAvailDl': 50 });
  });

  it('has nothing of what nobody told: no sum, no mean', () => {
    const bare = { ueId: 1, snssai: { sst: 1 }, kpis: { 'DRB.UEThpDl': 5 } };
    const { slices } = kpis.take({ cell: 0, kpis: {}, ues: [bare] }, SECOND);
    expect(slices.get('1')).toEqual({
      'DRB.UEThpDl': 5,
      'RRC.ConnMean': 1,
      'DRB.MeanActiveUeDl': 1,
      'RCT.RrmPolicyMaxDl': 40,
    });
    expect(slices.get('2')).toMatchObject({ 'RRC.ConnMean': 0, 'RRU.PrbUsedDl': 0 });
  });

  it('goes by the load that the gNB tells, by what UEs got where their PRBs can not be reckoned', () => {
    const load = { 'RRU.PrbTotDl': 80 };
    const told = kpis.take({ cell: 0, kpis: load, ues: [ue(1, 1, 6_720, 0), ue(3, 2, 6_720, 0)] }, SECOND);
    expect([...told.ues.values()].map(({ kpis: { 'RRU.PrbUsedDl': prbs } }) => prbs)).toEqual([20, 20]);
    const bare = (ueId: number, kbit: number) => ({ ueId, kpis: { 'DRB.PdcpSduVolumeDL': kbit } });
    const { cell, ues } = kpis.take({ cell: 0, kpis: load, ues: [bare(1, 300), bare(2, 100)] }, SECOND);
    expect([...ues.values()].map(({ kpis: { 'RRU.PrbUsedDl': prbs } }) => prbs)).toEqual([30, 10]);
    expect(cell).toMatchObject({ 'RRU.PrbUsedDl': 40, 'RRU.PrbTotDl': 80 });
  });

  it('never reckons more PRBs than there are', () => {
    const { cell } = kpis.take({ cell: 0, kpis: {}, ues: [ue(1, 1, 67_200, 0)] }, SECOND);
    expect(cell['RRU.PrbTotDl']).toBe(100);
  });

  it('joins periods: adds up, takes the latest, takes means over time', () => {
    const one = kpis.take({ cell: 0, kpis: {}, ues: [ue(1, 1, 6_720, 0)] }, SECOND);
    const other = kpis.take(
      { cell: 0, kpis: {}, ues: [ue(1, 1, 672, 30)] },
      { endMs: 13_000, periodMs: 3_000 },
    );
    const { endMs, periodMs, slices } = joined(one, other);
    expect([endMs, periodMs]).toEqual([13_000, 4_000]);
    expect(slices.get('1')).toMatchObject({
      'DRB.PdcpSduVolumeDL': 7_392,
      'RCT.BufferDl': 30,
      'DRB.UEThpDl': (6_720 + 3 * 672) / 4,
    });
  });
});
