import fc from 'fast-check';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { reportOf } from '../environment/report-of.js';
import { observeUes, UE_MEASUREMENTS } from '../observation/ue-observation.js';
import { ue } from '../observation/observations.fixture.js';
import { lowReward } from './low-reward.js';

describe('lowReward', () => {
  it('is the served share for eMBB, what was dropped included', () => {
    expect(lowReward([ue('eMBB', { deliveredKbit: 6, bufferKbit: 2 }), ue('eMBB')])).toBeCloseTo(0.75, 12);
    expect(lowReward([ue('eMBB', { deliveredKbit: 6, bufferKbit: 2, offeredKbit: 12 })])).toBeCloseTo(
      0.5,
      12,
    );
  });

  it('is the quality-weighted capacity for mMTC', () => {
    const ues = [
      ue('mMTC', { deliveredKbit: 9, bufferKbit: 1 }),
      ue('mMTC', { deliveredKbit: 1, bufferKbit: 9 }),
      ue('mMTC'),
    ];
    expect(lowReward(ues)).toBeCloseTo(0.5 * 0.5, 12);
  });

  it('is the latency benefit for URLLC', () => {
    expect(lowReward([ue('URLLC', { holDelayMs: 10 }), ue('URLLC', { holDelayMs: 5 })])).toBeCloseTo(0.8, 12);
    expect(lowReward([ue('URLLC', { holDelayMs: 90 })])).toBe(0);
  });

  it('is the mean over the types that are there, 1 for none', () => {
    const other = ue('eMBB', { snssai: { sst: 9 }, bufferKbit: 1 });
    expect(lowReward([ue('eMBB', { deliveredKbit: 1 }), other, ue('URLLC')])).toBeCloseTo(0.75, 12);
    expect(lowReward([])).toBe(1);
  });

  it('stays in 0..1', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    const anyUe = fc
      .tuple(
        fc.constantFrom(...SLICE_TYPES),
        fc.record({ deliveredKbit: amount, bufferKbit: amount, offeredKbit: amount, holDelayMs: amount }),
      )
      .map(([type, measured]) => ue(type, measured));
    fc.assert(
      fc.property(fc.array(anyUe), (ues) => {
        expect(lowReward(ues)).toBeGreaterThanOrEqual(0);
        expect(lowReward(ues)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('comes close to the slice quality that the node itself tells', () => {
    const network = new RadioNetwork(resolveRadioConfig({ cells: 1, uesPerCell: 30 }), 3);
    const window = network.openWindow(10);
    let difference = 0;
    for (let period = 0; period < 100; period++) {
      network.advance(10);
      window.roll();
      const source = { network, window, cell: 0, level: 'ue', measurements: UE_MEASUREMENTS } as const;
      const told = [0, 1, 2].map((index) => window.slice('RCT.QosDl', 0, index));
      const quality = told.reduce((sum, each) => sum + each, 0) / told.length;
      difference += Math.abs(lowReward(observeUes(reportOf(source))) - quality) / 100;
    }
    expect(difference).toBeLessThan(0.02);
  });
});
