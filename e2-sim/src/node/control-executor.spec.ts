import { ControlRejected, failureOutcome } from '@ricochet/e2-node';
import { type RicControlRequest } from '@ricochet/e2ap';
import {
  packSlicePrbQuota,
  rc,
  ricochet,
  SLICE_PRB_QUOTA,
  textOfOutcome,
  type UeWeightsMessage,
} from '@ricochet/e2sm';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { type RrmPolicyRatio } from '@ricochet/ran-types';
import { duOf } from './du.fixture.js';
import { prepareControl } from './control-executor.js';

const CELL = 1;
const PLMN = { mcc: '001', mnc: '01' };
const [EMBB, MMTC, URLLC] = [{ sst: 1 }, { sst: 3 }, { sst: 2 }];

const ratio = (snssai: RrmPolicyRatio['snssai'], minRatio: number, maxRatio = 100): RrmPolicyRatio => ({
  snssai,
  minRatio,
  maxRatio,
  dedicatedRatio: 0,
});

function control(ranFunctionId: number, header: Uint8Array, message: Uint8Array): RicControlRequest {
  return {
    ricRequestId: { requestorId: 2, instanceId: 1 },
    ranFunctionId,
    ricControlHeader: header,
    ricControlMessage: message,
    ricControlAckRequest: 'ack',
  };
}

function quota(ratios: readonly RrmPolicyRatio[], style: object = SLICE_PRB_QUOTA): RicControlRequest {
  const header = rc.controlHeader.encode({
    format1: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 0 } }, ...SLICE_PRB_QUOTA, ...style },
  });
  return control(rc.ranFunctionId, header, rc.controlMessage.encode(packSlicePrbQuota(PLMN, ratios)));
}

function weights(slices: UeWeightsMessage['slices']): RicControlRequest {
  return control(
    ricochet.ranFunctionId,
    ricochet.controlHeader.encode({ controlStyle: 1 }),
    ricochet.controlMessage.encode({ slices }),
  );
}

