import fc from 'fast-check';
import {
  aperCodec,
  type E2apPdu,
  type E2SetupRequest,
  inMemoryTransports,
  type MessageName,
  type MessageValue,
  profiles,
  tellProfile,
  type Transport,
} from '@ricochet/e2ap';
import {
  kpm,
  type KpmActionDefinition,
  packSlicePrbQuota,
  rc,
  SLICE_PRB_QUOTA,
  textOfOutcome,
} from '@ricochet/e2sm';
import { type RrmPolicyRatio } from '@ricochet/ran-types';
import { type Ran, type RanCell, type RanListener, RanRefusal } from '../ran.js';
import { RanNodes } from './ran-nodes.js';

const PLMN = { mcc: '001', mnc: '01' };
const SLICES = [{ sst: 1 }, { sst: 2 }];
const CELL: RanCell = {
  nrCgi: { plmn: PLMN, nci: 7 },
  prbs: 50,
  scsKhz: 30,
  dlShare: 0.5,
  slices: SLICES,
};
const ratio = (sst: number, maxRatio: number): RrmPolicyRatio => ({
  snssai: { sst },
  minRatio: maxRatio,
  maxRatio,
  dedicatedRatio: 0,
});
const arrived = () => new Promise((resolve) => setImmediate(resolve));

/** Nodes of a gNB that the test plays, and a RIC of the test's. */
class Scene {
  listener!: RanListener;
  readonly asked: (readonly RrmPolicyRatio[])[] = [];
  /** Lets the gNB answer what it has not yet. */
  answer: () => void = () => undefined;
  refusal: string | undefined;
  readonly sent: E2apPdu[] = [];
  readonly setups: E2SetupRequest[] = [];
  readonly lines: string[] = [];
  readonly nodes: RanNodes;
  /** The RIC's end of each node's association; the one that speaks. */
  readonly rics: Transport[] = [];
  ric: Transport | undefined;
  /** Timers that run, by their time. */
  readonly timers = new Map<() => void, number>();
  /** What the gNB has said yes to before it refuses. */
  taken: readonly RrmPolicyRatio[] = [];
  isMute = false;

  constructor(takesQuotas: boolean, cells = 1, quotasOfAllCells = true) {
    const ran: Ran = {
      start: (listener) => (this.listener = listener),
      close: () => Promise.resolve(),
      ...(takesQuotas && {
        quotasOfAllCells,
        setSliceQuota: (_: number, ratios: readonly RrmPolicyRatio[]) => {
          this.asked.push(ratios);
          if (this.isMute) return new Promise<void>((resolve) => (this.answer = resolve));
          return this.refusal === undefined
            ? Promise.resolve()
            : Promise.reject(new RanRefusal(this.refusal, this.taken));
        },
      }),
    };
    this.nodes = new RanNodes({
      ran,
      cells: Array.from({ length: cells }, (_, place) => ({
        cell: CELL,
        globalId: { plmn: PLMN, gnbId: 411, gnbDuId: 7 - place },
      })),
      profile: profiles[takesQuotas ? 'srsran-25.10' : 'srsran-24.04'],
      connect: () => Promise.resolve(this.associate()),
      timers: {
        after: (delayMs, call) => {
          this.timers.set(call, delayMs);
          return () => this.timers.delete(call);
        },
      },
      codec: aperCodec,
      log: { info: (line) => this.lines.push(line), warn: (line) => this.lines.push(line) },
    });
    this.nodes.start();
  }

  static async up(takesQuotas = true, cells = 1, quotasOfAllCells = true): Promise<Scene> {
    const scene = new Scene(takesQuotas, cells, quotasOfAllCells);
    scene.listener.up();
    await arrived();
    return scene;
  }

  async ask<N extends MessageName>(message: N, value: MessageValue<N>): Promise<E2apPdu[]> {
    const before = this.sent.length;
    this.ric?.send(aperCodec.encode({ message, value } as E2apPdu));
    await arrived();
    return this.sent.slice(before);
  }

  subscribe(action: KpmActionDefinition, reportingPeriodMs = 100): Promise<E2apPdu[]> {
    return this.ask('RICsubscriptionRequest', {
      ricRequestId: { requestorId: 1, instanceId: 1 },
      ranFunctionId: kpm.ranFunctionId,
      ricEventTriggerDefinition: kpm.eventTrigger.encode({ reportingPeriodMs }),
      ricActionsToBeSetup: [
        { ricActionId: 1, ricActionType: 'report', ricActionDefinition: kpm.actionDefinition.encode(action) },
      ],
    });
  }

