import { type MessageHandler } from '../association.js';
import { nodeAndRic, toPeer } from '../associations.fixture.js';
import { type E2SetupRequest } from '../messages/e2-setup.js';
import { type MessageValue } from '../pdu.js';
import { delivered } from '../peer.fixture.js';
import { profiles } from '../profiles/profiles.js';
import { answerE2Setup, requestE2Setup } from './e2-setup.js';

const octets = Uint8Array.of(1);
const f1 = { interfaceType: 'f1', componentId: { f1: { gnbDuId: 1 } } } as const;
const ranFunction = (ranFunctionId: number) => ({
  ranFunctionId,
  ranFunctionDefinition: octets,
  ranFunctionRevision: 1,
  ranFunctionOid: '1.2.3',
});
const request: Omit<E2SetupRequest, 'transactionId'> = {
  globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
  ranFunctionsAdded: [ranFunction(2), ranFunction(3)],
  componentConfigurationAddition: [{ ...f1, requestPart: octets, responsePart: octets }],
};
const response = {
  globalRicId: { plmn: { mcc: '001', mnc: '01' }, ricId: 1 },
  ranFunctionsAccepted: [{ ranFunctionId: 2, ranFunctionRevision: 1 }],
  ranFunctionsRejected: [{ ranFunctionId: 3, cause: { ricService: 'ran-function-not-supported' } as const }],
  componentConfigurationAdditionAck: [{ ...f1, outcome: 'success' as const }],
};
const refusal = { cause: { misc: 'control-processing-overload' }, timeToWait: 'v20s' } as const;
const setUp = (handler: MessageHandler<'E2setupRequest'>) => nodeAndRic({ ric: { E2setupRequest: handler } });

describe('E2 Setup', () => {
  it('gives the node what the RIC decides, each time under its own transaction id', async () => {
    const seen: E2SetupRequest[] = [];
    const { node } = setUp(
      answerE2Setup((asked) => {
        seen.push(asked);
        return response;
      }),
    );
    for (const transactionId of [0, 1]) {
      await expect(requestE2Setup(node.association, request)).resolves.toEqual({
        transactionId,
        ...response,
      });
    }
    expect(seen).toEqual([0, 1].map((transactionId) => ({ transactionId, ...request })));
  });

  it('begins what follows the response after it', async () => {
    const handlers = {
      E2setupRequest: answerE2Setup((_, association) => ({
        ...response,
        afterwards: () => association.send('RICserviceQuery', { transactionId: 5 }),
      })),
    };
    const { peer } = toPeer({ handlers });
    peer.send({ message: 'E2setupRequest', value: { transactionId: 3, ...request } });
    await delivered();
    expect(peer.seen.map(({ message }) => message)).toEqual(['E2setupResponse', 'RICserviceQuery']);
  });

  it('tells a node that is refused how long to wait', async () => {
    const { node } = setUp(answerE2Setup(() => refusal));
    await expect(requestE2Setup(node.association, request)).rejects.toMatchObject({
      name: 'E2SetupRefused',
      message: 'E2setup refused: misc/control-processing-overload, to wait 20 s',
      e2apCause: refusal.cause,
      timeToWaitMs: 20_000,
    });
    expect(node.association.isOpen).toBe(true);
  });

  it('makes nothing of a time to wait that is not told', async () => {
    const { node } = setUp(answerE2Setup(() => ({ cause: refusal.cause })));
    await expect(requestE2Setup(node.association, request)).rejects.toMatchObject({ timeToWaitMs: 0 });
  });

  it('fails at once when the response has another shape', async () => {
    const { association, peer } = toPeer();
    const result = requestE2Setup(association, request);
    // A response with its transaction id alone.
    peer.sendOctets(Uint8Array.of(0x20, 1, 0, 9, 0, 0, 1, 0, 49, 0, 2, 0, 0));
    await expect(result).rejects.toMatchObject({ name: 'E2apDecodeError' });
  });

  it('tells a peer that bears no rejected function that all are accepted', async () => {
    const { node } = setUp(
      answerE2Setup((_, association) => {
        association.profile = profiles['flexric-2.03'];
        return response;
      }),
    );
    const taken: MessageValue<'E2setupResponse'> = await requestE2Setup(node.association, request);
    expect(taken).not.toHaveProperty('ranFunctionsRejected');
    expect(taken.ranFunctionsAccepted?.map(({ ranFunctionId }) => ranFunctionId)).toEqual([2, 3]);
  });

  it('closes the association of a refused peer that takes no failure', async () => {
    const { node, ric } = setUp(
      answerE2Setup((_, association) => {
        association.profile = profiles['flexric-2.03'];
        return refusal;
      }),
    );
    await expect(requestE2Setup(node.association, request)).rejects.toMatchObject({ reason: 'closed' });
    expect(ric.closed).toEqual(['E2 Setup refused: misc/control-processing-overload']);
  });
});
