import {
  E2smError,
  kpm,
  type KpmActionDefinition,
  type MatchingUeCondition,
  type MeasurementLabel,
  sNssaiToHex,
  ueNumber,
} from '@ricochet/e2sm';
import { RadioNetwork, resolveRadioConfig, type KpiWindow } from '@ricochet/radio';
import { KPI_CATALOGUE, KPI_NAMES, sNssaiToInteger, type KpiLevel, type KpiName } from '@ricochet/ran-types';
import { duOf } from './du.fixture.js';
import { compileReport } from './kpm-report.js';

const CELL = 1;
const PERIOD_MS = 100;
const [EMBB, MMTC, URLLC] = [{ sst: 1 }, { sst: 3 }, { sst: 2 }];

const namesAt = (level: KpiLevel): KpiName[] =>
  KPI_NAMES.filter((name) => KPI_CATALOGUE[name].levels.some((offered: KpiLevel) => offered === level));

type Items = readonly { readonly measName: string; readonly labels: MeasurementLabel[] }[];

const nodeAction = (measInfoList: Items): KpmActionDefinition => ({
  reportStyle: 1,
  format1: { measInfoList: [...measInfoList], granularityPeriodMs: PERIOD_MS },
});
const ueAction = (
  names: readonly string[],
  condition: MatchingUeCondition = { testType: 's-nssai', testExpression: 'present' },
): KpmActionDefinition => ({
  reportStyle: 4,
  format4: {
    matchingUeConditions: [condition],
    subscriptionInfo: {
      measInfoList: names.map((measName) => ({ measName, labels: [{ noLabel: true }] })),
      granularityPeriodMs: PERIOD_MS,
    },
  },
});

const ofSlice = (snssai: { sst: number }): MatchingUeCondition => ({
  testType: 's-nssai',
  testExpression: 'equal',
  testValue: { valueOctets: sNssaiToHex(snssai) },
});

