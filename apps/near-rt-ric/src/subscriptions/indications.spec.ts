import { type SubscriptionSpec } from '@ricochet/contracts';
import { E2smError, kpm } from '@ricochet/e2sm';
import { type E2Node } from '../e2/e2-node.js';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction } from '../ran-functions.fixture.js';
import { report } from './report.fixture.js';

const SLICES: SubscriptionSpec = { name: 'slices', level: 'slice', periodMs: 100, measurements: ['A'] };

describe('indications', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;
  let node: E2Node;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store);
    du = new FakeNode(1);
    node = await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    ric.manager.want('b', [{ ...SLICES, name: 'mine' }]);
    await delivered();
  });

  it('reach every subscriber under the name that it gave, and listeners once', () => {
    const ricCallProcessId = new Uint8Array([0, 0xff]);
    ric.indications.handle(node, report(1, 4, { ricCallProcessId }));
    const expected = {
      nodeId: du.nodeId,
      level: 'slice',
      timeMs: 400,
      periodMs: 100,
      measurements: ['A'],
      rows: [{ snssai: { sst: 1 }, values: [2] }],
    };
    const common = { sequenceNumber: 4, missed: 0, callProcessId: '00ff', report: expected };
    expect(ric.deliveries).toEqual([
      { ...common, subscriber: { xapp: 'a', name: 'slices' } },
      { ...common, subscriber: { xapp: 'b', name: 'mine' } },
    ]);
    expect(ric.reports).toEqual([expected]);
    expect(node.reportedUntilMs).toBe(400);
  });

  it('show what is missing as a gap', () => {
    for (const sequence of [3, 4, 7]) ric.indications.handle(node, report(1, sequence));
    expect(ric.deliveries.filter(({ subscriber }) => subscriber.xapp === 'a').map((d) => d.missed)).toEqual([
      0, 0, 2,
    ]);
    expect(ric.indications.counts).toMatchObject({ indications: 3, missed: 2 });
  });

  it('come to subscribers once and in order, whatever the node sends', async () => {
    for (const sequence of [3, 3, 5, 4, 6]) du.send('RICindication', report(1, sequence));
    await delivered();
    expect(ric.reports.map(({ timeMs }) => timeMs)).toEqual([300, 500, 600]);
    expect(ric.indications.counts).toEqual({ indications: 3, missed: 1, duplicates: 1, late: 1 });
    expect(ric.told(/dropped|missing/)).toEqual([
      'gnb-001-01-1-du-1: the slice report of 100 ms up to 300 ms is a duplicate: dropped',
      'gnb-001-01-1-du-1: 1 slice reports of 100 ms are missing before 500 ms',
      'gnb-001-01-1-du-1: the slice report of 100 ms up to 400 ms is late: dropped',
    ]);
    expect(node.indications).toBe(5);
    expect(node.reportedUntilMs).toBe(600);
  });

  it('of a node that began anew are no duplicates', async () => {
    for (const sequence of [1, 2, 3]) ric.indications.handle(node, report(1, sequence));
    node.association?.close('restarted');
    await delivered();
    const again = await new FakeNode(1).connect(ric);
    await delivered();
    for (const sequence of [1, 2]) ric.indications.handle(again, report(1, sequence));
    expect(ric.indications.counts).toEqual({ indications: 5, missed: 0, duplicates: 0, late: 0 });
  });

  it('show what is missing because the node was away', async () => {
    ric.indications.handle(node, report(1, 3));
    node.association?.close('away');
    await delivered();
    const again = await new FakeNode(1).connect(ric);
    await delivered();
    ric.indications.handle(again, report(1, 10));
    expect(ric.indications.counts).toMatchObject({ indications: 2, missed: 6 });
  });

  it.each([
    ['of nobody', report(9, 1)],
    ['of another requestor', report(1, 1, { ricRequestId: { requestorId: 2, instanceId: 1 } })],
  ])('%s go nowhere', (_, lost) => {
    ric.indications.handle(node, lost);
    expect(ric.deliveries).toEqual([]);
    expect(ric.indications.counts.indications).toBe(0);
  });

  it('of another node than the one that was subscribed to go nowhere', async () => {
    const other = await new FakeNode(2).connect(ric);
    await delivered();
    ric.indications.handle(other, report(1, 1));
    expect(ric.deliveries).toEqual([]);
  });

  it('of UEs tell one of the node, for as long as no other is told', async () => {
    const ueDu = new FakeNode(2);
    ueDu.functions = [kpmFunction(['A'], { ueMeasurements: ['A'] })];
    const ueNode = await ueDu.connect(ric);
    ric.manager.want('a', [SLICES, { ...SLICES, name: 'ues', level: 'ue' }]);
    await delivered();
    const { instanceId } = ueDu.requests.at(-1)?.ricRequestId ?? { instanceId: 0 };
    const measReport = { measData: [{ kinds: 'r', values: [1] }] };
    const ues = (ids: readonly number[]) => ({
      ricIndicationMessage: kpm.indicationMessage.encode({
        format3: {
          ueMeasReportList: ids.map((id) => ({ ueId: { gnbDuUeId: { gnbCuUeF1apId: id } }, measReport })),
        },
      }),
    });
    expect(ueNode.reportedUe).toBeUndefined();
    ric.indications.handle(ueNode, report(instanceId, 1, ues([7, 8])));
    expect(ueNode.reportedUe).toEqual({ gnbDuUeId: { gnbCuUeF1apId: 7 } });
    // None, as our own nodes tell it.
    const none = kpm.indicationMessage.encode({ format1: { measData: [{ kinds: 'n', values: [0] }] } });
    ric.indications.handle(ueNode, report(instanceId, 2, { ricIndicationMessage: none }));
    expect(ueNode.reportedUe).toEqual({ gnbDuUeId: { gnbCuUeF1apId: 7 } });
    ric.indications.handle(ueNode, report(instanceId, 3, ues([8])));
    expect(ueNode.reportedUe).toEqual({ gnbDuUeId: { gnbCuUeF1apId: 8 } });
    expect(node.reportedUe).toBeUndefined();
  });

  it('that can not be read throw, deliver nothing, and show as missing', () => {
    ric.indications.handle(node, report(1, 1));
    const garbage = report(1, 2, { ricIndicationMessage: Uint8Array.of(1, 2, 3) });
    expect(() => ric.indications.handle(node, garbage)).toThrow(E2smError);
    const wide = kpm.indicationMessage.encode({ format1: { measData: [{ kinds: 'rr', values: [1, 2] }] } });
    expect(() => ric.indications.handle(node, report(1, 3, { ricIndicationMessage: wide }))).toThrow(
      'another shape than asked',
    );
    ric.indications.handle(node, report(1, 4));
    expect(ric.deliveries).toHaveLength(4);
    expect(ric.indications.counts).toMatchObject({ indications: 2, missed: 2 });
  });

  it('of subscriptions that we do not have are counted, told once, and stopped once each', async () => {
    for (const instanceId of [9, 9, 8]) du.send('RICindication', report(instanceId, 1));
    await delivered();
    expect(ric.indications.strayCount).toBe(3);
    expect(ric.told(/reports for a subscription that we do not have/)).toEqual([
      'gnb-001-01-1-du-1: reports for a subscription that we do not have, 1/9: it is told to delete it',
    ]);
    expect(du.log).toEqual(['subscribe 1', 'delete 9', 'delete 8']);
    expect(node.indications).toBe(3);
  });

  it('of a subscription that is being deleted are none of those', async () => {
    du.answers = 'nothing';
    ric.manager.release('a');
    ric.manager.release('b');
    du.send('RICindication', report(1, 1));
    await delivered();
    expect(ric.indications.strayCount).toBe(0);
    expect(du.log).toEqual(['subscribe 1', 'delete 1']);
  });

  it('that can not be read cost themselves alone', async () => {
    du.send('RICindication', report(1, 1, { ricIndicationMessage: Uint8Array.of(1, 2, 3) }));
    du.send('RICindication', report(1, 2));
    await delivered();
    expect(ric.reports).toHaveLength(1);
    expect(ric.termination.invalidPdus).toBe(1);
    expect(ric.told(/RICindication dropped: KPM/)).toHaveLength(1);
  });

  it('in another dialect than the profile has are read, and that is told once', () => {
    const ricIndicationHeader = kpm.indicationHeader.encode({
      dialect: 'v2.03',
      timeStamp: '66000000',
    });
    for (const sequence of [1, 2]) ric.indications.handle(node, report(1, sequence, { ricIndicationHeader }));
    expect(ric.reports).toHaveLength(2);
    expect(ric.told(/is taken for oran, but: .*TimeStamp of 4 octets: KPM v2.03, expected v3/)).toHaveLength(
      1,
    );
  });
});
