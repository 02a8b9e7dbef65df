import { type E2apAssociation } from '../association.js';
import { toPeer } from '../associations.fixture.js';
import { type E2apPdu } from '../pdu.js';
import { delivered } from '../peer.fixture.js';
import { requestConnectionUpdate } from './connection-update.js';
import { requestControl } from './control.js';
import { requestE2Setup } from './e2-setup.js';
import { requestNodeConfigurationUpdate } from './node-configuration-update.js';
import { requestE2Removal } from './removal.js';
import { requestReset } from './reset.js';
import { requestServiceUpdate } from './service-update.js';
import { requestSubscription } from './subscription.js';
import { requestSubscriptionDelete } from './subscription-delete.js';

const octets = Uint8Array.of(1);
const ids = { ricRequestId: { requestorId: 1, instanceId: 9 }, ranFunctionId: 2 };
const cause = { misc: 'om-intervention' } as const;
const f1 = { interfaceType: 'f1', componentId: { f1: { gnbDuId: 1 } } } as const;

interface Case {
  readonly name: string;
  readonly begin: (association: E2apAssociation) => Promise<unknown>;
  readonly timeoutMs: number;
  readonly success: E2apPdu;
  /** `undefined` for a procedure that can not fail. */
  readonly failure: E2apPdu | undefined;
}

/** Answers under the ids of the first procedure of an association. */
const cases: readonly Case[] = [
  {
    name: 'E2setup',
    begin: (association) =>
      requestE2Setup(association, {
        globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
        ranFunctionsAdded: [
          {
            ranFunctionId: 2,
            ranFunctionDefinition: octets,
            ranFunctionRevision: 1,
            ranFunctionOid: '1.2.3',
          },
        ],
        componentConfigurationAddition: [{ ...f1, requestPart: octets, responsePart: octets }],
      }),
    timeoutMs: 2_000,
    success: {
      message: 'E2setupResponse',
      value: {
        transactionId: 0,
        globalRicId: { plmn: { mcc: '001', mnc: '01' }, ricId: 1 },
        componentConfigurationAdditionAck: [{ ...f1, outcome: 'success' }],
      },
    },
    failure: { message: 'E2setupFailure', value: { transactionId: 0, cause } },
  },
  {
    name: 'Reset',
    begin: (association) => requestReset(association, cause),
    timeoutMs: 2_000,
    success: { message: 'ResetResponse', value: { transactionId: 0 } },
    failure: undefined,
  },
  {
    name: 'RICsubscription',
    begin: (association) =>
      requestSubscription(association, {
        ...ids,
        ricEventTriggerDefinition: octets,
        ricActionsToBeSetup: [{ ricActionId: 1, ricActionType: 'report' }],
      }),
    timeoutMs: 2_000,
    success: { message: 'RICsubscriptionResponse', value: { ...ids, ricActionsAdmitted: [1] } },
    failure: { message: 'RICsubscriptionFailure', value: { ...ids, cause } },
  },
  {
    name: 'RICsubscriptionDelete',
    begin: (association) => requestSubscriptionDelete(association, ids),
    timeoutMs: 2_000,
    success: { message: 'RICsubscriptionDeleteResponse', value: ids },
    failure: { message: 'RICsubscriptionDeleteFailure', value: { ...ids, cause } },
  },
  {
    name: 'RICcontrol',
    begin: (association) =>
      requestControl(association, { ...ids, ricControlHeader: octets, ricControlMessage: octets }),
    timeoutMs: 1_000,
    success: { message: 'RICcontrolAcknowledge', value: ids },
    failure: { message: 'RICcontrolFailure', value: { ...ids, cause } },
  },
  {
    name: 'RICserviceUpdate',
    begin: (association) => requestServiceUpdate(association, {}),
    timeoutMs: 2_000,
    success: { message: 'RICserviceUpdateAcknowledge', value: { transactionId: 0 } },
    failure: { message: 'RICserviceUpdateFailure', value: { transactionId: 0, cause } },
  },
  {
    name: 'E2nodeConfigurationUpdate',
    begin: (association) => requestNodeConfigurationUpdate(association, {}),
    timeoutMs: 2_000,
    success: { message: 'E2nodeConfigurationUpdateAcknowledge', value: { transactionId: 0 } },
    failure: { message: 'E2nodeConfigurationUpdateFailure', value: { transactionId: 0, cause } },
  },
  {
    name: 'E2connectionUpdate',
    begin: (association) => requestConnectionUpdate(association, {}),
    timeoutMs: 2_000,
    success: { message: 'E2connectionUpdateAcknowledge', value: { transactionId: 0 } },
    failure: { message: 'E2connectionUpdateFailure', value: { transactionId: 0, cause } },
  },
  {
    name: 'E2removal',
    begin: (association) => requestE2Removal(association),
    timeoutMs: 2_000,
    success: { message: 'E2removalResponse', value: { transactionId: 0 } },
    failure: { message: 'E2removalFailure', value: { transactionId: 0, cause } },
  },
];

