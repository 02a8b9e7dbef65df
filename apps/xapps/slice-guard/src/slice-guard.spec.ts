import { readFileSync } from 'node:fs';
import { describeXApp, testXApp, type TestControl, type XAppTest } from '@ricochet/xapp-sdk';
import { sliceGuard } from './slice-guard.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const CARRIER_PRBS = 100;
const EMBB = { sst: 1 };
const URLLC = { sst: 2 };
const MMTC = { sst: 3 };
const IDLE = {
  'RRU.PrbUsedDl': 2,
  'DRB.PdcpSduVolumeDL': 100,
  'RCT.OfferedVolumeDl': 100,
  'RCT.BufferDl': 0,
  'RCT.PrbNeedArrivalDl': 2,
  'RCT.PrbNeedBacklogDl': 0,
  'RCT.PacketDelayDl.P99': 1,
  'RCT.RrmPolicyMaxDl': 100,
};
type Values = Partial<typeof IDLE & { 'RCT.RrmPolicyMinDl': number }>;
type Guard = XAppTest<typeof sliceGuard.config, ReturnType<typeof sliceGuard.subscriptions>[number]>;

/** What is in force follows what was asked, as at a node that does what it is told. */
class Node {
  minima: readonly number[] = [33, 33, 34];
  maxima: readonly number[] = [33, 33, 34];

  constructor(readonly guard: Guard) {}

  async report(values: readonly Values[] = [], obeys = true): Promise<readonly TestControl[]> {
    const rows = [EMBB, URLLC, MMTC].map((snssai, i) => ({
      snssai,
      values: {
        ...IDLE,
        'RCT.RrmPolicyMinDl': this.minima[i] ?? 0,
        'RCT.RrmPolicyMaxDl': this.maxima[i] ?? 100,
        ...values[i],
      },
    }));
    const asked = await this.guard.report('whole', { rows });
    const ratios = quotaOf(asked.at(-1));
    if (obeys && ratios !== undefined) {
      this.minima = ratios.map(({ minRatio }) => minRatio);
      this.maxima = ratios.map(({ maxRatio }) => maxRatio);
    }
    return asked;
  }
}

const quotaOf = (asked: TestControl | undefined) =>
  asked?.control.kind === 'slice-quota' ? asked.control.ratios : undefined;
const minimaOf = (asked: TestControl | undefined): number[] | undefined =>
  quotaOf(asked)?.map(({ minRatio }) => minRatio);

/** A URLLC slice that needs half of the carrier: 2 · 15 + 20 %. */
const BUSY: readonly Values[] = [{}, { 'RCT.PrbNeedArrivalDl': 15 }, {}];
/** One that is late although it has what it needs. */
const LATE: readonly Values[] = [{}, { 'RCT.PacketDelayDl.P99': 30 }, {}];

