import { transportBlockSize, transportBlockSizes } from './transport-block-size.js';
import { BlockError } from './block-error.js';
import { CQI_EFFICIENCY, CQI_TO_MCS, cqiOfEfficiency, MCS_COUNT, MCS_EFFICIENCY } from './mcs-tables.js';
import { TR38901 } from './presets.js';

const { link } = TR38901;
const size = (mcs: number, prbs: number): number => transportBlockSize({ ...link, mcs, prbs });

describe('transport block size (TS 38.214 clause 5.1.3.2)', () => {
  it('meets values computed by hand, all three branches', () => {
    expect(size(0, 1)).toBe(24);
    expect(size(28, 106)).toBe(77896);
    expect(size(10, 50)).toBe(8712);
    expect(size(3, 106)).toBe(6792);
    // 132·4 RE · 602/1024 · 2 = 620.8 → step 8, 616 → next in the table
    expect(size(8, 4)).toBe(640);
  });

  it('takes no more than 156 resource elements of a PRB', () => {
    const wide = { mcs: 5, prbs: 10, pdschSymbols: 14, dmrsRePerPrb: 0, overheadRePerPrb: 0, layers: 1 };
    expect(transportBlockSize(wide)).toBe(transportBlockSize({ ...wide, dmrsRePerPrb: 12 }));
  });

  it('never falls with more PRBs, and is a multiple of 8', () => {
    const sizes = transportBlockSizes(106, link);
    for (let mcs = 0; mcs < MCS_COUNT; mcs++) {
      for (let n = 1; n <= 106; n++) {
        const at = mcs * 107 + n;
        expect(sizes[at] as number).toBeGreaterThanOrEqual(sizes[at - 1] as number);
        expect((sizes[at] as number) % 8).toBe(0);
      }
    }
  });
});

describe('link adaptation tables', () => {
  it('hold the spectral efficiencies of TS 38.214 table 5.1.3.1-1', () => {
    expect(MCS_EFFICIENCY[0]).toBeCloseTo(0.2344, 4);
    expect(MCS_EFFICIENCY[9]).toBeCloseTo(1.3262, 4);
    expect(MCS_EFFICIENCY[16]).toBeCloseTo(2.5703, 4);
    expect(MCS_EFFICIENCY[17]).toBeCloseTo(2.5664, 4);
    expect(MCS_EFFICIENCY[28]).toBeCloseTo(5.5547, 4);
  });

  it('choose an MCS that the CQI carries', () => {
    for (let cqi = 2; cqi <= 15; cqi++) {
      expect(MCS_EFFICIENCY[CQI_TO_MCS[cqi] as number] as number).toBeLessThanOrEqual(
        (CQI_EFFICIENCY[cqi] as number) + 1e-3,
      );
    }
    expect(cqiOfEfficiency(0.1)).toBe(0);
    expect(cqiOfEfficiency(1.5)).toBe(7);
    expect(cqiOfEfficiency(7.4)).toBe(15);
  });

  it('err at the target on the threshold, less above it, more below', () => {
    const errors = new BlockError(link);
    for (const mcs of [0, 10, 28]) {
      const edge = errors.mcsThresholdDb[mcs] as number;
      expect(errors.ratio(mcs, edge)).toBeCloseTo(0.1, 2);
      expect(errors.ratio(mcs, edge + 1)).toBeLessThan(0.01);
      expect(errors.ratio(mcs, edge - 1)).toBeGreaterThan(0.6);
      expect(errors.ratio(mcs, edge - 40)).toBe(1);
      expect(errors.ratio(mcs, edge + 40)).toBe(0);
    }
    expect(errors.cqi(-20)).toBe(0);
    expect(errors.cqi(40)).toBe(15);
  });
});
