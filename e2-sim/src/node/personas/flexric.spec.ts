import { type MessageName, type AgentProfileName, tellProfile } from '@ricochet/e2ap';
import {
  kpm,
  type KpmActionDefinition,
  type MatchingUeCondition,
  rc,
  rcControlFault,
  timeMsIn,
} from '@ricochet/e2sm';
import { CELL, EmulatedNode, quota, subscription } from '../emulated-node.fixture.js';

const NAMES = [
  'DRB.PdcpSduVolumeDL',
  'DRB.PdcpSduVolumeUL',
  'DRB.RlcSduDelayDl',
  'DRB.UEThpDl',
  'DRB.UEThpUl',
  'RRU.PrbTotDl',
  'RRU.PrbTotUl',
];
const ratio = { snssai: { sst: 1 }, minRatio: 1, maxRatio: 2, dedicatedRatio: 0 };
const ofSlice = (valueOctets: string): MatchingUeCondition => ({
  testType: 's-nssai',
  testExpression: 'equal',
  testValue: { valueOctets },
});
const ueAction = (
  condition: MatchingUeCondition = ofSlice('01'),
  names: readonly string[] = NAMES,
): KpmActionDefinition => ({
  dialect: 'flexric',
  reportStyle: 4,
  format4: {
    matchingUeConditions: [condition],
    subscriptionInfo: {
      measInfoList: names.map((measName) => ({ measName, labels: [{ noLabel: true }] })),
      granularityPeriodMs: 100,
    },
  },
});