describe('slice-guard', () => {
  let guard: Guard;
  let node: Node;

  beforeEach(async () => {
    guard = testXApp(sliceGuard);
    node = new Node(guard);
    await guard.report('carrier', { timeMs: 100, rows: [{ values: { 'RRU.PrbAvailDl': CARRIER_PRBS } }] });
  });

  it('asks for reports of the nodes that it guards alone', () => {
    const nodes = ['gnb-001-01-251-du-1'];
    const asked = sliceGuard.subscriptions(sliceGuard.config.parse({ nodes }));
    expect(asked.map((one) => one.nodes)).toEqual([nodes, nodes, nodes]);
    expect(sliceGuard.config.safeParse({ nodes: [] }).success).toBe(false);
  });

  it('leaves alone what holds', async () => {
    for (let i = 0; i < 5; i++) expect(await node.report()).toEqual([]);
  });

  it('raises a slice in danger out of what others have to spare, lends the rest, and puts all back in the end', async () => {
    const [asked] = await node.report(BUSY);
    expect(quotaOf(asked)).toEqual([
      { snssai: EMBB, minRatio: 25, maxRatio: 100, dedicatedRatio: 0 },
      { snssai: URLLC, minRatio: 50, maxRatio: 100, dedicatedRatio: 0 },
      { snssai: MMTC, minRatio: 25, maxRatio: 100, dedicatedRatio: 0 },
    ]);
    for (let i = 0; i < 100; i++) await node.report();
    expect([node.minima, node.maxima]).toEqual([
      [33, 33, 34],
      [33, 33, 34],
    ]);
    expect(await node.report()).toEqual([]);
  });

  it('asks no more for what the node ignores, but seldom, and says so once a wait', async () => {
    const [asked] = await node.report(BUSY, false);
    if (asked === undefined) throw new Error('it asked for nothing');
    guard.effect(asked, { effective: false, cause: 'ignored', reason: 'ignored by the node' });
    await node.report(BUSY, false);
    for (let i = 0; i < 8; i++) expect(await node.report(BUSY, false)).toEqual([]);
    const later: number[] = [];
    for (let i = 0; i < 5; i++) later.push((await node.report(BUSY, false)).length);
    expect(later.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(guard.metrics()['warnings_total']).toMatchObject({ value: 1 });
    expect(guard.metrics()['ineffective_total']).toMatchObject({ value: 1 });
  });

  it('does not raise on what more is no help for', async () => {
    const [first] = await node.report(LATE);
    expect(minimaOf(first)?.[1]).toBe(38);
    if (first === undefined) return;
    const shares = [{ of: '2', asked: 0.38, achieved: 0.04 }];
    guard.effect(first, { effective: true, cause: 'no-demand', shares });
    const [second] = await node.report(LATE);
    expect(minimaOf(second)?.[1]).toBe(43);
    expect(await node.report(LATE)).toEqual([]);
    expect(guard.metrics()['warnings_total']).toMatchObject({ value: 1 });
  });

  it('yields to an xApp that goes before it, and holds what another one wants', async () => {
    const about = {
      kind: 'direct' as const,
      nodeId: 'gnb-001-01-1',
      control: 'slice-quota' as const,
      scopes: ['2'],
    };
    await node.report(BUSY);
    guard.conflict({ ...about, with: 'low', outcome: 'held', reason: 'it is lower', timeMs: 300 });
    const asked: number[] = [];
    for (let i = 0; i < 6; i++) asked.push((await node.report(BUSY)).length);
    expect(asked).toEqual([0, 0, 0, 0, 1, 0]);
    guard.conflict({
      ...about,
      ...{ with: 'high', outcome: 'displaced', reason: 'it is higher', timeMs: 900, untilMs: 1_900 },
    });
    for (let i = 0; i < 9; i++) expect(await node.report(BUSY)).toEqual([]);
  });

  it('waits when it is refused', async () => {
    guard.answer = () => ({ outcome: 'refused', cause: 'slice 2 held by other (priority 80) until 1200 ms' });
    expect(await node.report(BUSY, false)).toHaveLength(1);
    for (let i = 0; i < 9; i++) expect(await node.report(BUSY, false)).toEqual([]);
    expect(await node.report(BUSY, false)).toHaveLength(1);
  });

  it('holds what an A1 policy promises, as long as it stands', async () => {
    const policy = {
      scope: { sliceId: { sst: 1, plmnId: { mcc: '001', mnc: '01' } } },
      sliceSlaObjectives: { maxDlPacketDelayPerUe: 20 },
    };
    const id = { policyTypeId: 20_510, policyId: 'gold' };
    await guard.policy({ ...id, policy });
    const [asked] = await node.report([{ 'RCT.PrbNeedArrivalDl': 15 }]);
    expect(minimaOf(asked)).toEqual([50, 29, 21]);
    await expect(
      guard.policy({
        ...id,
        policyId: 'more',
        policy: { ...policy, sliceSlaObjectives: { maxNumberOfUes: 3 } },
      }),
    ).rejects.toThrow('objective maxNumberOfUes is not one that this xApp can hold');
    await expect(guard.policy({ ...id, policyId: 'twin', policy })).rejects.toThrow(
      'policy gold is about slice 1 already',
    );
    await guard.policy({ ...id, policy: null });
    for (let i = 0; i < 100; i++) await node.report();
    expect(node.minima).toEqual([33, 33, 34]);
  });

  it('works by another configuration at once', async () => {
    await guard.configure({ sla: [{ snssai: MMTC, maxDelayMs: 5 }] });
    const [asked] = await node.report([{}, {}, { 'RCT.PrbNeedArrivalDl': 20 }]);
    expect(minimaOf(asked)).toEqual([20, 20, 60]);
  });

  it('uses what a node tells, if it is only what TS 28.552 names', async () => {
    const report = () =>
      guard.report('plain', {
        rows: [EMBB, URLLC].map((snssai) => ({
          snssai,
          values: { 'RRU.PrbUsedDl': 20, 'DRB.PdcpSduVolumeDL': 500, 'DRB.RlcSduDelayDl': 90 },
        })),
      });
    expect([await report(), await report()]).toEqual([[], []]);
    const [asked] = await report();
    expect(minimaOf(asked)).toEqual([14, 60]);
    expect(guard.metrics()['warnings_total']).toMatchObject({ value: 1 });
    await report();
    expect(guard.metrics()['warnings_total']).toMatchObject({ value: 1 });
  });

  it('goes on in another life where it was', async () => {
    await node.report(BUSY);
    await guard.drain();
    expect(await guard.data.get('nodes/gnb-001-01-1')).toMatchObject({
      acting: true,
      slices: { '2': { minPercent: 50, basePercent: 33 } },
    });
  });

  it('has the descriptor of its definition', () => {
    const json = (file: string): unknown => JSON.parse(readFileSync(`${__dirname}/../${file}`, 'utf8'));
    const { descriptor, controlsSchema } = describeXApp(sliceGuard);
    expect(json('config-file.json')).toEqual(JSON.parse(JSON.stringify(descriptor)));
    expect(json('schema.json')).toEqual(JSON.parse(JSON.stringify(controlsSchema)));
  });
});
