import { gnbOf } from './gnb-of.js';
import { peerProfilesSchema, profileGivenFor } from './peer-profiles.js';

const plmn = { mcc: '001', mnc: '01' };

describe('a profile that is given for a node', () => {
  const given = {
    '*': 'oran',
    'gnb-1-*': 'srsran',
    'gnb-1-du-*': 'flexric-2.03',
    'gnb-1-du-7': 'flexric-3.01',
  } as const;

  it.each([
    ['gnb-2', 'oran'],
    ['gnb-1-cu-up-1', 'srsran'],
    ['gnb-1-du-1', 'flexric-2.03'],
    ['gnb-1-du-7', 'flexric-3.01'],
  ])('is the one that fits %s best', (nodeId, profile) => {
    expect(profileGivenFor(nodeId, given)).toBe(profile);
  });

  it('is none where nothing fits', () => {
    expect(profileGivenFor('gnb-2', { 'gnb-1': 'srsran' })).toBeUndefined();
  });

  it.each([{ 'gnb-*-du': 'oran' }, { 'gnb-1': 'nokia' }])('must be one that there is', (faulty) => {
    expect(peerProfilesSchema.safeParse(faulty).success).toBe(false);
  });
});

describe('the gNB of a unit', () => {
  it.each([
    [{ plmn, gnbId: 1, gnbIdBits: 22, gnbDuId: 3 }, 'gnb-001-01-1'],
    [{ plmn, gnbId: 1, gnbCuUpId: 3 }, 'gnb-001-01-1'],
    [{ plmn, gnbId: 1 }, 'gnb-001-01-1'],
    [{ enGnb: { plmn, gnbId: 1, gnbDuId: 3 } }, 'en-gnb-001-01-1'],
    [{ ngEnb: { plmn, enbId: { macro: 4 }, ngEnbDuId: 3 } }, 'ng-enb-001-01-macro-4'],
    [{ enb: { plmn, enbId: { macro: 4 } } }, 'enb-001-01-macro-4'],
  ])('of %j is %s', (id, gnb) => {
    expect(gnbOf(id)).toBe(gnb);
  });
});
