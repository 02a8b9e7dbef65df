import { connectE2OverSctp, nodeTimers, SctpE2Server } from '@ricochet/e2-transport';
import { aperCodec, E2apAssociation, type MessageHandlers, type Transport } from '@ricochet/e2ap';
import { sctpLacks } from './support/sctp.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 5_000;
const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const request = (instanceId: number, ranFunctionId: number) => ({
  ricRequestId: { requestorId: 1, instanceId },
  ranFunctionId,
});

/** One end: its association, and what was told of it. */
interface Side {
  readonly association: E2apAssociation;
  readonly trouble: string[];
  readonly closed: string[];
  readonly transport: Transport;
}

function begin(transport: Transport, handlersOf: (side: () => Side) => MessageHandlers): Side {
  const trouble: string[] = [];
  const closed: string[] = [];
  const side: Side = {
    association: new E2apAssociation(transport, {
      codec: aperCodec,
      timers: nodeTimers,
      handlers: handlersOf(() => side),
      onClosed: (reason) => closed.push(reason),
      onTrouble: (line) => trouble.push(line),
    }),
    trouble,
    closed,
    transport,
  };
  return side;
}

/** A node that admits every subscription and reports thrice, and whose controls are refused when they are empty. */
const nodeHandlers = (node: () => Side): MessageHandlers => ({
  RICsubscriptionRequest: ({ ricRequestId, ranFunctionId, ricActionsToBeSetup }) => {
    const { association } = node();
    association.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: ricActionsToBeSetup.map(({ ricActionId }) => ricActionId),
    });
    for (let ricIndicationSn = 0; ricIndicationSn < 3; ricIndicationSn++) {
      association.send('RICindication', {
        ricRequestId,
        ranFunctionId,
        ricActionId: 0,
        ricIndicationSn,
        ricIndicationType: 'report',
        ricIndicationHeader: octets('header'),
        ricIndicationMessage: new Uint8Array(80_000).fill(ricIndicationSn),
      });
    }
  },
  RICsubscriptionDeleteRequest: ({ ricRequestId, ranFunctionId }) =>
    node().association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId }),
  RICcontrolRequest: ({ ricRequestId, ranFunctionId, ricControlMessage }) => {
    const { association } = node();
    if (ricControlMessage.length > 0) {
      association.send('RICcontrolAcknowledge', { ricRequestId, ranFunctionId });
    } else {
      const cause = { ricRequest: 'control-message-invalid' } as const;
      association.send('RICcontrolFailure', { ricRequestId, ranFunctionId, cause });
    }
  },
  ResetRequest: ({ transactionId }) => node().association.send('ResetResponse', { transactionId }),
  // Taken, and never answered.
  RICsubscriptionModificationRequest: () => undefined,
});

const lacks = sctpLacks();