describe('compileReport', () => {
  let radio: RadioNetwork;
  let window: KpiWindow;
  /** What a report of the window says, after it has gone over the wire. */
  const report = (action: KpmActionDefinition) => {
    const message = compileReport(duOf(radio, CELL), action)(window);
    const carried = kpm.indicationMessage.decode(kpm.indicationMessage.encode(message));
    expect(carried).toEqual(message);
    return carried;
  };
  const nodeReport = (items: Items) => {
    const message = report(nodeAction(items));
    if (!('format1' in message)) throw new Error('not format 1');
    expect(message.format1.measData).toHaveLength(1);
    return message.format1.measData[0] as { kinds: string; values: number[] };
  };
  const ueReport = (...action: Parameters<typeof ueAction>) => {
    const message = report(ueAction(...action));
    if (!('format3' in message)) throw new Error('not format 3');
    return message.format3.ueMeasReportList.map(({ ueId, measReport }) => ({
      ue: ueNumber(ueId),
      record: measReport.measData[0] as { kinds: string; values: number[] },
    }));
  };
  const expectSame = (record: { kinds: string; values: readonly number[] }, i: number, value: number) => {
    expect(record.kinds[i] === 'n').toBe(Number.isNaN(value));
    if (Number.isNaN(value)) expect(record.values[i]).toBe(0);
    else if (record.kinds[i] === 'i') expect(record.values[i]).toBe(Math.max(0, Math.round(value)));
    else expect(Math.abs((record.values[i] as number) - value)).toBeLessThan(1e-4);
  };

  beforeEach(() => {
    radio = new RadioNetwork(resolveRadioConfig({ cells: 2, uesPerCell: 9 }), 1);
    window = radio.openWindow(PERIOD_MS);
    radio.advance(PERIOD_MS);
    window.roll();
  });

  it('gives every cell-level measurement its value of the cell', () => {
    const names = namesAt('cell');
    const record = nodeReport(names.map((measName) => ({ measName, labels: [{ noLabel: true }] })));
    expect(record.values).toHaveLength(names.length);
    names.forEach((name, i) => expectSame(record, i, window.cell(name, CELL)));
    expect(record.values[names.indexOf('RRU.PrbUsedDl')]).toBeGreaterThan(0);
  });

  it('gives every slice-level measurement by slice label, measurement by measurement', () => {
    const names = namesAt('slice');
    const labels = [URLLC, EMBB, MMTC].map((sliceId) => ({ sliceId }));
    const record = nodeReport(names.map((measName) => ({ measName, labels })));
    expect(record.values).toHaveLength(names.length * labels.length);
    names.forEach((name, n) =>
      [2, 0, 1].forEach((slice, l) =>
        expectSame(record, n * labels.length + l, window.slice(name, CELL, slice)),
      ),
    );
  });

  it('mixes labels of the cell and of slices in one report', () => {
    const record = nodeReport([
      { measName: 'RRU.PrbUsedDl', labels: [{ noLabel: true }, { sliceId: EMBB }] },
      { measName: 'RRU.PrbTotDl', labels: [{ noLabel: true }] },
    ]);
    expect(record.kinds).toBe('rri');
    expectSame(record, 0, window.cell('RRU.PrbUsedDl', CELL));
    expectSame(record, 1, window.slice('RRU.PrbUsedDl', CELL, 0));
  });

  it('counts CQI reports by bin', () => {
    const labels = Array.from({ length: 16 }, (_, distBinX) => ({ distBinX }));
    const { values, kinds } = nodeReport([{ measName: 'CARR.WBCQIDist', labels }]);
    expect(kinds).toBe('i'.repeat(16));
    expect(values).toEqual(labels.map(({ distBinX }) => window.cqiCount(CELL, distBinX)));
    expect(values.reduce((sum, count) => sum + count)).toBeGreaterThan(0);
  });

  it('tells no value of what has none, and no zero', () => {
    radio.apply({ kind: 'cell-off', cells: [CELL] });
    for (let i = 0; i < 2; i++) {
      radio.advance(PERIOD_MS);
      window.roll();
    }
    const labels = [{ sliceId: EMBB }];
    const record = nodeReport([
      { measName: 'DRB.UEThpDl', labels },
      { measName: 'RRU.PrbUsedDl', labels },
      { measName: 'RCT.PacketDelayDl.P99', labels },
    ]);
    expect(window.slice('RCT.PacketDelayDl.P99', CELL, 0)).toBeNaN();
    expect(record.kinds[2]).toBe('n');
    expect(record.kinds[1]).toBe('r');
    expect(record.values.slice(1)).toEqual([0, 0]);
  });

  it('gives every UE-level measurement of every UE of the cell', () => {
    const names = namesAt('ue');
    const rows = ueReport(names);
    const members = [0, 1, 2].flatMap((slice) => [...radio.membersOf(CELL, slice)]);
    expect(rows.map(({ ue }) => ue)).toEqual(members);
    expect(members).toHaveLength(9);
    for (const { ue, record } of rows) {
      names.forEach((name, i) => {
        const slice = radio.slices[radio.sliceOfUe[ue] as number]?.snssai ?? EMBB;
        expectSame(record, i, name === 'RCT.SNssai' ? sNssaiToInteger(slice) : window.ue(name, ue));
      });
    }
  });

  it('gives the UEs of one slice alone when that is the condition', () => {
    expect(ueReport(['RRU.PrbUsedDl'], ofSlice(URLLC)).map(({ ue }) => ue)).toEqual([
      ...radio.membersOf(CELL, 2),
    ]);
  });

  it('follows UEs that come and go, from period to period', () => {
    const pack = compileReport(duOf(radio, CELL), ueAction(['RRU.PrbUsedDl']));
    const count = () =>
      (pack(window) as { format3: { ueMeasReportList: unknown[] } }).format3.ueMeasReportList.length;
    expect(count()).toBe(9);
    radio.apply({ kind: 'ue-departure', cells: [CELL], slice: 'eMBB', count: 2 });
    expect(count()).toBe(9);
    radio.advance(PERIOD_MS);
    window.roll();
    expect(count()).toBe(7);
  });

  it('tells in a record that has no value that there is no UE', () => {
    const count = [...radio.membersOf(CELL, 2)].length;
    radio.apply({ kind: 'ue-departure', cells: [CELL], slice: 'URLLC', count });
    radio.advance(PERIOD_MS);
    window.roll();
    expect(report(ueAction(['RRU.PrbUsedDl', 'RCT.BufferDl'], ofSlice(URLLC)))).toEqual({
      format1: { measData: [{ kinds: 'nn', values: [0, 0] }] },
    });
  });

  it('tells a weight exactly as it was given', () => {
    const [ue = 0] = radio.membersOf(CELL, 0);
    radio.setUeWeight(ue, 1 / 3);
    radio.advance(PERIOD_MS);
    window.roll();
    const row = ueReport(['RCT.SchedulingWeightDl']).find((candidate) => candidate.ue === ue);
    expect(row?.record.values).toEqual([1 / 3]);
  });

  it.each<[string, KpmActionDefinition, string]>([
    [
      'an unknown measurement',
      nodeAction([{ measName: 'DRB.Nonsense', labels: [{ noLabel: true }] }]),
      'DRB.Nonsense',
    ],
    [
      'a name of every object',
      nodeAction([{ measName: 'toString', labels: [{ noLabel: true }] }]),
      'toString',
    ],
    [
      'a cell-level measurement of a slice',
      nodeAction([{ measName: 'RRU.PrbTotDl', labels: [{ sliceId: EMBB }] }]),
      'RRU.PrbTotDl is not measured at slice level',
    ],
    [
      'a slice-level measurement of the cell',
      nodeAction([{ measName: 'RCT.QosDl', labels: [{ noLabel: true }] }]),
      'RCT.QosDl is not measured at cell level',
    ],
    [
      'an unknown slice',
      nodeAction([{ measName: 'RRU.PrbUsedDl', labels: [{ sliceId: { sst: 1, sd: '0000ff' } }] }]),
      'slice 1-0000ff is not served here',
    ],
    [
      'bins of what has none',
      nodeAction([{ measName: 'RRU.PrbTotDl', labels: [{ distBinX: 1 }] }]),
      'RRU.PrbTotDl has no bins',
    ],
    [
      'a bin beyond the last CQI',
      nodeAction([{ measName: 'CARR.WBCQIDist', labels: [{ distBinX: 16 }] }]),
      'CARR.WBCQIDist has no bin 16',
    ],
    [
      'a cell-level measurement of a UE',
      ueAction(['RRU.PrbTotDl']),
      'RRU.PrbTotDl is not measured at ue level',
    ],
    [
      'measurements by id',
      {
        reportStyle: 1,
        format1: { measInfoList: [{ measId: 7, labels: [{ noLabel: true }] }], granularityPeriodMs: 1 },
      },
      'measurement 7',
    ],
    [
      'labels that it does not know',
      nodeAction([{ measName: 'RRU.PrbUsedDl', labels: [{ fiveQi: 9 }] }]),
      'RRU.PrbUsedDl: label fiveQi is not offered',
    ],
    [
      'labels together',
      nodeAction([{ measName: 'RRU.PrbUsedDl', labels: [{ sliceId: EMBB, fiveQi: 9 }] }]),
      'RRU.PrbUsedDl: labels are not offered together',
    ],
    ['another style', { ...nodeAction([]), reportStyle: 2 }, 'report style 2'],
    [
      'another condition',
      ueAction(['RRU.PrbUsedDl'], {
        testType: 'rsrp',
        testExpression: 'lessthan',
        testValue: { valueInt: -90 },
      }),
      'a condition on rsrp',
    ],
    [
      'conditions with an OR',
      ueAction(['RRU.PrbUsedDl'], { ...ofSlice(EMBB), logicalOr: true }),
      'a condition on s-nssai with an OR',
    ],
    [
      'a slice compared with what is none',
      ueAction(['RRU.PrbUsedDl'], {
        testType: 's-nssai',
        testExpression: 'equal',
        testValue: { valueInt: 1 },
      }),
      'an S-NSSAI of 1 or 4 octets',
    ],
    ['a condition on an unknown slice', ueAction(['RRU.PrbUsedDl'], ofSlice({ sst: 9 })), 'slice 9'],
  ])('refuses %s and names it', (_, action, words) => {
    expect(() => compileReport(duOf(radio, CELL), action)).toThrow(E2smError);
    expect(() => compileReport(duOf(radio, CELL), action)).toThrow(words);
  });

  it('refuses labels on a UE-level measurement', () => {
    const action = ueAction(['RRU.PrbUsedDl']);
    if (!('format4' in action)) throw new Error('not the UE style');
    action.format4.subscriptionInfo.measInfoList[0]?.labels.push({ sliceId: EMBB });
    expect(() => compileReport(duOf(radio, CELL), action)).toThrow('RRU.PrbUsedDl: a UE has no labels');
  });
});
