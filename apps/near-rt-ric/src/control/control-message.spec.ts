import { profiles, type PeerProfile } from '@ricochet/e2ap';
import { rc, ricochet, unpackSlicePrbQuota } from '@ricochet/e2sm';
import { type E2Node } from '../e2/e2-node.js';
import { readRanFunctions } from '../e2/ran-functions.js';
import { rcFunction, weightsFunction } from '../ran-functions.fixture.js';
import { notInForce, packControl } from './control-message.js';

const RATIO = { snssai: { sst: 1 }, minRatio: 10, maxRatio: 60, dedicatedRatio: 0 };
const QUOTA = { kind: 'slice-quota' as const, ratios: [RATIO] };
const WEIGHTS = {
  kind: 'ue-weights' as const,
  slices: [{ snssai: { sst: 1 }, weights: [{ ueId: 5, weight: 2 }] }],
};

function nodeWith(
  items: Parameters<typeof readRanFunctions>[0],
  profile: PeerProfile = profiles.oran,
): E2Node {
  return {
    nodeId: 'gnb-1',
    globalId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
    transport: 'nats',
    peer: 'test',
    profile,
    functions: readRanFunctions(items).known,
    cell: undefined,
    association: undefined,
    refusedPdus: 0,
    indications: 0,
    reportedUntilMs: 0,
    tell: () => undefined,
  };
}

describe('the message of a control', () => {
  it('has the quotas in the form of the standard', () => {
    const { ranFunctionId, ricControlHeader, ricControlMessage } = packControl(
      nodeWith([rcFunction()]),
      QUOTA,
    );
    expect(ranFunctionId).toBe(3);
    expect(rc.controlHeader.decode(ricControlHeader)).toMatchObject({
      format1: { ricStyleType: 2, ricControlActionId: 6, ueId: { gnbDuUeId: {} } },
    });
    expect(unpackSlicePrbQuota(rc.controlMessage.decode(ricControlMessage))).toEqual([RATIO]);
  });

  it('of quotas names a UE that the node has reported, in the form in which it has', () => {
    const node = nodeWith([rcFunction()]);
    const ueIdOf = () => rc.controlHeader.decode(packControl(node, QUOTA).ricControlHeader);
    expect(ueIdOf()).toMatchObject({ format1: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 0 } } } });
    for (const ueId of [{ gnbDuUeId: { gnbCuUeF1apId: 7 } }, { gnbCuUpUeId: { gnbCuCpUeE1apId: 8 } }]) {
      node.reportedUe = ueId;
      expect(ueIdOf()).toMatchObject({ format1: { ueId } });
    }
  });

  it('has the weights', () => {
    const { ricControlMessage } = packControl(nodeWith([weightsFunction([{ sst: 1 }])]), WEIGHTS);
    expect(ricochet.controlMessage.decode(ricControlMessage)).toEqual({
      slices: [{ snssai: { sst: 1 }, ues: [{ ueId: 5, weight: 2 }] }],
    });
  });

  it.each([
    ['quotas where there is no RC', [], QUOTA, 'gnb-1 offers no ORAN-E2SM-RC'],
    [
      'quotas that its definition does not have',
      [rcFunction(3)],
      QUOTA,
      'gnb-1 offers no RC control style 2 (Radio Resource Allocation Control) (it offers 3)',
    ],
    [
      'quotas where the definition can not be read',
      [{ ...rcFunction(), ranFunctionDefinition: Uint8Array.of(1, 2) }],
      QUOTA,
      'gnb-1: its RAN function definition can not be read: RC RANfunctionDefinition',
    ],
    ['weights where nobody takes them', [rcFunction()], WEIGHTS, 'gnb-1 offers no RICOCHET-E2SM-UE-WEIGHTS'],
    [
      'weights in a slice that its definition does not have',
      [weightsFunction([{ sst: 2 }])],
      WEIGHTS,
      'gnb-1 takes no UE weights in slice 1 (it offers 2)',
    ],
  ])('is refused for %s', (_, items, control, words) => {
    expect(() => packControl(nodeWith(items), control)).toThrow(words);
  });

  it('of a quota with more than a maximum is in force in part where the maximum alone applies', () => {
    const srsran = nodeWith([rcFunction()], profiles.srsran);
    expect(notInForce(srsran, QUOTA)).toBe(
      'a srsran node applies the maximum ratio alone, no minimum and nothing dedicated',
    );
    expect(notInForce(srsran, { ...QUOTA, ratios: [{ ...RATIO, minRatio: 0 }] })).toBeUndefined();
    expect(notInForce(srsran, WEIGHTS)).toBeUndefined();
    expect(notInForce(nodeWith([rcFunction()]), QUOTA)).toBeUndefined();
  });
});
