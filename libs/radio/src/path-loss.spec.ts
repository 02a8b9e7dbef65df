import { DistanceTable } from './distance-table.js';
import {
  breakPointM,
  exponentPathLossDb,
  losPathLossDb,
  losProbability,
  nlosPathLossDb,
  outdoorToIndoorLossDb,
} from './path-loss.js';
import { PAPER } from './presets.js';
import { besselJ0 } from './bessel.js';

const UMA = { carrierGhz: 3.5, siteHeightM: 25, ueHeightM: 1.5 };
const UMI = { carrierGhz: 3.5, siteHeightM: 10, ueHeightM: 1.5 };
const RMA = { carrierGhz: 0.7, siteHeightM: 35, ueHeightM: 1.5 };
const INH = { carrierGhz: 3.5, siteHeightM: 3, ueHeightM: 1.5 };

describe('path loss of TR 38.901', () => {
  it('meets values computed by hand', () => {
    // UMa, d2D = 100 m: d3D = √(100² + 23.5²) = 102.724; 28 + 22·lg 102.724 + 20·lg 3.5 = 28 + 44.257 + 10.881
    expect(losPathLossDb('UMa', 100, UMA)).toBeCloseTo(83.138, 2);
    // 13.54 + 39.08·2.01167 + 10.881 = 103.04
    expect(nlosPathLossDb('UMa', 100, UMA)).toBeCloseTo(103.037, 2);
    // break point 4·24·0.5·3.5e9/3e8 = 560 m; at 1000 m: 28 + 40·lg 1000.276 + 10.881 − 9·lg(560² + 23.5²)
    expect(breakPointM('UMa', UMA)).toBeCloseTo(560, 6);
    expect(losPathLossDb('UMa', 1000, UMA)).toBeCloseTo(
      28 + 120.0048 + 10.8814 - 9 * Math.log10(314152.25),
      3,
    );
    // UMi, d2D = 50: d3D = 50.7173; 32.4 + 21·1.70516 + 10.881 = 79.090
    expect(losPathLossDb('UMi', 50, UMI)).toBeCloseTo(79.09, 2);
    // 22.4 + 35.3·1.70516 + 21.3·0.54407 = 94.181
    expect(nlosPathLossDb('UMi', 50, UMI)).toBeCloseTo(94.181, 2);
    // InH, d2D = 20: d3D = 20.0562; 32.4 + 17.3·1.30225 + 10.881 = 65.810 ; 17.3 + 38.3·1.30225 + 24.9·0.54407 = 80.724
    expect(losPathLossDb('InH', 20, INH)).toBeCloseTo(65.81, 2);
    expect(nlosPathLossDb('InH', 20, INH)).toBeCloseTo(80.724, 2);
    // RMa 0.7 GHz, 500 m: d3D = 501.12; 20·lg(40π·501.12·0.7/3) + 0.4776·2.69995 − 0.7005 + 0.0014·501.12
    expect(losPathLossDb('RMa', 500, RMA)).toBeCloseTo(84.63, 1);
  });

  it('is continuous at the break point and never lower without line of sight', () => {
    for (const [model, geometry] of [
      ['UMa', UMA],
      ['UMi', UMI],
      ['RMa', RMA],
    ] as const) {
      const edge = breakPointM(model, geometry);
      const jump = losPathLossDb(model, edge + 0.01, geometry) - losPathLossDb(model, edge, geometry);
      expect(Math.abs(jump)).toBeLessThan(0.05);
      for (const d of [10, 50, 200, 1000]) {
        expect(nlosPathLossDb(model, d, geometry)).toBeGreaterThanOrEqual(losPathLossDb(model, d, geometry));
      }
    }
  });

  it('has the LOS probabilities of table 7.4.2-1', () => {
    expect(losProbability('UMa', 18)).toBe(1);
    expect(losProbability('UMa', 100)).toBeCloseTo(0.18 + Math.exp(-100 / 63) * 0.82, 9);
    expect(losProbability('UMi', 100)).toBeCloseTo(0.18 + Math.exp(-100 / 36) * 0.82, 9);
    expect(losProbability('RMa', 1010)).toBeCloseTo(Math.exp(-1), 9);
    expect(losProbability('InH', 6.5)).toBeCloseTo(0.32, 9);
  });

  it('enters buildings as in table 7.4.3-2', () => {
    // low loss at 3.5 GHz: glass 2.7 dB, concrete 19 dB: 5 − 10·lg(0.3·0.53703 + 0.7·0.012589) = 12.696, plus 0.5 dB a metre
    expect(outdoorToIndoorLossDb('low', 10, 3.5)).toBeCloseTo(17.696, 1);
    expect(outdoorToIndoorLossDb('high', 0, 3.5)).toBeGreaterThan(outdoorToIndoorLossDb('low', 0, 3.5));
  });
});

describe('path loss of the paper preset', () => {
  it('is 43.3 dB at 1 m and 35 dB a decade of the 3D distance', () => {
    // d2D = 200, height 15: d3D = 200.562: 43.3 + 35·2.30225 = 123.879
    expect(exponentPathLossDb(200, PAPER.channel, PAPER.layout)).toBeCloseTo(123.879, 2);
  });

  it('is looked up within 0.001 dB', () => {
    const gain = (d: number): number => 10 ** (-exponentPathLossDb(d, PAPER.channel, PAPER.layout) / 10);
    const table = new DistanceTable(5000, gain);
    for (let d = 1; d < 5000; d *= 1.0371)
      expect(Math.abs(10 * Math.log10(table.at(d * d) / gain(d)))).toBeLessThan(1e-3);
    expect(table.at(0)).toBe(table.at(1));
    expect(table.at(1e12)).toBeCloseTo(gain(5000), 15);
  });
});

it('J0 has its published values and zeros', () => {
  expect(besselJ0(0)).toBe(1);
  expect(besselJ0(1)).toBeCloseTo(0.7651976866, 6);
  expect(besselJ0(2.404825558)).toBeCloseTo(0, 6);
  expect(besselJ0(10)).toBeCloseTo(-0.2459357645, 6);
  expect(besselJ0(-10)).toBeCloseTo(-0.2459357645, 6);
});
