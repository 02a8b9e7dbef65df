import { kpm, type KpmActionDefinition, rc, ricochet, textOfOutcome } from '@ricochet/e2sm';
import { type AgentProfileName } from '@ricochet/e2ap';
import { type E2Fault } from '@ricochet/scenario';
import { CELL, EmulatedNode, quota, subscription } from './emulated-node.fixture.js';

const PERIOD_MS = 100;
const RATIO = { snssai: { sst: 1 }, minRatio: 30, maxRatio: 40, dedicatedRatio: 10 };

const ofNode: KpmActionDefinition = {
  reportStyle: 1,
  format1: {
    measInfoList: [{ measName: 'RRU.PrbUsedDl', labels: [{ noLabel: true }] }],
    granularityPeriodMs: PERIOD_MS,
  },
};

const ofUes = (profile: AgentProfileName): KpmActionDefinition => ({
  ...(profile.startsWith('flexric') && { dialect: 'flexric' }),
  reportStyle: 4,
  format4: {
    matchingUeConditions: [
      { testType: 's-nssai', testExpression: 'equal', testValue: { valueOctets: '01' } },
    ],
    subscriptionInfo: {
      measInfoList: [{ measName: 'DRB.UEThpDl', labels: [{ noLabel: true }] }],
      granularityPeriodMs: PERIOD_MS,
    },
  },
});

