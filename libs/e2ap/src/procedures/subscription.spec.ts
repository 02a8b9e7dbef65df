import { nodeAndRic, toPeer } from '../associations.fixture.js';
import { type RicSubscriptionRequest } from '../messages/subscription.js';
import { delivered } from '../peer.fixture.js';
import { profiles } from '../profiles/profiles.js';
import { answerSubscription, requestSubscription, type SubscriptionDecision } from './subscription.js';
import { answerSubscriptionDelete } from './subscription-delete.js';

const ids = { ricRequestId: { requestorId: 1, instanceId: 9 }, ranFunctionId: 2 };
const request = (...actions: number[]): RicSubscriptionRequest => ({
  ...ids,
  ricEventTriggerDefinition: Uint8Array.of(1),
  ricActionsToBeSetup: actions.map((ricActionId) => ({ ricActionId, ricActionType: 'report' })),
});
const notSupported = { ricRequest: 'action-not-supported' } as const;

/** A node that decides so; gives what was subscribed to and deleted there. */
function nodeThat(decision: SubscriptionDecision) {
  const seen: string[] = [];
  const ends = nodeAndRic({
    node: {
      RICsubscriptionRequest: answerSubscription(({ ricActionsToBeSetup }) => {
        seen.push(`subscribe ${ricActionsToBeSetup.length}`);
        return decision;
      }),
      RICsubscriptionDeleteRequest: answerSubscriptionDelete(({ ricRequestId }) => {
        seen.push(`delete ${ricRequestId.instanceId}`);
        return false;
      }),
    },
  });
  return { ...ends, seen };
}

describe('RIC Subscription', () => {
  it('gives which actions the node admits', async () => {
    const notAdmitted = [{ ricActionId: 2, cause: notSupported }];
    const { ric, seen } = nodeThat({ admitted: [1], notAdmitted });
    await expect(requestSubscription(ric.association, request(1, 2))).resolves.toEqual({
      ...ids,
      ricActionsAdmitted: [1],
      ricActionsNotAdmitted: notAdmitted,
    });
    expect(seen).toEqual(['subscribe 2']);
  });

  it('throws the cause for which the node takes none', async () => {
    const { ric, seen } = nodeThat({ cause: notSupported });
    await expect(requestSubscription(ric.association, request(1))).rejects.toMatchObject({
      name: 'ProcedureFailure',
      e2apCause: notSupported,
    });
    expect(seen).toEqual(['subscribe 1']);
  });

  it('fails and deletes when none of the actions asked is admitted', async () => {
    const { ric, seen } = nodeThat({ admitted: [7], notAdmitted: [{ ricActionId: 1, cause: notSupported }] });
    await expect(requestSubscription(ric.association, request(1))).rejects.toMatchObject({
      message: 'RICsubscription: no action admitted: ricRequest/action-not-supported',
      e2apCause: notSupported,
    });
    await delivered();
    expect(seen).toEqual(['subscribe 1', 'delete 9']);
    expect(ric.trouble).toEqual([]);
  });

  it('deletes what was not answered in time, and takes the answer to that in silence', async () => {
    const { association, peer, timers, trouble } = toPeer();
    const result = requestSubscription(association, request(1));
    timers.advance(2_000);
    await expect(result).rejects.toMatchObject({ reason: 'timed-out' });
    await delivered();
    expect(peer.seen.at(-1)).toEqual({ message: 'RICsubscriptionDeleteRequest', value: ids });
    peer.send({ message: 'RICsubscriptionDeleteResponse', value: ids });
    await delivered();
    expect(timers.running).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('sends no more actions than the peer takes', async () => {
    const { association, peer } = toPeer();
    association.profile = profiles.srsran;
    await expect(requestSubscription(association, request(1, 2))).rejects.toMatchObject({
      name: 'ProcedureNotAllowed',
      message: 'a srsran peer takes 1 action a subscription, not 2',
    });
    await delivered();
    expect(peer.seen).toEqual([]);
  });

  it('knows a failure by its request id, whatever its RAN function id', async () => {
    const { association, peer } = toPeer();
    const result = requestSubscription(association, request(1));
    peer.send({
      message: 'RICsubscriptionFailure',
      value: { ...ids, ranFunctionId: 0, cause: notSupported },
    });
    await expect(result).rejects.toMatchObject({ e2apCause: notSupported });
  });
});
