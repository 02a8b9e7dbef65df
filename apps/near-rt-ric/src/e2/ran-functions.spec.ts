import { type SubscriptionSpec } from '@ricochet/contracts';
import { requestServiceUpdate } from '@ricochet/e2ap';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction, rcFunction } from '../ran-functions.fixture.js';

const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

describe('the RAN functions of a node: the RIC', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store);
    du = new FakeNode();
  });

  it('rejects the RAN functions that it does not know', async () => {
    const unknown = { ...kpmFunction(), ranFunctionId: 7, ranFunctionOid: '1.2.3' };
    du.functions = [unknown, kpmFunction()];
    du.open(ric);
    expect(await du.setUp()).toMatchObject({
      ranFunctionsAccepted: [{ ranFunctionId: 22, ranFunctionRevision: 1 }],
      ranFunctionsRejected: [{ ranFunctionId: 7 }],
    });
  });

  it('accepts those whose definition it can not read, tells why, and asks nothing of them', async () => {
    const garbled = Uint8Array.of(1, 2);
    du.functions = [kpmFunction(), rcFunction()].map((item) => ({
      ...item,
      ranFunctionDefinition: garbled,
    }));
    ric.manager.want('a', [CELL]);
    await du.connect(ric);
    expect(ric.registry.find(du.nodeId)?.functions.map(({ ranFunctionId }) => ranFunctionId)).toEqual([
      22, 3,
    ]);
    const words = 'its RAN function definition can not be read: ';
    expect(ric.told(new RegExp(`^${du.nodeId}: ${words}KPM RANfunctionDefinition`))).toHaveLength(1);
    expect(ric.told(new RegExp(`^${du.nodeId}: ${words}RC RANfunctionDefinition`))).toHaveLength(1);
    expect(du.requests).toEqual([]);
    expect(ric.notices).toEqual([expect.stringMatching(`a cell du-1 failed du-1: ${words}KPM`)]);
    // Until it offers it in a form that can be read.
    await requestServiceUpdate(du.association, { ranFunctionsModified: [kpmFunction()] });
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
  });

  it('takes no more of them than a node can have', async () => {
    const node = await du.connect(ric);
    const ranFunctionsAdded = Array.from({ length: 256 }, (_, i) =>
      kpmFunction(['A'], { ranFunctionId: 100 + i }),
    );
    expect(await requestServiceUpdate(du.association, { ranFunctionsAdded })).toMatchObject({
      ranFunctionsRejected: [{ ranFunctionId: 355 }],
    });
    expect(node.functions).toHaveLength(256);
  });

  it('refuses a node that has nothing which it knows', async () => {
    du.functions = [{ ...kpmFunction(), ranFunctionOid: '1.2.3' }];
    du.open(ric);
    await expect(du.setUp()).rejects.toMatchObject({ timeToWaitMs: 10_000 });
    expect(ric.registry.all()).toEqual([]);
    expect(ric.told(/offers no RAN function that we know/)).toHaveLength(1);
  });
});
