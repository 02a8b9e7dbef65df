import { decodeF1Request, tellProfile } from '@ricochet/e2ap';
import { kpm, type KpmActionDefinition, rc, ricochet, textOfOutcome } from '@ricochet/e2sm';
import { CELL, EmulatedNode, quota, subscription } from '../emulated-node.fixture.js';

const action: KpmActionDefinition = {
  reportStyle: 1,
  format1: {
    measInfoList: [{ measName: 'RRU.PrbUsedDl', labels: [{ sliceId: { sst: 1 } }] }],
    granularityPeriodMs: 100,
  },
};
const bad: KpmActionDefinition = { ...action, reportStyle: 2 };
const ids = { ricRequestId: { requestorId: 5, instanceId: 1 }, ranFunctionId: kpm.ranFunctionId };

describe('a node in the manner of the specifications', () => {
  let emulated: EmulatedNode;

  beforeEach(async () => {
    emulated = await EmulatedNode.connected('oran');
  });
  afterEach(() => emulated.node.stop());

  it('sets up as a gNB-DU that tells of its cell, with KPM, RC and UE weights', () => {
    const [setup] = emulated.setups;
    expect(tellProfile(setup!).name).toBe('oran');
    expect(setup!.globalE2NodeId).toEqual({ plmn: { mcc: '001', mnc: '01' }, gnbId: 1, gnbDuId: CELL + 1 });
    expect(setup!.ranFunctionsAdded.map(({ ranFunctionOid }) => ranFunctionOid)).toEqual([
      kpm.oid,
      rc.oid,
      ricochet.oid,
    ]);
    const [component] = setup!.componentConfigurationAddition;
    expect(decodeF1Request(component!.requestPart)).toMatchObject({
      servedCells: [{ prbs: emulated.radio.config.prbsPerCell }],
    });
  });

  it('admits what it can, and numbers what it reports', async () => {
    await expect(emulated.ask('RICsubscriptionRequest', subscription([bad, action]))).resolves.toEqual([
      {
        message: 'RICsubscriptionResponse',
        value: {
          ...ids,
          ricActionsAdmitted: [2],
          ricActionsNotAdmitted: [{ ricActionId: 1, cause: { ricRequest: 'action-not-supported' } }],
        },
      },
    ]);
    const indications = await emulated.advance(200);
    expect(indications.map(({ ricActionId, ricIndicationSn }) => [ricActionId, ricIndicationSn])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    const processes = indications.map(
      ({ ricCallProcessId }) => rc.callProcessId.decode(ricCallProcessId!).format1.ranCallProcessId,
    );
    expect(processes).toEqual([1, 2]);
    expect(emulated.node.indicationsSinceSetUp).toBe(2);
  });

  it('fails a subscription of which it can admit nothing', async () => {
    await expect(emulated.ask('RICsubscriptionRequest', subscription([bad]))).resolves.toEqual([
      { message: 'RICsubscriptionFailure', value: { ...ids, cause: { ricRequest: 'action-not-supported' } } },
    ]);
    expect(emulated.lines.at(-1)).toContain('subscription refused: report style 2');
  });

  it('applies a quota whole, and says why one can not be', async () => {
    const ratio = { snssai: { sst: 1 }, minRatio: 30, maxRatio: 40, dedicatedRatio: 10 };
    await expect(emulated.ask('RICcontrolRequest', quota([ratio]))).resolves.toMatchObject([
      { message: 'RICcontrolAcknowledge', value: { ricCallProcessId: Uint8Array.of(0, 7) } },
    ]);
    expect(emulated.radio.sliceQuota(CELL, 0)).toEqual({ minRatio: 30, maxRatio: 40, dedicatedRatio: 10 });
    const [failure] = await emulated.ask('RICcontrolRequest', quota([{ ...ratio, minRatio: 50 }]));
    if (failure?.message !== 'RICcontrolFailure') throw new Error('no failure');
    const outcome = rc.controlOutcome.decode(failure.value.ricControlOutcome!);
    expect(textOfOutcome(outcome)).toContain('min 50 ≤ max 40');
    expect(emulated.node.counts).toMatchObject({ controlsApplied: 1, controlsFailed: 1 });
  });

  it('forgets its subscriptions at a reset', async () => {
    await emulated.ask('RICsubscriptionRequest', subscription([action]));
    const reset = { transactionId: 9, cause: { misc: 'unspecified' as const } };
    await expect(emulated.ask('ResetRequest', reset)).resolves.toEqual([
      { message: 'ResetResponse', value: { transactionId: 9 } },
    ]);
    await expect(emulated.advance(200)).resolves.toEqual([]);
    await expect(emulated.ask('RICsubscriptionDeleteRequest', ids)).resolves.toEqual([
      {
        message: 'RICsubscriptionDeleteFailure',
        value: { ...ids, cause: { ricRequest: 'request-id-unknown' } },
      },
    ]);
  });

  it('begins a reset and tells of its cell when it is told to', async () => {
    void emulated.node.reset();
    emulated.radio.apply({ kind: 'cell-off', cells: [CELL] });
    void emulated.node.configurationChanged();
    await emulated.advance(10);
    expect(emulated.sent.map(({ message }) => message)).toEqual([
      'ResetRequest',
      'E2nodeConfigurationUpdate',
    ]);
  });

  it('answers a RIC Service Query with what the RIC does not know', async () => {
    const ranFunctionsAccepted = [{ ranFunctionId: kpm.ranFunctionId, ranFunctionRevision: 1 }];
    const [update] = await emulated.ask('RICserviceQuery', { transactionId: 1, ranFunctionsAccepted });
    expect(update).toMatchObject({
      message: 'RICserviceUpdate',
      value: { ranFunctionsAdded: [{ ranFunctionOid: rc.oid }, { ranFunctionOid: ricochet.oid }] },
    });
  });

  it('has no further associations', async () => {
    await expect(emulated.ask('E2connectionUpdate', { transactionId: 4 })).resolves.toEqual([
      {
        message: 'E2connectionUpdateFailure',
        value: { transactionId: 4, cause: { transport: 'transport-resource-unavailable' } },
      },
    ]);
  });

  it('agrees to its removal, and stays away for a while', async () => {
    await expect(emulated.ask('E2removalRequest', { transactionId: 4 })).resolves.toEqual([
      { message: 'E2removalResponse', value: { transactionId: 4 } },
    ]);
    emulated.closeByRic('E2 Removal');
    await emulated.advance(10);
    expect(emulated.node.isConnected).toBe(false);
    expect(emulated.waits.waiting.map(({ delayMs }) => delayMs)).toEqual([10_000]);
  });
});