(lacks === undefined ? describe : describe.skip)(`E2AP over SCTP${lacks ? ` (${lacks})` : ''}`, () => {
  let server: SctpE2Server;
  let ric: Side;
  let node: Side;
  const indications: string[] = [];

  const ricHandlers = (side: () => Side): MessageHandlers => ({
    E2setupRequest: ({ transactionId, ranFunctionsAdded, componentConfigurationAddition }) =>
      side().association.send('E2setupResponse', {
        transactionId,
        globalRicId: { plmn: { mcc: '001', mnc: '01' }, ricId: 1 },
        ranFunctionsAccepted: ranFunctionsAdded.map(({ ranFunctionId, ranFunctionRevision }) => ({
          ranFunctionId,
          ranFunctionRevision,
        })),
        componentConfigurationAdditionAck: componentConfigurationAddition.map(
          ({ interfaceType, componentId }) => ({ interfaceType, componentId, outcome: 'success' }),
        ),
      }),
    RICindication: ({ ricIndicationSn, ricIndicationMessage }) =>
      indications.push(
        `${ricIndicationSn}: ${ricIndicationMessage.length} × ${ricIndicationMessage[79_999]}`,
      ),
    ResetRequest: ({ transactionId }) => side().association.send('ResetResponse', { transactionId }),
  });

  beforeEach(async () => {
    const sides: Side[] = [];
    server = await SctpE2Server.listen({
      host: '127.0.0.1',
      port: 0,
      timers: nodeTimers,
      onAssociation: (transport) => sides.push(begin(transport, ricHandlers)),
      onTrouble: (line) => {
        throw new Error(line);
      },
    });
    const transport = await connectE2OverSctp({
      host: '127.0.0.1',
      port: server.port,
      timers: nodeTimers,
      timeoutMs: TIMEOUT_MS,
    });
    node = begin(transport, nodeHandlers);
    ric = await waitFor('the association', () => sides[0]);
    indications.length = 0;
  });
  afterEach(async () => {
    node.association.close('the test is over');
    await server.close('the test is over');
  });

  it('sets up, subscribes, reports, controls, deletes and resets', async () => {
    const setup = await node.association.call(
      'E2setup',
      {
        transactionId: 1,
        globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
        ranFunctionsAdded: [
          {
            ranFunctionId: 2,
            ranFunctionDefinition: new Uint8Array(100_000),
            ranFunctionRevision: 1,
            ranFunctionOid: '1.3.6.1.4.1.53148.1.2.2.2',
          },
        ],
        componentConfigurationAddition: [
          {
            interfaceType: 'f1',
            componentId: { f1: { gnbDuId: 1 } },
            requestPart: new Uint8Array(),
            responsePart: new Uint8Array(),
          },
        ],
      },
      TIMEOUT_MS,
    );
    expect(setup.ranFunctionsAccepted).toEqual([{ ranFunctionId: 2, ranFunctionRevision: 1 }]);

    const subscribed = await ric.association.call(
      'RICsubscription',
      {
        ...request(1, 2),
        ricEventTriggerDefinition: octets('trigger'),
        ricActionsToBeSetup: [{ ricActionId: 0, ricActionType: 'report' }],
      },
      TIMEOUT_MS,
    );
    expect(subscribed.ricActionsAdmitted).toEqual([0]);
    await waitFor('three indications', () => indications.length === 3);
    expect(indications).toEqual(['0: 80000 × 0', '1: 80000 × 1', '2: 80000 × 2']);

    const control = (instanceId: number, ricControlMessage: Uint8Array) =>
      ric.association.call(
        'RICcontrol',
        { ...request(instanceId, 3), ricControlHeader: octets('header'), ricControlMessage },
        TIMEOUT_MS,
      );
    await expect(control(2, octets('quota'))).resolves.toEqual(request(2, 3));
    await expect(control(3, new Uint8Array())).rejects.toThrow(
      'RICcontrol: ricRequest/control-message-invalid',
    );

    await expect(ric.association.call('RICsubscriptionDelete', request(1, 2), TIMEOUT_MS)).resolves.toEqual(
      request(1, 2),
    );
    const reset = { transactionId: 9, cause: { misc: 'om-intervention' } } as const;
    await expect(ric.association.call('Reset', reset, TIMEOUT_MS)).resolves.toEqual({ transactionId: 9 });
    await expect(node.association.call('Reset', reset, TIMEOUT_MS)).resolves.toEqual({ transactionId: 9 });
    expect([...ric.trouble, ...node.trouble, ...ric.closed, ...node.closed]).toEqual([]);
  });

  it('answers a PDU that it can not read, and goes on', async () => {
    node.transport.send(Uint8Array.of(0, 1, 0, 4, 0, 0, 1, 9));
    await waitFor('the Error Indication', () => node.trouble.length > 0);
    expect(node.trouble[0]).toMatch(/^peer reports an error: protocol\//);
    const reset = { transactionId: 4, cause: { misc: 'unspecified' } } as const;
    await expect(node.association.call('Reset', reset, TIMEOUT_MS)).resolves.toEqual({ transactionId: 4 });
  });

  it('ends a procedure at once when the peer aborts in the middle of it', async () => {
    const controlled = ric.association.call(
      'RICsubscriptionModification',
      { ...request(5, 2), ricActionsToBeRemoved: [0] },
      TIMEOUT_MS,
    );
    controlled.catch(() => undefined);
    // Garbage from the RIC: the node aborts.
    ric.transport.send(octets('garbage'));
    await expect(controlled).rejects.toMatchObject({
      name: 'NoAnswer',
      message: 'RICsubscriptionModification: aborted by the peer',
    });
    expect(node.closed).toEqual(['not E2AP in APER: it begins with 67617262616765']);
  });
});