describe('a node whose E2 is faulty', () => {
  let emulated: EmulatedNode;
  afterEach(() => emulated.node.stop());

  const begin = (fault: object): void =>
    emulated.node.fault({ cells: [CELL], atMs: 0, durationMs: 2 * PERIOD_MS, ...fault } as E2Fault);

  const connect = async (profile: AgentProfileName): Promise<void> => {
    emulated = await EmulatedNode.connected(profile);
  };
  const control = async (request = quota([RATIO])) => {
    const [answer] = await emulated.ask('RICcontrolRequest', request);
    return answer;
  };

  it('counts what really goes out, and numbers what does not', async () => {
    await connect('oran');
    await emulated.ask('RICsubscriptionRequest', subscription([ofNode]));
    begin({ kind: 'indication-loss', share: 1, durationMs: PERIOD_MS });
    begin({ kind: 'indication-duplicate', share: 1 });
    const numbers = (await emulated.advance(300)).map(({ ricIndicationSn }) => ricIndicationSn);
    expect(numbers).toEqual([2, 2, 3]);
    expect(emulated.node.counts.indications).toBe(3);
    expect(emulated.node.indicationsSinceSetUp).toBe(3);
  });

  it('keeps nothing of a subscription that it has forgotten', async () => {
    await connect('oran');
    await emulated.ask('RICsubscriptionRequest', subscription([ofNode]));
    begin({ kind: 'indication-delay', delayMs: 200, durationMs: PERIOD_MS });
    await expect(emulated.advance(100)).resolves.toEqual([]);
    await emulated.ask('ResetRequest', { transactionId: 9, cause: { misc: 'unspecified' } });
    await emulated.ask('RICsubscriptionRequest', subscription([ofNode]));
    const numbers = (await emulated.advance(300)).map(({ ricIndicationSn }) => ricIndicationSn);
    expect(numbers).toEqual([2, 3, 4]);
  });

  it.each(['oran', 'srsran'] as const)('acknowledges as %s, and does nothing', async (profile) => {
    await connect(profile);
    const before = emulated.radio.sliceQuota(CELL, 0);
    begin({ kind: 'control-without-effect' });
    expect(await control()).toMatchObject({ message: 'RICcontrolAcknowledge' });
    expect(emulated.radio.sliceQuota(CELL, 0)).toEqual(before);
    // What can not be is refused all the same.
    expect(await control(quota([{ ...RATIO, snssai: { sst: 9 } }]))).toMatchObject({
      message: 'RICcontrolFailure',
    });
    expect(emulated.node.counts).toMatchObject({ controlsApplied: 0, controlsFailed: 1 });
  });

  it('fails controls with the cause and the words of the scenario, and no longer than it says', async () => {
    await connect('oran');
    begin({ kind: 'control-failure', cause: 'system-not-ready', text: 'not now' });
    const failure = await control();
    if (failure?.message !== 'RICcontrolFailure') throw new Error('no failure');
    expect(failure.value.cause).toEqual({ ricRequest: 'system-not-ready' });
    expect(textOfOutcome(rc.controlOutcome.decode(failure.value.ricControlOutcome!))).toBe('not now');
    expect(emulated.node.counts).toMatchObject({ controlsApplied: 0, controlsFailed: 1 });
    await emulated.advance(2 * PERIOD_MS + 10);
    expect(await control()).toMatchObject({ message: 'RICcontrolAcknowledge' });
    expect(emulated.radio.sliceQuota(CELL, 0).maxRatio).toBe(40);
  });

  it.each(['oran', 'srsran', 'flexric-2.03'] as const)('does not answer controls as %s', async (profile) => {
    await connect(profile);
    const before = emulated.radio.sliceQuota(CELL, 0);
    begin({ kind: 'control-silence' });
    expect(await control()).toBeUndefined();
    expect(emulated.radio.sliceQuota(CELL, 0)).toEqual(before);
    expect(emulated.node.isConnected).toBe(true);
  });

  /** Ids of the UEs of the next report. */
  const reportedUes = async (): Promise<number[]> => {
    const [indication] = await emulated.advance(PERIOD_MS);
    const message = kpm.indicationMessage.decode(indication!.ricIndicationMessage);
    if (!('format3' in message)) throw new Error('no UEs');
    return message.format3.ueMeasReportList.map(({ ueId }) => {
      if ('gnbDuUeId' in ueId) return ueId.gnbDuUeId.gnbCuUeF1apId;
      if ('gnbUeId' in ueId) return ueId.gnbUeId.amfUeNgapId;
      throw new Error('another kind of UE id');
    });
  };

  it.each(['oran', 'srsran', 'flexric-2.03', 'flexric-3.01'] as const)(
    'reports the same UEs of %s by ids that nobody had before',
    async (profile) => {
      await connect(profile);
      await emulated.ask('RICsubscriptionRequest', subscription([ofUes(profile)]));
      const before = await reportedUes();
      begin({ kind: 'ue-id-churn' });
      const after = await reportedUes();
      expect(after).toHaveLength(before.length);
      expect(after.filter((id) => before.includes(id))).toEqual([]);
    },
  );

  it('takes weights by the new ids alone', async () => {
    await connect('oran');
    await emulated.ask('RICsubscriptionRequest', subscription([ofUes('oran')]));
    const [old = -1] = await reportedUes();
    begin({ kind: 'ue-id-churn' });
    const [ueId = -1] = await reportedUes();
    const weights = [old, ueId].map((id, i) => ({ ueId: id, weight: 3 + i }));
    const answer = await control({
      ...quota([RATIO]),
      ranFunctionId: ricochet.ranFunctionId,
      ricControlHeader: ricochet.controlHeader.encode({ controlStyle: 1 }),
      ricControlMessage: ricochet.controlMessage.encode({ slices: [{ snssai: { sst: 1 }, ues: weights }] }),
    });
    if (answer?.message !== 'RICcontrolAcknowledge') throw new Error('not acknowledged');
    const { unknownUes } = ricochet.controlOutcome.decode(answer.value.ricControlOutcome!);
    expect(unknownUes).toEqual([old]);
    expect(emulated.radio.ueWeight(old)).toBe(4);
  });

  it('takes a quota as srsRAN by the new ids alone', async () => {
    await connect('srsran');
    expect(await control()).toMatchObject({ message: 'RICcontrolAcknowledge' });
    begin({ kind: 'ue-id-churn' });
    expect(await control()).toMatchObject({ message: 'RICcontrolFailure' });
    expect(await control(quota([RATIO], { ue: emulated.radio.ueCapacity }))).toMatchObject({
      message: 'RICcontrolAcknowledge',
    });
  });
});
