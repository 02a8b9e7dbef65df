import { nodeAndRic, toPeer } from '../associations.fixture.js';
import { delivered } from '../peer.fixture.js';
import { ProcedureNotAllowed } from '../procedures.js';
import { profiles } from '../profiles/profiles.js';
import { answerConnectionUpdate, requestConnectionUpdate } from './connection-update.js';
import {
  answerNodeConfigurationUpdate,
  requestNodeConfigurationUpdate,
} from './node-configuration-update.js';
import { answerE2Removal, requestE2Removal } from './removal.js';
import { answerReset, requestReset } from './reset.js';
import { answerServiceQuery, queryServices } from './service-query.js';
import { answerServiceUpdate, requestServiceUpdate, type ServiceChanges } from './service-update.js';

const cause = { misc: 'om-intervention' } as const;
const f1 = { interfaceType: 'f1', componentId: { f1: { gnbDuId: 1 } } } as const;
const accepted = [{ ranFunctionId: 2, ranFunctionRevision: 1 }];

describe('Reset', () => {
  it.each(['node', 'ric'] as const)('of the %s is answered, and the cause handed over', async (who) => {
    const forgotten: unknown[] = [];
    const handlers = { ResetRequest: answerReset((why) => forgotten.push(why)) };
    const ends = nodeAndRic({ [who === 'node' ? 'ric' : 'node']: handlers });
    await requestReset(ends[who].association, cause);
    expect(forgotten).toEqual([cause]);
  });

  it('is answered before what it brings about', async () => {
    const handlers = {
      ResetRequest: answerReset((_, association) =>
        association.send('RICserviceQuery', { transactionId: 5 }),
      ),
    };
    const { peer } = toPeer({ handlers });
    peer.send({ message: 'ResetRequest', value: { transactionId: 9, cause } });
    await delivered();
    expect(peer.seen).toEqual([
      { message: 'ResetResponse', value: { transactionId: 9 } },
      { message: 'RICserviceQuery', value: { transactionId: 5 } },
    ]);
  });
});

describe('RIC Service Update', () => {
  const changes: ServiceChanges = { ranFunctionsDeleted: accepted };

  it('gives the node what the RIC accepts', async () => {
    const seen: ServiceChanges[] = [];
    const { node } = nodeAndRic({
      ric: {
        RICserviceUpdate: answerServiceUpdate((told) => {
          seen.push(told);
          return { ranFunctionsAccepted: accepted };
        }),
      },
    });
    await expect(requestServiceUpdate(node.association, changes)).resolves.toEqual({
      transactionId: 0,
      ranFunctionsAccepted: accepted,
    });
    expect(seen).toEqual([changes]);
  });

  it('tells the node why the RIC takes none', async () => {
    const { node } = nodeAndRic({ ric: { RICserviceUpdate: answerServiceUpdate(() => ({ cause })) } });
    await expect(requestServiceUpdate(node.association, changes)).rejects.toMatchObject({ e2apCause: cause });
  });

  it('follows a query, with what has changed since what the RIC knows', async () => {
    const seen: unknown[] = [];
    const failed: unknown[] = [];
    const { ric } = nodeAndRic({
      node: {
        RICserviceQuery: answerServiceQuery(
          (known) => (known.length > 0 ? { ranFunctionsDeleted: known } : {}),
          (error) => failed.push(error),
        ),
      },
      ric: {
        RICserviceUpdate: answerServiceUpdate((told) => {
          seen.push(told);
          return { cause };
        }),
      },
    });
    queryServices(ric.association, accepted);
    queryServices(ric.association, []);
    await delivered();
    expect(seen).toEqual([{ ranFunctionsDeleted: accepted }, {}]);
    expect(failed).toMatchObject([{ e2apCause: cause }, expect.anything()]);
  });

  it.each(['flexric-2.03', 'srsran'] as const)('is not asked of %s', async (name) => {
    const { association, peer } = toPeer();
    association.profile = profiles[name];
    expect(() => queryServices(association, [])).toThrow(ProcedureNotAllowed);
    await delivered();
    expect(peer.seen).toEqual([]);
  });
});

describe('E2 Node Configuration Update', () => {
  it('gives the node what the RIC acknowledges', async () => {
    const acknowledged = [{ ...f1, outcome: 'success' as const }];
    const { node } = nodeAndRic({
      ric: {
        E2nodeConfigurationUpdate: answerNodeConfigurationUpdate(({ componentConfigurationRemoval }) => ({
          ...(componentConfigurationRemoval && { componentConfigurationRemovalAck: acknowledged }),
        })),
      },
    });
    await expect(
      requestNodeConfigurationUpdate(node.association, { componentConfigurationRemoval: [f1] }),
    ).resolves.toEqual({ transactionId: 0, componentConfigurationRemovalAck: acknowledged });
  });
});

describe('E2 Connection Update', () => {
  it('is refused by a node that keeps one association', async () => {
    const { ric } = nodeAndRic({
      node: { E2connectionUpdate: answerConnectionUpdate(() => ({ cause, timeToWait: 'v1s' })) },
    });
    await expect(requestConnectionUpdate(ric.association, {})).rejects.toMatchObject({
      e2apCause: cause,
      pdu: { value: { transactionId: 0, cause, timeToWait: 'v1s' } },
    });
  });
});

describe('E2 Removal', () => {
  it('has the end that began close the association', async () => {
    const { node, ric, timers } = nodeAndRic({ node: { E2removalRequest: answerE2Removal() } });
    await requestE2Removal(ric.association);
    await delivered();
    expect(ric.closed).toEqual(['E2 Removal']);
    expect(node.closed).toEqual(['closed by the peer: E2 Removal']);
    expect(timers.running).toBe(0);
  });

  it('closes when the peer does not, in its time', async () => {
    const { peer, timers, closed } = toPeer({ handlers: { E2removalRequest: answerE2Removal() } });
    peer.send({ message: 'E2removalRequest', value: { transactionId: 4 } });
    await delivered();
    expect(peer.seen).toEqual([{ message: 'E2removalResponse', value: { transactionId: 4 } }]);
    timers.advance(1_999);
    expect(closed).toEqual([]);
    timers.advance(1);
    expect(closed).toEqual(['E2 Removal by the peer']);
  });

  it('leaves the association open when it is refused', async () => {
    const { ric } = nodeAndRic({ node: { E2removalRequest: answerE2Removal(() => cause) } });
    await expect(requestE2Removal(ric.association)).rejects.toMatchObject({ e2apCause: cause });
    expect(ric.association.isOpen).toBe(true);
  });
});
