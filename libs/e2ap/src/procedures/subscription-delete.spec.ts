import { nodeAndRic, toPeer } from '../associations.fixture.js';
import { type E2apPdu } from '../pdu.js';
import { delivered } from '../peer.fixture.js';
import { profiles } from '../profiles/profiles.js';
import { answerSubscriptionDelete, requestSubscriptionDelete } from './subscription-delete.js';
import {
  requireSubscriptionDelete,
  type SubscriptionToRemove,
  takeSubscriptionDeleteRequired,
} from './subscription-delete-required.js';

const ids = (instanceId: number) => ({ ricRequestId: { requestorId: 1, instanceId }, ranFunctionId: 2 });
const response = (instanceId: number): E2apPdu => ({
  message: 'RICsubscriptionDeleteResponse',
  value: ids(instanceId),
});
const zeroFailure: E2apPdu = {
  message: 'RICsubscriptionDeleteFailure',
  value: {
    ricRequestId: { requestorId: 0, instanceId: 0 },
    ranFunctionId: 0,
    cause: { misc: 'control-processing-overload' },
  },
};

describe('RIC Subscription Delete', () => {
  it('takes what the node does not know for deleted', async () => {
    const known = new Set([9]);
    const { ric } = nodeAndRic({
      node: {
        RICsubscriptionDeleteRequest: answerSubscriptionDelete(({ ricRequestId }) =>
          known.delete(ricRequestId.instanceId),
        ),
      },
    });
    await requestSubscriptionDelete(ric.association, ids(9));
    expect(known.size).toBe(0);
    await expect(requestSubscriptionDelete(ric.association, ids(9))).resolves.toBeUndefined();
  });

  it('has many outstanding at once with a peer that can tell them apart', async () => {
    const { association, peer } = toPeer();
    const results = [1, 2, 3].map((id) => requestSubscriptionDelete(association, ids(id)));
    await delivered();
    expect(peer.seen).toHaveLength(3);
    for (const id of [3, 1, 2]) peer.send(response(id));
    await Promise.all(results);
  });

  describe('with srsRAN', () => {
    function open() {
      const ends = toPeer();
      ends.association.profile = profiles.srsran;
      return ends;
    }

    it('has one outstanding, and an answer under 0/0 is its own', async () => {
      const { association, peer, trouble } = open();
      const results = [1, 2].map((id) => requestSubscriptionDelete(association, ids(id)));
      await delivered();
      expect(peer.seen).toHaveLength(1);
      peer.send(zeroFailure);
      await expect(results[0]).resolves.toBeUndefined();
      await delivered();
      expect(peer.seen.at(-1)).toMatchObject({ value: ids(2) });
      peer.send(response(2));
      await expect(results[1]).resolves.toBeUndefined();
      expect(trouble).toEqual([]);
    });

    it('goes on to the next after one that is not answered, whose time ran from when it was sent', async () => {
      const { association, peer, timers } = open();
      const [first, second] = [1, 2].map((id) => requestSubscriptionDelete(association, ids(id)));
      timers.advance(2_000);
      await expect(first).rejects.toMatchObject({ reason: 'timed-out' });
      await delivered();
      timers.advance(1_999);
      peer.send(response(2));
      await expect(second).resolves.toBeUndefined();
    });

    it('ends those that wait, too, when the peer vanishes', async () => {
      const { association, peer } = open();
      const results = [1, 2, 3].map((id) => requestSubscriptionDelete(association, ids(id)));
      peer.close('gone');
      for (const result of results) await expect(result).rejects.toMatchObject({ reason: 'closed' });
    });

    it('takes an answer under 0/0 that nothing waits for as one to nothing', async () => {
      const { peer, trouble } = open();
      peer.send(zeroFailure);
      await delivered();
      expect(trouble).toEqual(['RICsubscriptionDeleteFailure 0/0 answers nothing that was asked']);
    });
  });

  it('does not take an answer under 0/0 of a peer that gives the id', async () => {
    const { association, peer, timers, trouble } = toPeer();
    const result = requestSubscriptionDelete(association, ids(1));
    peer.send(zeroFailure);
    await delivered();
    expect(trouble).toHaveLength(1);
    timers.advance(2_000);
    await expect(result).rejects.toMatchObject({ reason: 'timed-out' });
  });
});

describe('RIC Subscription Delete Required', () => {
  it('tells the RIC of as many as there are', async () => {
    const items = Array.from({ length: 1_500 }, (_, index): SubscriptionToRemove => ({
      ...ids(index),
      cause: { ricRequest: 'function-resource-limit' },
    }));
    const seen: SubscriptionToRemove[] = [];
    const { node } = nodeAndRic({
      ric: { RICsubscriptionDeleteRequired: takeSubscriptionDeleteRequired((some) => seen.push(...some)) },
    });
    requireSubscriptionDelete(node.association, items);
    await delivered();
    expect(seen).toEqual(items);
  });
});
