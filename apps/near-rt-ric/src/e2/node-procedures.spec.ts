import { type SubscriptionSpec } from '@ricochet/contracts';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { NodeProcedures } from './node-procedures.service.js';

const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

describe('procedures that an operator asks for', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;
  let procedures: NodeProcedures;

  const start = async (profile: string): Promise<void> => {
    ric = await FakeRic.start(kept.store, { RICOCHET_E2_PROFILES: JSON.stringify({ '*': profile }) });
    procedures = new NodeProcedures(ric.registry);
    ric.manager.want('a', [CELL]);
    du = new FakeNode(1);
    await du.connect(ric);
  };

  it('reset a node, which is subscribed to anew', async () => {
    await start('oran');
    expect(await procedures.begin(du.nodeId, 'reset')).toEqual({
      outcome: 'done',
      text: 'gnb-001-01-1-du-1 has been reset and is subscribed to anew',
    });
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'reset', 'subscribe 1']);
  });

  it('ask a node for its RAN functions', async () => {
    await start('oran');
    expect(await procedures.begin(du.nodeId, 'query')).toMatchObject({ outcome: 'done' });
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'query']);
  });

  it.each([
    ['flexric-2.03', 'reset', 'a flexric-2.03 peer takes no ResetRequest'],
    ['flexric-2.03', 'query', 'a flexric-2.03 peer takes no RICserviceQuery'],
    ['flexric-2.03', 'remove', 'a flexric-2.03 peer takes no E2removalRequest'],
    ['srsran', 'reset', 'a srsran peer never answers ResetRequest'],
  ] as const)('send no %s node what it can not take: %s', async (profile, procedure, words) => {
    await start(profile);
    expect(await procedures.begin(du.nodeId, procedure)).toEqual({
      outcome: 'refused',
      text: `gnb-001-01-1-du-1: ${words}`,
    });
    await delivered();
    expect(du.log.filter((entry) => !entry.startsWith('subscribe'))).toEqual([]);
  });

  it('fail when the node does not answer, and refuse when it is not there', async () => {
    await start('oran');
    const removal = procedures.begin(du.nodeId, 'remove');
    await ric.after(2_000);
    expect(await removal).toEqual({
      outcome: 'failed',
      text: 'gnb-001-01-1-du-1: E2removal: no answer within 2000 ms',
    });
    expect(await procedures.begin('gnb-9', 'reset')).toEqual({
      outcome: 'refused',
      text: 'gnb-9 is not connected',
    });
  });
});