  control(...ratios: RrmPolicyRatio[]): Promise<E2apPdu[]> {
    return this.ask('RICcontrolRequest', {
      ricRequestId: { requestorId: 2, instanceId: 9 },
      ranFunctionId: rc.ranFunctionId,
      ricControlHeader: rc.controlHeader.encode({
        format1: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 0 } }, ...SLICE_PRB_QUOTA },
      }),
      ricControlMessage: rc.controlMessage.encode(packSlicePrbQuota(PLMN, ratios)),
      ricControlAckRequest: 'ack',
    });
  }

  /** The gNB's word on a second; gives the reports that come of it. */
  async second(endMs: number, deliveredKbit = 672) {
    const before = this.sent.length;
    const kpis = { 'DRB.PdcpSduVolumeDL': deliveredKbit, 'RCT.SpectralEfficiencyDl': 4, 'RCT.BufferDl': 0 };
    const cell = { cell: 0, kpis: {}, ues: [{ ueId: 3, snssai: { sst: 2 }, kpis }] };
    this.listener.sample({ endMs, periodMs: 1_000, cells: [cell] });
    await arrived();
    return this.sent.slice(before).flatMap(({ message, value }) =>
      message === 'RICindication'
        ? [
            {
              sn: value.ricIndicationSn,
              header: kpm.indicationHeader.decode(value.ricIndicationHeader),
              report: kpm.indicationMessage.decode(value.ricIndicationMessage),
            },
          ]
        : [],
    );
  }

  private associate(): Transport {
    const [near, far] = inMemoryTransports();
    this.rics.push(far);
    this.ric = far;
    far.listen({
      onPdu: (octets) => {
        const pdu = aperCodec.decode(octets);
        if (pdu.message !== 'E2setupRequest') return void this.sent.push(pdu);
        this.setups.push(pdu.value);
        const { transactionId, ranFunctionsAdded, componentConfigurationAddition } = pdu.value;
        const value: MessageValue<'E2setupResponse'> = {
          transactionId,
          globalRicId: { plmn: PLMN, ricId: 1 },
          ranFunctionsAccepted: ranFunctionsAdded.map(({ ranFunctionId, ranFunctionRevision }) => ({
            ranFunctionId,
            ranFunctionRevision,
          })),
          componentConfigurationAdditionAck: componentConfigurationAddition.map(
            ({ interfaceType, componentId }) => ({ interfaceType, componentId, outcome: 'success' }),
          ),
        };
        far.send(aperCodec.encode({ message: 'E2setupResponse', value }));
      },
      onClosed: () => undefined,
    });
    return near;
  }
}

const SLICE_ACTION: KpmActionDefinition = {
  reportStyle: 1,
  format1: {
    measInfoList: [
      { measName: 'RRU.PrbUsedDl', labels: SLICES.map((sliceId) => ({ sliceId })) },
      { measName: 'RCT.RrmPolicyMaxDl', labels: SLICES.map((sliceId) => ({ sliceId })) },
    ],
    granularityPeriodMs: 100,
  },
};
const ueAction = (measName: string): KpmActionDefinition => ({
  reportStyle: 4,
  format4: {
    matchingUeConditions: [{ testType: 's-nssai', testExpression: 'present' }],
    subscriptionInfo: { measInfoList: [{ measName, labels: [{ noLabel: true }] }], granularityPeriodMs: 100 },
  },
});