describe('prepareControl', () => {
  let radio: RadioNetwork;
  const quotas = (cell = CELL) => [0, 1, 2].map((slice) => radio.sliceQuota(cell, slice));

  beforeEach(() => {
    radio = new RadioNetwork(resolveRadioConfig({ cells: 2, uesPerCell: 9 }), 1);
  });

  it('changes nothing before it is executed, and then the named slices of its cell alone', () => {
    const before = quotas();
    const { execute, outcome } = prepareControl(
      quota([ratio(URLLC, 30, 80), ratio(EMBB, 50)]),
      duOf(radio, CELL),
    );
    expect(quotas()).toEqual(before);
    execute();
    expect(quotas()).toEqual([
      { minRatio: 50, maxRatio: 100, dedicatedRatio: 0 },
      before[1],
      { minRatio: 30, maxRatio: 80, dedicatedRatio: 0 },
    ]);
    expect(quotas(0)).toEqual(before);
    expect(outcome).toBeUndefined();
  });

  /** What is thrown. */
  const rejection = (request: RicControlRequest) => {
    const before = quotas();
    try {
      prepareControl(request, duOf(radio, CELL));
    } catch (error) {
      if (!(error instanceof ControlRejected)) throw error;
      expect(quotas()).toEqual(before);
      return { cause: error.e2apCause, text: error.message };
    }
    throw new Error('it was not rejected');
  };

  it('rejects ratios that over-commit the carrier by themselves', () => {
    expect(rejection(quota([ratio(EMBB, 60), ratio(URLLC, 41)]))).toEqual({
      cause: { ricRequest: 'control-message-invalid' },
      text: 'the minimum ratios add up to 101 %, more than the carrier has',
    });
  });

  it('rejects ratios that over-commit the carrier together with those in force', () => {
    prepareControl(quota([ratio(MMTC, 50)]), duOf(radio, CELL)).execute();
    expect(rejection(quota([ratio(EMBB, 60)])).text).toContain('110 %');
    expect(() => prepareControl(quota([ratio(EMBB, 60), ratio(MMTC, 40)]), duOf(radio, CELL))).not.toThrow();
    expect(() => prepareControl(quota([ratio(EMBB, 60)]), duOf(radio, 0))).not.toThrow();
  });

  it.each([
    [
      'an unknown slice',
      quota([ratio({ sst: 1, sd: '0000ff' }, 10)]),
      'slice 1-0000ff is not served here (1, 3, 2 are)',
    ],
    ['a slice named twice', quota([ratio(EMBB, 10), ratio(EMBB, 20)]), 'slice 1 is named twice'],
    ['a minimum above the maximum', quota([ratio(EMBB, 50, 40)]), 'min 50 ≤ max 40'],
    ['a ratio above 100', quota([ratio(EMBB, 10, 101)]), 'maxRatio 101'],
    ['a negative ratio', quota([ratio(EMBB, -1)]), 'minRatio -1'],
    [
      'a weight for an unknown slice',
      weights([{ snssai: { sst: 9 }, ues: [] }]),
      'slice 9 is not served here',
    ],
    [
      'a message that can not be read',
      { ...quota([ratio(EMBB, 10)]), ricControlMessage: Uint8Array.of(1) },
      'RC ControlMessage.format1.ranParameters: expected',
    ],
    [
      'a message without parameters',
      {
        ...quota([ratio(EMBB, 10)]),
        ricControlMessage: rc.controlMessage.encode({ format1: { ranParameters: [] } }),
      },
      'RAN parameter 1 (RRM Policy Ratio List) is missing',
    ],
    [
      'a header that can not be read',
      { ...quota([ratio(EMBB, 10)]), ricControlHeader: Uint8Array.of(1) },
      'RC ControlHeader',
    ],
    [
      'a header of weights that can not be read',
      { ...weights([{ snssai: EMBB, ues: [] }]), ricControlHeader: new Uint8Array() },
      'Ricochet ControlHeader',
    ],
  ])('rejects %s in words', (_, request, words) => {
    const { cause, text } = rejection(request);
    expect(cause).toEqual({ ricRequest: 'control-message-invalid' });
    expect(text).toContain(words);
  });

  it.each([{ ricStyleType: 1 }, { ricControlActionId: 5 }])('rejects the style or action %j', (style) => {
    const { cause, text } = rejection(quota([ratio(EMBB, 10)], style));
    expect(cause).toEqual({ ricRequest: 'action-not-supported' });
    expect(text).toContain('is not offered');
  });

  it('rejects a control header of another format, and another style of weights', () => {
    const header = rc.controlHeader.encode({ format2: {} });
    const request = { ...quota([ratio(EMBB, 10)]), ricControlHeader: header };
    expect(rejection(request).text).toBe('control header format2 is not offered');
    const style = ricochet.controlHeader.encode({ controlStyle: 2 });
    const { cause, text } = rejection({ ...weights([{ snssai: EMBB, ues: [] }]), ricControlHeader: style });
    expect(cause).toEqual({ ricRequest: 'action-not-supported' });
    expect(text).toBe('control style 2 is not offered');
  });

  it("tells why in the outcome of the function's own service model", () => {
    const text = 'dedicated 5 ≤ min 50 ≤ max 40 does not hold';
    expect(textOfOutcome(rc.controlOutcome.decode(failureOutcome(rc.ranFunctionId, text)!))).toBe(text);
    const outcome = failureOutcome(ricochet.ranFunctionId, text)!;
    expect(ricochet.controlOutcome.decode(outcome)).toEqual({ unknownUes: [], text });
    expect(failureOutcome(77, text)).toBeUndefined();
  });

  it('rejects an unknown RAN function', () => {
    expect(rejection({ ...quota([ratio(EMBB, 10)]), ranFunctionId: 77 })).toEqual({
      cause: { ricRequest: 'ran-function-id-invalid' },
      text: 'RAN function 77 takes no control here',
    });
  });

  it('sets the weights of UEs and leaves the others alone', () => {
    const [first = -1, second = -1] = radio.membersOf(CELL, 0);
    const request = weights([{ snssai: EMBB, ues: [{ ueId: first, weight: 2.5 }] }]);
    const { execute, outcome } = prepareControl(request, duOf(radio, CELL));
    expect(radio.ueWeight(first)).toBe(1);
    execute();
    expect([radio.ueWeight(first), radio.ueWeight(second)]).toEqual([2.5, 1]);
    expect(outcome).toBeUndefined();
  });

  it('lists the UEs that are not in that slice of that cell, and sets the rest', () => {
    const before = [...radio.membersOf(CELL, 0)];
    radio.apply({ kind: 'ue-departure', cells: [CELL], slice: 'eMBB', count: 1 });
    const [mine = -1] = radio.membersOf(CELL, 0);
    const [gone = -1] = before.filter((ue) => !radio.membersOf(CELL, 0).includes(ue));
    const [otherCell = -1] = radio.membersOf(0, 0);
    const [otherSlice = -1] = radio.membersOf(CELL, 1);
    const nobody = radio.ueCapacity + 5;
    const ues = [otherCell, mine, otherSlice, nobody, gone].map((ueId) => ({ ueId, weight: 3 }));
    const { execute, outcome } = prepareControl(weights([{ snssai: EMBB, ues }]), duOf(radio, CELL));
    execute();
    expect(ricochet.controlOutcome.decode(outcome ?? new Uint8Array())).toEqual({
      unknownUes: [otherCell, otherSlice, nobody, gone],
    });
    expect([mine, otherCell, otherSlice].map((ue) => radio.ueWeight(ue))).toEqual([3, 1, 1]);
  });
});
