import { decodeF1Request, tellProfile } from '@ricochet/e2ap';
import { kpm, type KpmActionDefinition, rc, ueNumber } from '@ricochet/e2sm';
import { CELL, EmulatedNode, quota, subscription } from '../emulated-node.fixture.js';

const noLabel = [{ noLabel: true as const }];
const info = (...names: readonly string[]) => ({
  measInfoList: names.map((measName) => ({ measName, labels: noLabel })),
  granularityPeriodMs: 50,
});
const nodeAction = (...names: readonly string[]): KpmActionDefinition => ({
  reportStyle: 1,
  format1: info(...names),
});
const ueAction = (...names: readonly string[]): KpmActionDefinition => ({
  reportStyle: 4,
  format4: {
    // That nobody looks at.
    matchingUeConditions: [{ testType: 'rsrp', testExpression: 'greaterthan', testValue: { valueInt: 200 } }],
    subscriptionInfo: info(...names),
  },
});
const ratio = { snssai: { sst: 1 }, minRatio: 30, maxRatio: 40, dedicatedRatio: 10 };

describe('a node in the manner of srsRAN', () => {
  let emulated: EmulatedNode;

  beforeEach(async () => {
    emulated = await EmulatedNode.connected('srsran');
  });
  afterEach(() => emulated.node.stop());

  const subscribe = (...asked: Parameters<typeof subscription>) =>
    emulated.ask('RICsubscriptionRequest', subscription(...asked));

  it('is told by its set-up: a gNB-DU with a short gNB id, KPM and RC, and nothing of its cell', () => {
    const [setup] = emulated.setups;
    expect(tellProfile(setup!).name).toBe('srsran');
    expect(setup!.globalE2NodeId).toMatchObject({ gnbId: 1, gnbIdBits: 22, gnbDuId: CELL + 1 });
    const [kpmItem, rcItem, ...others] = setup!.ranFunctionsAdded;
    expect(others).toEqual([]);
    const { reportStyles } = kpm.ranFunctionDefinition.decode(kpmItem!.ranFunctionDefinition);
    expect(reportStyles.map(({ type }) => type)).toEqual([1, 4]);
    expect(reportStyles[0]!.measurements).toContainEqual({ measName: 'DRB.RlcSduTransmittedVolumeDL' });
    const { controlStyles = [] } = rc.ranFunctionDefinition.decode(rcItem!.ranFunctionDefinition);
    expect(controlStyles.map(({ type, actions = [] }) => [type, actions.map(({ id }) => id)])).toEqual([
      [2, [6]],
    ]);
    const [component] = setup!.componentConfigurationAddition;
    expect(decodeF1Request(component!.requestPart)).toMatchObject({ gnbDuId: CELL + 1, servedCells: [] });
  });

  it('reports the node with the list of what was asked, without sequence number and call process id', async () => {
    const names = ['RRU.PrbUsedDl', 'DRB.UEThpDl', 'DRB.RlcSduDelayDl', 'RRU.PrbAvailDl'];
    await expect(subscribe([nodeAction(...names)])).resolves.toMatchObject([
      { message: 'RICsubscriptionResponse', value: { ricActionsAdmitted: [1] } },
    ]);
    const [, indication] = await emulated.advance(200);
    expect(indication).not.toHaveProperty('ricIndicationSn');
    expect(indication).not.toHaveProperty('ricCallProcessId');
    expect(kpm.indicationHeader.decode(indication!.ricIndicationHeader)).toEqual({
      collectionStartTimeMs: 100,
    });
    const message = kpm.indicationMessage.decode(indication!.ricIndicationMessage, { dialect: 'v3' });
    if (!('format1' in message)) throw new Error('not format 1');
    const { measData, ...rest } = message.format1;
    expect(rest).toEqual(info(...names));
    expect(measData).toHaveLength(1);
    expect(measData[0]!.kinds).toBe('irri');
    const [used = -1, , , left = -1] = measData[0]!.values;
    expect(used + left).toBe(emulated.radio.config.prbsPerCell);
  });

  it('reports every UE, whatever the condition, by its gNB-CU UE F1AP ID, which begins at 0', async () => {
    await subscribe([ueAction('DRB.UEThpDl', 'RRU.PrbTotDl')]);
    const [indication] = await emulated.advance(100);
    const message = kpm.indicationMessage.decode(indication!.ricIndicationMessage);
    if (!('format3' in message)) throw new Error('not format 3');
    const { ueMeasReportList } = message.format3;
    const ids = ueMeasReportList.map(({ ueId }) => ueNumber(ueId));
    expect(ids.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(ueMeasReportList.every(({ ueId }) => 'gnbDuUeId' in ueId)).toBe(true);
    expect(ueMeasReportList[0]!.measReport.measInfoList).toHaveLength(2);
  });

  it('sends nothing for a period in which no UE has a value', async () => {
    await subscribe([ueAction('RRU.PrbUsedDl')]);
    for (const slice of ['eMBB', 'mMTC', 'URLLC'] as const) {
      const count = emulated.radio.membersOf(CELL, ['eMBB', 'mMTC', 'URLLC'].indexOf(slice)).length;
      emulated.radio.apply({ kind: 'ue-departure', cells: [CELL], slice, count });
    }
    await expect(emulated.advance(200)).resolves.toEqual([]);
  });

  it.each<[string, KpmActionDefinition]>([
    ['one measurement that it does not have', nodeAction('RRU.PrbUsedDl', 'RRC.ConnMean')],
    ['a name of every object', nodeAction('toString')],
    ['another style', { ...nodeAction('RRU.PrbUsedDl'), reportStyle: 2 }],
    [
      'a slice label',
      {
        reportStyle: 1,
        format1: {
          measInfoList: [{ measName: 'RRU.PrbUsedDl', labels: [{ sliceId: { sst: 1 } }] }],
          granularityPeriodMs: 1,
        },
      },
    ],
  ])('does not admit an action with %s, and does not say why', async (_, action) => {
    await expect(subscribe([action])).resolves.toEqual([
      {
        message: 'RICsubscriptionFailure',
        value: {
          ricRequestId: { requestorId: 5, instanceId: 1 },
          ranFunctionId: 2,
          cause: { misc: 'control-processing-overload' },
        },
      },
    ]);
    expect(emulated.lines.at(-1)).toContain('subscription refused');
  });

  it('answers a subscription to an unknown or rejected RAN function for RAN function 0', async () => {
    const failure = { message: 'RICsubscriptionFailure', value: { ranFunctionId: 0 } };
    const asked = [nodeAction('RRU.PrbUsedDl')];
    await expect(subscribe(asked, { ranFunctionId: 200 })).resolves.toMatchObject([failure]);
    const other = await EmulatedNode.connected('srsran', [2]);
    await expect(other.ask('RICsubscriptionRequest', subscription(asked))).resolves.toMatchObject([failure]);
    other.node.stop();
  });

  it('lists several admitted actions wrongly', async () => {
    const action = nodeAction('RRU.PrbUsedDl');
    const [response] = await subscribe([action, nodeAction('nonsense'), action]);
    expect(response!.value).toEqual({
      ricRequestId: { requestorId: 5, instanceId: 1 },
      ranFunctionId: 2,
      ricActionsAdmitted: [3, 0],
    });
  });

  it('answers the deletion of an unknown subscription for the request id 0/0', async () => {
    await subscribe([nodeAction('RRU.PrbUsedDl')]);
    const request = { ricRequestId: { requestorId: 5, instanceId: 1 }, ranFunctionId: 2 };
    await expect(emulated.ask('RICsubscriptionDeleteRequest', request)).resolves.toEqual([
      { message: 'RICsubscriptionDeleteResponse', value: request },
    ]);
    await expect(emulated.ask('RICsubscriptionDeleteRequest', request)).resolves.toMatchObject([
      {
        message: 'RICsubscriptionDeleteFailure',
        value: { ricRequestId: { requestorId: 0, instanceId: 0 }, ranFunctionId: 0 },
      },
    ]);
    await expect(emulated.advance(200)).resolves.toEqual([]);
  });

  describe('asked for a quota', () => {
    const ofSlice = () => emulated.radio.sliceQuota(CELL, 0);

    it('applies the maximum alone', async () => {
      const before = ofSlice();
      await expect(emulated.ask('RICcontrolRequest', quota([ratio]))).resolves.toEqual([
        {
          message: 'RICcontrolAcknowledge',
          value: {
            ricRequestId: { requestorId: 2, instanceId: 9 },
            ranFunctionId: 3,
            ricCallProcessId: Uint8Array.of(0, 7),
          },
        },
      ]);
      expect(ofSlice()).toEqual({ ...before, maxRatio: 40 });
      expect(emulated.node.counts).toEqual({ indications: 0, controlsApplied: 1, controlsFailed: 0 });
    });

    it('applies it without a word when no acknowledgement is asked for', async () => {
      const request = { ...quota([ratio]), ricControlAckRequest: 'noAck' as const };
      await expect(emulated.ask('RICcontrolRequest', request)).resolves.toEqual([]);
      expect(ofSlice().maxRatio).toBe(40);
    });

    it.each([
      ['a UE that it does not serve', () => quota([ratio], { ue: 9 })],
      ['a slice that it does not serve', () => quota([{ ...ratio, snssai: { sst: 9 } }])],
      [
        'a UE id of a CU',
        () => ({
          ...quota([ratio]),
          ricControlHeader: rc.controlHeader.encode({
            format1: {
              ueId: { gnbCuUpUeId: { gnbCuCpUeE1apId: 1 } },
              ricStyleType: 2,
              ricControlActionId: 6,
            },
          }),
        }),
      ],
    ])('fails for %s, without saying why', async (_, request) => {
      const before = ofSlice();
      const [failure] = await emulated.ask('RICcontrolRequest', request());
      expect(failure).toMatchObject({
        message: 'RICcontrolFailure',
        value: { cause: { misc: 'unspecified' } },
      });
      expect(failure!.value).not.toHaveProperty('ricControlOutcome');
      expect(ofSlice()).toEqual(before);
    });

    it.each([
      ['another style', () => quota([ratio], { ricStyleType: 1 })],
      ['another action', () => quota([ratio], { ricControlActionId: 5 })],
      ['a RAN function that takes none', () => ({ ...quota([ratio]), ranFunctionId: 200 })],
      ['octets that are none', () => ({ ...quota([ratio]), ricControlHeader: Uint8Array.of(1) })],
    ])('never answers a control of %s', async (_, request) => {
      await expect(emulated.ask('RICcontrolRequest', request())).resolves.toEqual([]);
      expect(emulated.lines.at(-1)).toContain('control not answered');
    });
  });

  it('passes over Reset, Error Indication and what concerns its RAN functions, and keeps reporting', async () => {
    await subscribe([nodeAction('RRU.PrbUsedDl')]);
    const transactionId = 3;
    await expect(
      emulated.ask('ResetRequest', { transactionId, cause: { misc: 'unspecified' } }),
    ).resolves.toEqual([]);
    await expect(emulated.ask('ErrorIndication', { transactionId })).resolves.toEqual([]);
    await expect(emulated.ask('RICserviceQuery', { transactionId })).resolves.toEqual([]);
    await expect(emulated.ask('E2removalRequest', { transactionId })).resolves.toEqual([]);
    await expect(emulated.advance(100)).resolves.toHaveLength(1);
  });

  it('fails an E2 Connection Update', async () => {
    await expect(emulated.ask('E2connectionUpdate', { transactionId: 4 })).resolves.toEqual([
      {
        message: 'E2connectionUpdateFailure',
        value: { transactionId: 4, cause: { transport: 'transport-resource-unavailable' } },
      },
    ]);
  });

  it('begins no procedure: where others do, it sets up anew', async () => {
    await emulated.node.configurationChanged();
    expect(emulated.sent).toEqual([]);
    await emulated.node.reset();
    await emulated.advance(10);
    expect(emulated.sent).toEqual([]);
    expect(emulated.setups).toHaveLength(2);
  });
});
