import { formatE2NodeId, type GlobalE2NodeId, plmnOf } from './e2-node-id.js';

const plmn = { mcc: '001', mnc: '01' };

describe('global E2 node id', () => {
  it.each<[GlobalE2NodeId, string]>([
    [{ plmn, gnbId: 1 }, 'gnb-001-01-1'],
    [{ plmn, gnbId: 1, gnbIdBits: 22, gnbDuId: 3 }, 'gnb-001-01-1-du-3'],
    [{ plmn, gnbId: 1, gnbCuUpId: 0 }, 'gnb-001-01-1-cu-up-0'],
    [{ enGnb: { plmn, gnbId: 7, gnbDuId: 0 } }, 'en-gnb-001-01-7-du-0'],
    [{ ngEnb: { plmn, enbId: { shortMacro: 5 }, ngEnbDuId: 2 } }, 'ng-enb-001-01-shortmacro-5-du-2'],
    [{ enb: { plmn, enbId: { home: 9 } } }, 'enb-001-01-home-9'],
  ])('has a text form and a PLMN: %j', (id, text) => {
    expect(formatE2NodeId(id)).toBe(text);
    expect(plmnOf(id)).toEqual(plmn);
  });
});