describe.each<[AgentProfileName, string, 'seconds' | 'microseconds', number]>([
  ['flexric-2.03', '1.3.6.1.4.1.53148.1.2.2.2', 'seconds', 8],
  ['flexric-3.01', '1.3.6.1.4.1.53148.1.3.2.2', 'microseconds', 16],
])('a node in the manner of %s', (profile, oid, form, stampDigits) => {
  let emulated: EmulatedNode;

  beforeEach(async () => {
    emulated = await EmulatedNode.connected(profile);
  });
  afterEach(() => emulated.node.stop());

  const subscribe = (...asked: Parameters<typeof subscription>) =>
    emulated.ask('RICsubscriptionRequest', subscription(...asked));

  it('is told by its set-up: a whole gNB with KPM of UEs, RC and six functions of its own', () => {
    const [setup] = emulated.setups;
    expect(tellProfile(setup!).name).toBe('flexric-2.03');
    expect(emulated.node.nodeId).toBe(`gnb-001-01-${CELL + 1}`);
    const { ranFunctionsAdded, componentConfigurationAddition } = setup!;
    expect(ranFunctionsAdded.map(({ ranFunctionId }) => ranFunctionId)).toEqual([
      2, 3, 142, 143, 144, 145, 146, 148,
    ]);
    expect(ranFunctionsAdded[0]!.ranFunctionOid).toBe(oid);
    const { reportStyles } = kpm.ranFunctionDefinition.decode(ranFunctionsAdded[0]!.ranFunctionDefinition);
    expect(reportStyles.map(({ type, measurements }) => [type, measurements])).toEqual([
      [4, NAMES.map((measName) => ({ measName }))],
    ]);
    expect(componentConfigurationAddition[0]!.interfaceType).toBe('ng');
  });

  it('offers RC without a quota, its formats one too low', () => {
    const item = emulated.setups[0]!.ranFunctionsAdded[1]!;
    const definition = rc.ranFunctionDefinition.decode(item.ranFunctionDefinition);
    expect(definition.controlStyles).toMatchObject([{ type: 1, headerFormatType: 0, messageFormatType: 0 }]);
    const asked = { ricStyleType: 2, ricControlActionId: 6, ranParameters: [] };
    expect(rcControlFault(definition, asked)).toContain('offers no RC control style 2');
  });

  it('reports the UEs of the slice by their AMF UE NGAP ID, in its own dialect', async () => {
    await expect(subscribe([ueAction()])).resolves.toMatchObject([
      { message: 'RICsubscriptionResponse', value: { ricActionsAdmitted: [1] } },
    ]);
    const [, indication] = await emulated.advance(200);
    expect(indication).not.toHaveProperty('ricIndicationSn');
    const message = kpm.indicationMessage.decode(indication!.ricIndicationMessage, { dialect: 'flexric' });
    if (!('format3' in message)) throw new Error('not format 3');
    expect(message.format3.ueMeasReportList).toHaveLength(emulated.radio.membersOf(CELL, 0).length);
    for (const [at, ue] of emulated.radio.membersOf(CELL, 0).entries()) {
      const { ueId, measReport } = message.format3.ueMeasReportList[at]!;
      expect(ueId).toMatchObject({
        gnbUeId: { amfUeNgapId: ue, guami: { plmn: { mcc: '001', mnc: '01' } } },
      });
      expect(measReport.measInfoList).toHaveLength(NAMES.length);
      expect(measReport).not.toHaveProperty('granularityPeriodMs');
      expect(measReport.measData.map(({ kinds }) => kinds)).toEqual(['iirrrii']);
      const [volumeKbit = -1, uplinkKbit, , throughputKbitPerS = -1] = measReport.measData[0]!.values;
      expect(Math.trunc(throughputKbitPerS / 10)).toBe(volumeKbit);
      expect(uplinkKbit).toBe(0);
    }
  });

  it('stamps its headers in its own form, which a RIC that knows it can read', async () => {
    await subscribe([ueAction()]);
    const indications = await emulated.advance(1_200);
    const headers = indications.map(({ ricIndicationHeader }) =>
      kpm.indicationHeader.decode(ricIndicationHeader, { dialect: form === 'seconds' ? 'v2.03' : 'v3' }),
    );
    const last = headers.at(-1)!;
    expect(last).toMatchObject({ senderName: 'ngran_gNB' });
    if ('timeStamp' in last) expect(last.timeStamp).toHaveLength(stampDigits);
    expect(timeMsIn(form, last)).toBe(form === 'seconds' ? 1_000 : 1_100);
  });

  it('sends nothing for a slice that has no UE', async () => {
    await expect(subscribe([ueAction(ofSlice('09'))])).resolves.toHaveLength(1);
    await expect(emulated.advance(200)).resolves.toEqual([]);
  });

  it('answers every deletion with a response', async () => {
    await subscribe([ueAction()]);
    const value = { ricRequestId: { requestorId: 5, instanceId: 1 }, ranFunctionId: 2 };
    const response = [{ message: 'RICsubscriptionDeleteResponse', value }];
    await expect(emulated.ask('RICsubscriptionDeleteRequest', value)).resolves.toEqual(response);
    await expect(emulated.advance(200)).resolves.toEqual([]);
    await expect(emulated.ask('RICsubscriptionDeleteRequest', value)).resolves.toEqual(response);
  });

  it("admits RC's reports, of which none ever comes, and acknowledges a mapping of QoS flows", async () => {
    const [response] = await subscribe([ueAction()], { ranFunctionId: 3 });
    expect(response).toMatchObject({ message: 'RICsubscriptionResponse', value: { ranFunctionId: 3 } });
    await expect(emulated.advance(200)).resolves.toEqual([]);
    const request = {
      ...quota([ratio], { ricStyleType: 1, ricControlActionId: 2 }),
      ricControlMessage: rc.controlMessage.encode({
        format1: {
          ranParameters: [
            { ranParameterId: 1, valueType: { elementTrue: { valueInt: 5 } } },
            {
              ranParameterId: 2,
              valueType: { list: [[{ ranParameterId: 4, valueType: { elementTrue: { valueInt: 9 } } }]] },
            },
          ],
        },
      }),
    };
    await expect(emulated.ask('RICcontrolRequest', request)).resolves.toEqual([
      {
        message: 'RICcontrolAcknowledge',
        value: { ricRequestId: { requestorId: 2, instanceId: 9 }, ranFunctionId: 3 },
      },
    ]);
  });

  /** It is gone without a word, says why in one line, and comes back after 3 s. */
  const expectDeath = async (answers: unknown[], words: string) => {
    expect(answers).toEqual([]);
    expect(emulated.node.isConnected).toBe(false);
    const line = emulated.lines.at(-1);
    expect(line).toContain(`E2 connection lost: a ${profile} node's process dies of`);
    expect(line).toContain(words);
    const retry = emulated.waits.waiting.at(-1);
    expect(retry?.delayMs).toBe(3_000);
    retry?.call();
    await emulated.advance(10);
    expect(emulated.node.isConnected).toBe(true);
    expect(emulated.setups).toHaveLength(2);
  };

  it.each<[MessageName, object]>([
    ['ErrorIndication', { cause: { protocol: 'unspecified' } }],
    ['ResetRequest', { transactionId: 1, cause: { misc: 'unspecified' } }],
    ['RICserviceQuery', { transactionId: 1 }],
    ['E2connectionUpdate', { transactionId: 1 }],
    ['E2removalRequest', { transactionId: 1 }],
  ])('dies of %s', async (message, value) => {
    await expectDeath(await emulated.ask(message, value), message);
  });

  it.each<[string, readonly KpmActionDefinition[], string]>([
    ['another style', [{ ...ueAction(), reportStyle: 1 }], 'report style 1'],
    [
      'a condition that a slice is there',
      [ueAction({ testType: 's-nssai', testExpression: 'present' })],
      'equal',
    ],
    [
      'a slice by number',
      [ueAction({ testType: 's-nssai', testExpression: 'equal', testValue: { valueInt: 1 } })],
      'S-NSSAI',
    ],
    ['a measurement that it does not have', [ueAction(ofSlice('01'), ['RRU.PrbUsedDl'])], 'RRU.PrbUsedDl'],
    ['two actions', [ueAction(), ueAction()], '2 actions'],
    [
      'a definition in the form of the standard',
      [(({ dialect: _, ...action }) => action)(ueAction())],
      'expected flexric',
    ],
  ])('dies of a subscription with %s', async (_, actions, words) => {
    await expectDeath(await subscribe(actions), words);
  });

  it('dies of a subscription to a RAN function that it does not have', async () => {
    await expectDeath(await subscribe([ueAction()], { ranFunctionId: 200 }), 'RAN function 200');
  });

  it.each([
    ['a quota', quota([ratio]), 'action 6'],
    ['another RAN function', { ...quota([ratio]), ranFunctionId: 200 }, 'RAN function 200'],
    [
      'no acknowledgement',
      { ...quota([ratio]), ricControlAckRequest: 'noAck' as const },
      'no acknowledgement',
    ],
    ['other parameters', quota([ratio], { ricStyleType: 1, ricControlActionId: 2 }), 'RAN parameters'],
  ])('dies of a control of %s', async (_, request, words) => {
    await expectDeath(await emulated.ask('RICcontrolRequest', request), words);
  });

  it('dies of octets that are no E2AP, and of being told that a RAN function is rejected', async () => {
    await expectDeath(await emulated.askOctets(Uint8Array.of(0, 200, 0)), 'not E2AP in APER');
    emulated = await EmulatedNode.connected(profile, [148]);
    expect(emulated.node.isConnected).toBe(false);
    expect(emulated.lines.at(-1)).toContain('a rejected RAN function');
  });
});
