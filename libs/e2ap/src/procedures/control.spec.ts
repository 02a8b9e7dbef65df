import { nodeAndRic, toPeer } from '../associations.fixture.js';
import { type E2apAssociation } from '../association.js';
import { type RicControlRequest } from '../messages/control.js';
import { delivered } from '../peer.fixture.js';
import { answerControl, type ControlDecision, requestControl } from './control.js';

const request: Omit<RicControlRequest, 'ricControlAckRequest'> = {
  ricRequestId: { requestorId: 2, instanceId: 7 },
  ranFunctionId: 3,
  ricCallProcessId: Uint8Array.of(4),
  ricControlHeader: Uint8Array.of(1),
  ricControlMessage: Uint8Array.of(2),
};
const { ricControlHeader: _, ricControlMessage: __, ...carriedOver } = request;
const outcome = Uint8Array.of(5);
const cause = { ricRequest: 'control-message-invalid' } as const;

const nodeThat = (decision: ControlDecision | undefined) => ({
  RICcontrolRequest: answerControl(() => decision),
});

describe('RIC Control', () => {
  it('asks for the acknowledgement, and gives it with its outcome', async () => {
    const seen: RicControlRequest[] = [];
    const { ric } = nodeAndRic({
      node: {
        RICcontrolRequest: answerControl((asked) => {
          seen.push(asked);
          return { outcome };
        }),
      },
    });
    await expect(requestControl(ric.association, request)).resolves.toEqual({
      ...carriedOver,
      ricControlOutcome: outcome,
    });
    expect(seen).toEqual([{ ...request, ricControlAckRequest: 'ack' }]);
  });

  it('throws the cause of a failure, and keeps its outcome', async () => {
    const { ric } = nodeAndRic({ node: nodeThat({ cause, outcome }) });
    await expect(requestControl(ric.association, request)).rejects.toMatchObject({
      e2apCause: cause,
      pdu: { value: { ...carriedOver, cause, ricControlOutcome: outcome } },
    });
  });

  it.each([
    ['an acknowledgement', { outcome }, { canWait: true }],
    ['no failure', { cause }, undefined],
  ])('lets %s wait', (_words, decision, options) => {
    const send = jest.fn();
    const association = { send } as unknown as E2apAssociation;
    nodeThat(decision).RICcontrolRequest({ ...request, ricControlAckRequest: 'ack' }, association);
    expect(send.mock.calls.map(([, , how]: unknown[]) => how)).toEqual([options]);
  });

  it.each([
    ['acknowledges', 'ack', {}, ['RICcontrolAcknowledge']],
    ['acknowledges', undefined, {}, ['RICcontrolAcknowledge']],
    ['says nothing of a success', 'noAck', {}, []],
    ['tells of a failure', 'noAck', { cause }, ['RICcontrolFailure']],
    ['says nothing when it decides nothing', 'ack', undefined, []],
  ] as const)('%s when %s was asked for', async (_words, ricControlAckRequest, decision, answers) => {
    const { peer } = toPeer({ handlers: nodeThat(decision) });
    peer.send({
      message: 'RICcontrolRequest',
      value: { ...request, ...(ricControlAckRequest && { ricControlAckRequest }) },
    });
    await delivered();
    expect(peer.seen.map(({ message }) => message)).toEqual(answers);
  });
});
