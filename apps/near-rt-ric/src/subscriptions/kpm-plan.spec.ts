import { profiles, type PeerProfile } from '@ricochet/e2ap';
import { kpm, rc, type KpmIndicationMessage, type KpmRanFunctionDefinition } from '@ricochet/e2sm';
import { sNssaiToInteger } from '@ricochet/ran-types';
import { type E2Node } from '../e2/e2-node.js';
import { planKpmSubscription, SubscriptionRefused, type ReportSpec } from './kpm-plan.js';

const NODE_ID = 'gnb-001-01-1-du-1';
const SLICES = [{ sst: 1 }, { sst: 2, sd: '0003e8' }];

function style(type: number, measurements: string[]): KpmRanFunctionDefinition['reportStyles'][number] {
  return {
    type,
    name: `style ${type}`,
    actionFormatType: type,
    measurements: measurements.map((measName) => ({ measName })),
    indicationHeaderFormatType: 1,
    indicationMessageFormatType: type === 4 ? 3 : 1,
  };
}

function nodeWith(
  reportStyles: KpmRanFunctionDefinition['reportStyles'],
  cell: E2Node['cell'] = { active: true, prbs: 100, slices: SLICES },
  profile: PeerProfile = profiles.oran,
): E2Node {
  return {
    nodeId: NODE_ID,
    globalId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1, gnbDuId: 1 },
    functions: [
      { ranFunctionId: 3, ranFunctionRevision: 1, model: rc },
      {
        ranFunctionId: 22,
        ranFunctionRevision: 1,
        model: kpm,
        kpm: {
          ranFunctionName: { shortName: kpm.shortName, e2smOid: kpm.oid, description: 'test' },
          eventTriggerStyles: [{ type: 1, name: 'periodic', formatType: 1 }],
          reportStyles,
        },
      },
    ],
    cell,
    association: undefined,
    profile,
    transport: 'nats',
    peer: 'test',
    refusedPdus: 0,
    indications: 0,
    reportedUntilMs: 0,
    tell: () => undefined,
  };
}

const NODE = nodeWith([style(1, ['A', 'B']), style(4, ['A', 'RCT.SNssai'])]);
const spec = (level: ReportSpec['level'], ...measurements: string[]): ReportSpec => ({
  level,
  periodMs: 100,
  measurements,
});

