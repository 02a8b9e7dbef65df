import { sNssaiOf } from '@ricochet/ran-types';
import { SLA_MEASUREMENTS, slaSatisfied } from '@ricochet/scenario';
import { observeSlices, SLICE_MEASUREMENTS } from '../observation/slice-observation.js';
import { observeSla, SHIELDED_SLICE_MEASUREMENTS } from './shield-measurements.js';

describe('the measurements behind a shield', () => {
  const report = {
    nodeId: 'du',
    level: 'slice' as const,
    timeMs: 100,
    periodMs: 100,
    measurements: SHIELDED_SLICE_MEASUREMENTS,
    rows: [
      {
        snssai: sNssaiOf('URLLC'),
        values: SHIELDED_SLICE_MEASUREMENTS.map((name) => (name === 'RCT.HolDelayDl' ? null : 5)),
      },
    ],
  };

  it('are all that state and SLA read, each once', () => {
    expect(new Set(SHIELDED_SLICE_MEASUREMENTS)).toEqual(
      new Set([...SLICE_MEASUREMENTS, ...SLA_MEASUREMENTS]),
    );
    expect(SHIELDED_SLICE_MEASUREMENTS).toHaveLength(new Set(SHIELDED_SLICE_MEASUREMENTS).size);
    expect(observeSlices(report)).toHaveLength(1);
  });

  it('let the SLA be judged', () => {
    const [kpis = {}] = observeSla(report);
    expect(kpis['RCT.HolDelayDl']).toBeNaN();
    expect(slaSatisfied({ maxDelayMs: 4 }, kpis).violations).toEqual([
      { limit: 'maxDelayMs', value: 5, bound: 4 },
    ]);
    expect(() => observeSla({ ...report, measurements: SLICE_MEASUREMENTS })).toThrow(
      'RCT.PacketDelayDl.P99',
    );
  });
});