/** The same answer under ids that nobody has used. */
function withOtherId({ message, value }: E2apPdu): E2apPdu {
  const other =
    'ricRequestId' in value ? { ricRequestId: { requestorId: 1, instanceId: 8 } } : { transactionId: 7 };
  return { message, value: { ...value, ...other } } as E2apPdu;
}

describe.each(cases)('$name', ({ begin, timeoutMs, success, failure }) => {
  it('gives what the peer answers, and lets no timer run on', async () => {
    const { association, peer, timers, trouble } = toPeer();
    const result = begin(association);
    peer.send(success);
    await expect(result).resolves.not.toThrow();
    expect(timers.running).toBe(0);
    expect(trouble).toEqual([]);
  });

  if (failure !== undefined) {
    it('throws the cause of a failure', async () => {
      const { association, peer, timers } = toPeer();
      const result = begin(association);
      peer.send(failure);
      await expect(result).rejects.toMatchObject({ e2apCause: cause, pdu: failure });
      expect(timers.running).toBe(0);
    });
  }

  it('ends after its time, and not before', async () => {
    const { association, timers } = toPeer();
    const result = begin(association);
    let isOver = false;
    result.catch(() => (isOver = true));
    timers.advance(timeoutMs - 1);
    await delivered();
    expect(isOver).toBe(false);
    timers.advance(1);
    await expect(result).rejects.toMatchObject({ name: 'NoAnswer', reason: 'timed-out' });
  });

  it('takes the first of two answers, and tells of the second in one line', async () => {
    const { association, peer, trouble } = toPeer();
    const result = begin(association);
    peer.send(success);
    peer.send(failure ?? success);
    await expect(result).resolves.not.toThrow();
    await delivered();
    expect(trouble).toEqual([expect.stringMatching(/answers nothing that was asked$/)]);
    expect(peer.seen).toHaveLength(1);
  });

  it('does not take an answer to another id', async () => {
    const { association, peer, timers, trouble } = toPeer();
    const result = begin(association);
    peer.send(withOtherId(success));
    await delivered();
    expect(trouble).toEqual([expect.stringMatching(/answers nothing that was asked$/)]);
    timers.advance(timeoutMs);
    await expect(result).rejects.toMatchObject({ reason: 'timed-out' });
  });

  it('ends when the peer vanishes in the middle of it', async () => {
    const { association, peer, timers } = toPeer();
    const result = begin(association);
    await delivered();
    peer.close('gone');
    await expect(result).rejects.toMatchObject({ name: 'NoAnswer', reason: 'closed' });
    expect(timers.running).toBe(0);
  });

  it('ends at once when the peer tells of an error in it', async () => {
    const { association, peer } = toPeer();
    const result = begin(association);
    const about = 'ricRequestId' in success.value ? ids : { transactionId: 0 };
    peer.send({ message: 'ErrorIndication', value: { ...about, cause } });
    await expect(result).rejects.toMatchObject({ e2apCause: cause });
  });
});
