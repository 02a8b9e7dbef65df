import { type SliceKpis, slaSatisfied } from './sla.js';

const NO_TRAFFIC: SliceKpis = {
  'DRB.PdcpSduVolumeDL': 0,
  'RCT.OfferedVolumeDl': 0,
  'RCT.BufferDl': 0,
  'DRB.RlcPacketDropRateDl': null,
  'RCT.PacketDelayDl.P99': NaN,
  'RCT.QosDl': null,
};

describe('slaSatisfied', () => {
  it('is satisfied without limits', () => {
    expect(slaSatisfied({}, { 'DRB.PdcpSduVolumeDL': 5 })).toEqual({
      satisfied: true,
      traffic: true,
      violations: [],
    });
  });

  it('is satisfied without traffic, whatever the limits', () => {
    const limits = { minServedShare: 1, minQos: 1, maxDelayP99Ms: 0, maxDropShare: 0 };
    expect(slaSatisfied(limits, NO_TRAFFIC)).toEqual({ satisfied: true, traffic: false, violations: [] });
  });

  it('measures the served share against backlog and arrivals, drops included', () => {
    // 60 kbit delivered, 20 kbit wait, 20 kbit of 80 kbit offered were dropped: 60 of 100 served.
    const kpis: SliceKpis = {
      'DRB.PdcpSduVolumeDL': 60,
      'RCT.BufferDl': 2500,
      'RCT.OfferedVolumeDl': 80,
      'DRB.RlcPacketDropRateDl': 250_000,
    };
    expect(slaSatisfied({ minServedShare: 0.6 }, kpis).satisfied).toBe(true);
    const { violations } = slaSatisfied({ minServedShare: 0.7, maxDropShare: 0.1 }, kpis);
    expect(violations).toEqual([
      { limit: 'minServedShare', value: expect.closeTo(0.6, 9), bound: 0.7 },
      { limit: 'maxDropShare', value: 0.25, bound: 0.1 },
    ]);
  });

  it('takes the age of the oldest waiting packet for the delay of a slice that got nothing', () => {
    const starved: SliceKpis = {
      'DRB.PdcpSduVolumeDL': 0,
      'RCT.BufferDl': 1000,
      'RCT.PacketDelayDl.P99': null,
      'RCT.HolDelayDl': 40,
    };
    expect(slaSatisfied({ maxDelayP99Ms: 10 }, starved).violations).toEqual([
      { limit: 'maxDelayP99Ms', value: 40, bound: 10 },
    ]);
  });

  it('holds a limit that is met exactly', () => {
    const kpis: SliceKpis = { 'DRB.PdcpSduVolumeDL': 1, 'RCT.PacketDelayDl.P99': 5, 'RCT.QosDl': 0.9 };
    expect(slaSatisfied({ maxDelayP99Ms: 5, minQos: 0.9 }, kpis).satisfied).toBe(true);
  });
});