describe('planKpmSubscription', () => {
  it('asks for the cell with no label', () => {
    const plan = planKpmSubscription(NODE, spec('cell', 'A', 'B'));
    expect(plan).toMatchObject({
      ranFunctionId: 22,
      eventTrigger: { reportingPeriodMs: 100 },
      action: {
        reportStyle: 1,
        format1: {
          measInfoList: [
            { measName: 'A', labels: [{ noLabel: true }] },
            { measName: 'B', labels: [{ noLabel: true }] },
          ],
          granularityPeriodMs: 100,
        },
      },
    });
    expect(kpm.actionDefinition.decode(kpm.actionDefinition.encode(plan.action))).toEqual(plan.action);
    const message: KpmIndicationMessage = { format1: { measData: [{ kinds: 'in', values: [7, 0] }] } };
    expect(plan.read(message, 400)).toEqual({
      nodeId: NODE_ID,
      level: 'cell',
      timeMs: 500,
      periodMs: 100,
      measurements: ['A', 'B'],
      rows: [{ values: [7, null] }],
    });
  });

  it('asks for every slice that the node serves, and reads a row a slice', () => {
    const plan = planKpmSubscription(NODE, spec('slice', 'B', 'A'));
    const labels = SLICES.map((sliceId) => ({ sliceId }));
    expect(plan.action).toEqual({
      reportStyle: 1,
      format1: {
        measInfoList: [
          { measName: 'B', labels },
          { measName: 'A', labels },
        ],
        granularityPeriodMs: 100,
      },
    });
    const message: KpmIndicationMessage = {
      format1: { measData: [{ kinds: 'rrnr', values: [1, 2, 0, 4] }] },
    };
    expect(plan.read(message, 0).rows).toEqual([
      { snssai: SLICES[0], values: [1, null] },
      { snssai: SLICES[1], values: [2, 4] },
    ]);
  });

  it('leaves out what is not offered, where that may be, and takes the period that is told', () => {
    const plan = planKpmSubscription(NODE, { ...spec('slice', 'C', 'B'), partial: true });
    expect(plan.action).toMatchObject({ format1: { measInfoList: [{ measName: 'B' }] } });
    const measData = [{ kinds: 'rn', values: [1, 0] }];
    expect(plan.read({ format1: { measData, granularityPeriodMs: 1_000 } }, 500)).toMatchObject({
      timeMs: 1_500,
      periodMs: 1_000,
      measurements: ['C', 'B'],
      rows: [
        { snssai: SLICES[0], values: [null, 1] },
        { snssai: SLICES[1], values: [null, null] },
      ],
    });
    expect(() => planKpmSubscription(NODE, { ...spec('slice', 'C'), partial: true })).toThrow(
      'measures nothing of what is wanted',
    );
  });

  it('asks for every UE, and for its slice where the node can tell it', () => {
    const plan = planKpmSubscription(NODE, spec('ue', 'A'));
    expect(plan.action).toMatchObject({
      reportStyle: 4,
      format4: {
        matchingUeConditions: [{ testType: 's-nssai', testExpression: 'present' }],
        subscriptionInfo: { measInfoList: [{ measName: 'A' }, { measName: 'RCT.SNssai' }] },
      },
    });
    expect(kpm.actionDefinition.decode(kpm.actionDefinition.encode(plan.action))).toEqual(plan.action);
    const ue = (id: number, kinds: string, ...values: number[]) => ({
      ueId: { gnbDuUeId: { gnbCuUeF1apId: id } },
      measReport: { measData: [{ kinds, values }] },
    });
    const message: KpmIndicationMessage = {
      format3: {
        ueMeasReportList: [ue(5, 'ri', 1.5, sNssaiToInteger({ sst: 2, sd: '0003e8' })), ue(9, 'nn', 0, 0)],
      },
    };
    expect(plan.read(message, 900)).toEqual({
      nodeId: NODE_ID,
      level: 'ue',
      timeMs: 1_000,
      periodMs: 100,
      measurements: ['A'],
      rows: [
        { ueId: 5, snssai: { sst: 2, sd: '0003e8' }, values: [1.5] },
        { ueId: 9, values: [null] },
      ],
    });
    expect(plan.read({ format1: { measData: [{ kinds: 'nn', values: [0, 0] }] } }, 0).rows).toEqual([]);
  });

  it('does not ask for the slice of a UE where the node can not tell it, nor twice', () => {
    const names = (node: E2Node, ...measurements: string[]) => {
      const { action } = planKpmSubscription(node, spec('ue', ...measurements));
      return 'format4' in action
        ? action.format4.subscriptionInfo.measInfoList.map((m) => ('measName' in m ? m.measName : m.measId))
        : [];
    };
    expect(names(nodeWith([style(4, ['A'])]), 'A')).toEqual(['A']);
    expect(names(NODE, 'RCT.SNssai', 'A')).toEqual(['RCT.SNssai', 'A']);
  });

  it('asks for the UEs of one slice, in the way and the form of each make of node', () => {
    const snssai = { sst: 2, sd: '0003e8' };
    const asked = { ...spec('ue', 'A'), snssai };
    const condition = {
      testType: 's-nssai',
      testExpression: 'equal',
      testValue: { valueOctets: '020003e8' },
    };
    const flexric = nodeWith([style(4, ['A'])], undefined, profiles['flexric-2.03']);
    const { action, read } = planKpmSubscription(flexric, asked);
    expect(action).toMatchObject({ dialect: 'flexric', format4: { matchingUeConditions: [condition] } });
    expect(kpm.actionDefinition.decode(kpm.actionDefinition.encode(action))).toEqual(action);
    expect(planKpmSubscription(NODE, asked).action).toMatchObject({
      format4: { matchingUeConditions: [condition] },
    });
    // Its slice is known without being told.
    const ue = {
      ueId: { gnbDuUeId: { gnbCuUeF1apId: 5 } },
      measReport: { measData: [{ kinds: 'i', values: [1] }] },
    };
    expect(read({ format3: { ueMeasReportList: [ue] } }, 0).rows).toEqual([{ ueId: 5, snssai, values: [1] }]);
  });

  it.each<[string, E2Node, ReportSpec, string]>([
    [
      'by slice',
      nodeWith([style(1, ['A'])], undefined, profiles.srsran),
      spec('slice', 'A'),
      'a srsran node reports nothing by slice',
    ],
    [
      'of all UEs',
      nodeWith([style(4, ['A'])], undefined, profiles['flexric-2.03']),
      spec('ue', 'A'),
      'a flexric-2.03 node reports the UEs of one slice, which the subscription has to name',
    ],
    [
      'of the UEs of one slice',
      nodeWith([style(4, ['A'])], undefined, profiles.srsran),
      { ...spec('ue', 'A'), snssai: { sst: 1 } },
      'a srsran node reports all UEs, and does not tell those of one slice',
    ],
    [
      'of the cell for one slice',
      NODE,
      { ...spec('cell', 'A'), snssai: { sst: 1 } },
      'reports of one slice are of its UEs, not of level cell',
    ],
  ])('refuses reports %s where they can not be had', (_, node, asked, words) => {
    expect(() => planKpmSubscription(node, asked)).toThrow(`${NODE_ID}: ${words}`);
  });

  it.each([
    [
      'a node without KPM',
      { ...NODE, functions: [{ ranFunctionId: 3, ranFunctionRevision: 1, model: rc }] },
      spec('cell', 'A'),
      'offers no ORAN-E2SM-KPM',
    ],
    [
      'a style that is not offered',
      nodeWith([style(1, ['A'])]),
      spec('ue', 'A'),
      'offers no KPM report style 4',
    ],
    [
      'an unknown measurement',
      NODE,
      spec('slice', 'A', 'DRB.Nonsense'),
      'does not measure "DRB.Nonsense" (KPM style 1)',
    ],
    ['a measurement of another style', NODE, spec('ue', 'B'), 'does not measure "B" (KPM style 4)'],
    [
      'slices of a node that does not tell them',
      { ...NODE, cell: undefined },
      spec('slice', 'A'),
      'does not tell which slices it serves',
    ],
    [
      'slices of a node that has none',
      nodeWith([style(1, ['A'])], { active: true, prbs: 100, slices: [] }),
      spec('slice', 'A'),
      'does not tell which slices it serves',
    ],
  ])('refuses %s in words', (_, node, asked, words) => {
    expect(() => planKpmSubscription(node, asked)).toThrow(SubscriptionRefused);
    expect(() => planKpmSubscription(node, asked)).toThrow(`${NODE_ID} ${words}`);
  });

  it.each<[string, ReportSpec, KpmIndicationMessage]>([
    ['too few values', spec('slice', 'A', 'B'), { format1: { measData: [{ kinds: 'r', values: [1] }] } }],
    ['no record', spec('cell', 'A'), { format1: { measData: [] } }],
    ['UEs instead of slices', spec('slice', 'A'), { format3: { ueMeasReportList: [] } }],
    ['a cell instead of UEs', spec('ue', 'A'), { format1: { measData: [{ kinds: 'r', values: [1] }] } }],
    [
      'too many values of a UE',
      spec('ue', 'A'),
      {
        format3: {
          ueMeasReportList: [
            {
              ueId: { gnbDuUeId: { gnbCuUeF1apId: 1 } },
              measReport: { measData: [{ kinds: 'rrr', values: [1, 2, 3] }] },
            },
          ],
        },
      },
    ],
  ])('refuses to read %s', (_, asked, message) => {
    const plan = planKpmSubscription(NODE, asked);
    expect(() => plan.read(message, 0)).toThrow(SubscriptionRefused);
    expect(() => plan.read(message, 0)).toThrow('another shape than asked');
  });
});
