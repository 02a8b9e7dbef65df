import { Bus, EmbeddedNats } from '@ricochet/bus';
import { NatsE2Server, nodeTimers } from '@ricochet/e2-transport';
import {
  answerE2Setup,
  aperCodec,
  E2apAssociation,
  requestControl,
  requestSubscription,
  type E2SetupRequest,
  type RicIndication,
  type RicSubscriptionRequest,
} from '@ricochet/e2ap';
import { PlayedNode } from './played-node.js';

const SETUP: E2SetupRequest = {
  transactionId: 5,
  globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1, gnbDuId: 1 },
  ranFunctionsAdded: [
    {
      ranFunctionId: 2,
      ranFunctionDefinition: Buffer.of(1),
      ranFunctionRevision: 1,
      ranFunctionOid: '1.2.3',
    },
  ],
  componentConfigurationAddition: [
    {
      interfaceType: 'f1',
      componentId: { f1: { gnbDuId: 1 } },
      requestPart: Buffer.of(1),
      responsePart: Buffer.of(2),
    },
  ],
};
const subscription = (instanceId: number, definition: number): RicSubscriptionRequest => ({
  ricRequestId: { requestorId: 1, instanceId },
  ranFunctionId: 2,
  ricEventTriggerDefinition: Buffer.of(0),
  ricActionsToBeSetup: [
    { ricActionId: 1, ricActionType: 'report', ricActionDefinition: Buffer.of(definition) },
  ],
});
const indication = (instanceId: number): RicIndication => ({
  ricRequestId: { requestorId: 1, instanceId },
  ranFunctionId: 2,
  ricActionId: 1,
  ricIndicationType: 'report',
  ricIndicationHeader: Buffer.of(3),
  ricIndicationMessage: Buffer.of(4),
});

describe('PlayedNode', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let server: NatsE2Server;
  let node: PlayedNode;
  let ric: E2apAssociation;
  const reports: RicIndication[] = [];
  const lines: string[] = [];

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
    server = new NatsE2Server({
      bus,
      timers: nodeTimers,
      onTrouble: (line) => lines.push(line),
      onAssociation: (transport) => {
        ric = new E2apAssociation(transport, {
          codec: aperCodec,
          timers: nodeTimers,
          handlers: {
            E2setupRequest: answerE2Setup(({ ranFunctionsAdded }) => ({
              globalRicId: { plmn: { mcc: '001', mnc: '01' }, ricId: 1 },
              ranFunctionsAccepted: ranFunctionsAdded.map(({ ranFunctionId }) => ({
                ranFunctionId,
                ranFunctionRevision: 1,
              })),
              componentConfigurationAdditionAck: SETUP.componentConfigurationAddition.map((of) => ({
                interfaceType: of.interfaceType,
                componentId: of.componentId,
                outcome: 'success' as const,
              })),
            })),
            RICindication: (report) => reports.push(report),
          },
          onClosed: () => undefined,
          onTrouble: (line) => lines.push(line),
        });
      },
    });
    node = new PlayedNode('du-1', (line) => lines.push(line));
    node.learn(subscription(1, 7));
    node.learn(subscription(2, 8));
    await node.connect(bus, SETUP);
  });
  afterAll(async () => {
    node.close();
    server.close('the test is over');
    await bus.close();
    await nats.stop();
  });

  it('admits what was subscribed to in the recording, under whatever id, and nothing else', async () => {
    await expect(requestSubscription(ric, subscription(40, 7))).resolves.toMatchObject({
      ricActionsAdmitted: [1],
    });
    await expect(requestSubscription(ric, subscription(41, 9))).rejects.toThrow(/action-not-supported/);
    expect(node.counts.refused).toBe(1);
  });

  it('reports to who has subscribed now, and counts what nobody hears; controls are acknowledged', async () => {
    node.indicate(indication(1));
    node.indicate(indication(2));
    const control = {
      ricRequestId: { requestorId: 2, instanceId: 1 },
      ranFunctionId: 2,
      ricControlHeader: Buffer.of(1),
      ricControlMessage: Buffer.of(2),
    };
    await requestControl(ric, control);
    expect(reports.map(({ ricRequestId }) => ricRequestId)).toEqual([{ requestorId: 1, instanceId: 40 }]);
    expect(node.counts).toEqual({ sent: 1, notAsked: 1, controls: 1, refused: 1 });
    expect(lines).toEqual([]);
  });
});