describe('a gNB behind an adapter', () => {
  it('is an E2 node while it is there, and shows what it is', async () => {
    const scene = new Scene(true);
    await arrived();
    expect(scene.setups).toEqual([]);
    scene.listener.up({ profile: 'ocudu-26.04' });
    await arrived();
    expect(scene.setups.map((setup) => tellProfile(setup).name)).toEqual(['ocudu-26.04']);
    expect(scene.nodes.state).toMatchObject({ isUp: true, connected: 1 });
    scene.listener.down('it has closed the connection');
    await arrived();
    expect(scene.nodes.state).toMatchObject({ isUp: false, connected: 0 });
    expect(scene.lines).toContainEqual(
      expect.stringMatching(/E2 connection lost: its gNB is not there: it has closed the connection/),
    );
    scene.listener.up();
    await arrived();
    expect(scene.setups.map((setup) => tellProfile(setup).name)).toEqual(['ocudu-26.04', 'srsran-25.10']);
    await scene.nodes.stop();
  });

  it('reports at the pace of its gNB, and tells it', async () => {
    const scene = await Scene.up();
    await scene.subscribe(SLICE_ACTION);
    const [report] = await scene.second(1_000_500);
    expect(report).toEqual({
      sn: 0,
      header: { collectionStartTimeMs: 999_500 },
      report: {
        format1: { measData: [{ kinds: 'rrnn', values: [0, 1, 0, 0] }], granularityPeriodMs: 1_000 },
      },
    });
    expect(scene.lines).toContainEqual(
      expect.stringMatching(/reports every 1000 ms, as its gNB measures; 100 ms were asked for$/),
    );
    const [next] = await scene.second(1_001_500);
    expect(next?.sn).toBe(1);
  });

  it('gathers what is asked for less often than it is measured', async () => {
    const scene = await Scene.up();
    await scene.subscribe(ueAction('DRB.PdcpSduVolumeDL'), 3_000);
    expect(await scene.second(1_000)).toEqual([]);
    expect(await scene.second(2_000)).toEqual([]);
    const [report] = await scene.second(3_000);
    expect(report?.report).toMatchObject({
      format3: {
        ueMeasReportList: [
          {
            ueId: { gnbDuUeId: { gnbCuUeF1apId: 3 } },
            measReport: { measData: [{ kinds: 'r', values: [2_016] }], granularityPeriodMs: 3_000 },
          },
        ],
      },
    });
  });

  it('leaves out a report that no record can hold, counts it, and goes on', async () => {
    const scene = await Scene.up();
    await scene.subscribe(ueAction('RCT.BufferDl'));
    const odd = fc.record({
      endMs: fc.oneof(fc.integer({ min: 1, max: 5e12 }), fc.double({ min: 1 })),
      periodMs: fc.oneof(fc.integer({ min: 1, max: 5e12 }), fc.double({ min: 1e-9 })),
      bytes: fc.oneof(fc.constantFrom(0, 5e9, 1e308), fc.double({ min: 0 })),
    });
    await fc.assert(
      fc.asyncProperty(odd, async ({ endMs, periodMs, bytes }) => {
        const kpis = { 'RCT.BufferDl': bytes, 'DRB.PdcpSduVolumeDL': bytes };
        const ues = [{ ueId: 3, snssai: { sst: 2 }, kpis }];
        scene.listener.sample({ endMs, periodMs, cells: [{ cell: 0, kpis: {}, ues }] });
        // A few can be held, and come before the next one.
        await arrived();
        expect(await scene.second(1_000)).toHaveLength(1);
      }),
    );
    const before = scene.nodes.state.unsent;
    const ues = [{ ueId: 3, snssai: { sst: 2 }, kpis: { 'RCT.BufferDl': 5e9 } }];
    scene.listener.sample({ endMs: 2_000, periodMs: 1_000, cells: [{ cell: 0, kpis: {}, ues }] });
    expect(scene.nodes.state.unsent).toBe(before + 1);
    expect(scene.lines).toContainEqual(expect.stringMatching(/a report could not be written: .*4294967295/));
  });

  it('refuses what it does not measure', async () => {
    const scene = await Scene.up();
    const [answer] = await scene.subscribe(ueAction('RCT.HolDelayDl'));
    expect(answer?.message).toBe('RICsubscriptionFailure');
    expect(scene.lines).toContainEqual(
      expect.stringMatching(/subscription refused: RCT.HolDelayDl is not measured at ue level$/),
    );
  });

  it('hands quotas on, one at a time, and tells which the gNB has said yes to', async () => {
    const scene = await Scene.up();
    await scene.subscribe(SLICE_ACTION);
    const [answer] = await scene.control(ratio(1, 40), ratio(2, 60));
    expect(answer?.message).toBe('RICcontrolAcknowledge');
    expect(scene.asked).toEqual([[ratio(1, 40), ratio(2, 60)]]);
    const [report] = await scene.second(1_000);
    expect(report?.report).toMatchObject({
      format1: { measData: [{ kinds: 'rrii', values: [0, 1, 40, 60] }] },
    });
  });

  it.each([
    ['the gNB refuses, in its words', [ratio(1, 40)], 'the gNB refused: no such policy', 'no such policy'],
    ['name a slice that is not served', [ratio(9, 40)], 'slice 9 is not served here (1, 2 are)', undefined],
    ['are too much', [ratio(1, 60), ratio(2, 60)], 'add up to 120 %', undefined],
  ])('refuses quotas that %s', async (_, ratios, words, refusal) => {
    const scene = await Scene.up();
    scene.refusal = refusal;
    const [answer] = await scene.control(...ratios);
    const outcome = answer?.message === 'RICcontrolFailure' ? answer.value.ricControlOutcome : undefined;
    expect(textOfOutcome(rc.controlOutcome.decode(outcome!))).toContain(words);
  });

  it('keeps of a quota that is done by half what the gNB has said yes to', async () => {
    const scene = await Scene.up();
    await scene.subscribe(SLICE_ACTION);
    [scene.refusal, scene.taken] = ['no such policy', [ratio(1, 40)]];
    const [answer] = await scene.control(ratio(1, 40), ratio(2, 60));
    expect(answer?.message).toBe('RICcontrolFailure');
    const [report] = await scene.second(1_000);
    expect(report?.report).toMatchObject({
      format1: { measData: [{ kinds: 'rrin', values: [0, 1, 40, 0] }] },
    });
  });

  it('answers a quota before the RIC waits no longer, and asks no more for those that wait', async () => {
    const scene = await Scene.up();
    scene.isMute = true;
    expect([...(await scene.control(ratio(1, 40))), ...(await scene.control(ratio(1, 41)))]).toEqual([]);
    const before = scene.sent.length;
    for (const [call, delayMs] of scene.timers) if (delayMs === 900) call();
    await arrived();
    expect(scene.sent.slice(before).map(({ message }) => message)).toEqual([
      'RICcontrolFailure',
      'RICcontrolFailure',
    ]);
    expect(scene.asked).toEqual([[ratio(1, 40)]]);
  });

  it('has quotas of one cell in all, where the gNB keeps them together', async () => {
    const scene = await Scene.up(true, 2);
    const [first, second] = scene.rics;
    await scene.control(ratio(1, 70));
    scene.ric = first;
    const [answer] = await scene.control(ratio(2, 40));
    expect(answer?.message).toBe('RICcontrolFailure');
    scene.ric = second;
    expect((await scene.control(ratio(1, 60)))[0]?.message).toBe('RICcontrolAcknowledge');
    scene.ric = first;
    expect((await scene.control(ratio(2, 40)))[0]?.message).toBe('RICcontrolAcknowledge');
  });

  it('asks a gNB that keeps quotas of all cells together for one at a time, whichever cell they are for', async () => {
    const scene = await Scene.up(true, 2);
    scene.isMute = true;
    for (const [place, ric] of scene.rics.entries()) {
      scene.ric = ric;
      await scene.control(ratio(1, 40 + place));
    }
    expect(scene.asked).toEqual([[ratio(1, 40)]]);
    scene.answer();
    await arrived();
    expect(scene.asked).toEqual([[ratio(1, 40)], [ratio(1, 41)]]);
  });

  it('leaves quotas of a cell alone when another has its own, where the gNB keeps them apart', async () => {
    const scene = await Scene.up(true, 2, false);
    const [first, second] = scene.rics;
    scene.ric = first;
    await scene.subscribe(SLICE_ACTION);
    await scene.control(ratio(1, 70), ratio(2, 30));
    scene.ric = second;
    expect((await scene.control(ratio(1, 20), ratio(2, 80)))[0]?.message).toBe('RICcontrolAcknowledge');
    const [report] = await scene.second(1_000);
    expect(report?.report).toMatchObject({ format1: { measData: [{ values: [0, 1, 70, 30] }] } });
  });

  it('offers no quota where there is none, and says so', async () => {
    const scene = await Scene.up(false);
    const functions = scene.setups[0]?.ranFunctionsAdded.map(({ ranFunctionId }) => ranFunctionId);
    expect(functions).toEqual([kpm.ranFunctionId]);
    const [answer] = await scene.control(ratio(1, 40));
    expect(answer?.message).toBe('RICcontrolFailure');
    expect(scene.lines).toContainEqual(
      expect.stringMatching(
        /a slice quota of srsRAN 24.04 to 24.10 \(JSON metrics over UDP\) is not offered$/,
      ),
    );
  });
});
