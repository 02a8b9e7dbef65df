import { Counters, FIELD, FIELD_BITS } from './counters.js';
import { Fading } from './fading.js';
import { LargeScale } from './large-scale.js';
import { Layout } from './layout.js';
import { Link } from './link.js';
import { Mobility } from './mobility.js';
import { losProbability } from './path-loss.js';
import { type RadioConfig, type RadioInput } from './radio-config.js';
import { resolveRadioConfig } from './resolve-radio-config.js';
import { UeTable } from './ue-table.js';

interface Bench {
  readonly config: RadioConfig;
  readonly ues: UeTable;
  readonly mobility: Mobility;
  readonly largeScale: LargeScale;
  readonly link: Link;
  readonly efficiency: (ue: number) => number;
}

/** Radio links without traffic: UEs to be placed by hand. */
function bench(input: RadioInput, perCell: number): Bench {
  const config = resolveRadioConfig(input);
  const ues = new UeTable(config.cells, perCell);
  ues.active.fill(1);
  ues.regroup();
  const layout = new Layout(config.cells, config.layout);
  const mobility = new Mobility(ues, layout, { config: config.mobility, minDistanceM: 0, seed: 1 });
  const largeScale = new LargeScale(ues, { layout, mobility }, { config, seed: 1 });
  const fading = new Fading(ues.capacity, { ...config.channel.fading, carrierGhz: 3.5 }, 1);
  const counters = new Counters(ues.capacity, ues.groups, config.cells);
  const link = new Link(config, ues, { largeScale, fading, counters });
  const efficiency = (ue: number): number => counters.ue[(ue << FIELD_BITS) + FIELD.efficiency] as number;
  return { config, ues, mobility, largeScale, link, efficiency };
}

function placeAll({ mobility }: Bench, x: number, y: number): void {
  mobility.x.fill(x);
  mobility.y.fill(y);
}

const PLAIN: RadioInput = { channel: { fading: { model: 'none' } } };

describe('interference', () => {
  it('is the same in every cell of a symmetric layout', () => {
    const all = bench({ ...PLAIN, cells: 7, layout: { wrapAround: true } }, 1);
    placeAll(all, 0, 0);
    all.largeScale.update(0);
    all.link.updateInterference(new Float64Array(7).fill(0.6));
    const middle = all.link.interferenceMw[0] as number;
    expect(middle).toBeGreaterThan(0);
    for (let ue = 1; ue < 7; ue++) expect((all.link.interferenceMw[ue] as number) / middle).toBeCloseTo(1, 4);
  });

  it('between two cells is mutual', () => {
    const pair = bench({ ...PLAIN, cells: 2 }, 1);
    placeAll(pair, 0, 0);
    pair.largeScale.update(0);
    const { rxMw } = pair.largeScale;
    expect(rxMw[1] as number).toBeCloseTo(rxMw[2] as number, 15);
  });

  it('is proportional to the PRBs used, and by hand what path loss and power give', () => {
    const pair = bench({ ...PLAIN, cells: 2 }, 1);
    placeAll(pair, 100, 0);
    pair.largeScale.update(0);
    const { largeScale, link } = pair;
    link.updateInterference(Float64Array.of(0, 0.5));
    const half = link.interferenceMw[0] as number;
    link.updateInterference(Float64Array.of(0, 1));
    expect(link.interferenceMw[0] as number).toBeCloseTo(2 * half, 15);
    // own link, d3D = √(100² + 15²) = 101.119 m: 36 dBm a PRB − (43.3 + 35·lg 101.119) = −77.469 dBm
    expect(10 * Math.log10(largeScale.rxMw[0] as number)).toBeCloseTo(-77.469, 2);
    link.update(false);
    const sinr = (largeScale.rxMw[0] as number) / (10 ** ((-173 + 10 * Math.log10(200e3)) / 10) + 2 * half);
    expect(pair.efficiency(0)).toBeCloseTo(Math.min(7.4, Math.log2(1 + sinr)), 4);
  });

  it('as printed in the paper uses the channel of the other cell', () => {
    const pair = bench({ ...PLAIN, cells: 2, channel: { ...PLAIN.channel, interference: 'literal' } }, 1);
    placeAll(pair, 30, 40);
    pair.largeScale.update(0);
    pair.link.updateInterference(Float64Array.of(1, 0.25));
    expect((pair.link.interferenceMw[0] as number) / (pair.largeScale.rxMw[3] as number)).toBeCloseTo(
      0.25,
      6,
    );
  });
});

describe('large scale of TR 38.901', () => {
  it('sees line of sight as often as the table says, and shadows with its sigma', () => {
    const all = bench({ preset: 'tr38901', cells: 1 }, 3000);
    placeAll(all, 150, 0);
    all.largeScale.update(0);
    const seen = all.largeScale.lineOfSight.reduce((sum, sees) => sum + sees, 0) / 3000;
    expect(Math.abs(seen - losProbability('UMa', 150))).toBeLessThan(0.03);
    const nlos = Array.from(all.largeScale.rxMw)
      .filter((_, ue) => all.largeScale.lineOfSight[ue] === 0)
      .map((power) => 10 * Math.log10(power));
    const mean = nlos.reduce((a, b) => a + b, 0) / nlos.length;
    const sigma = Math.sqrt(nlos.reduce((a, b) => a + (b - mean) ** 2, 0) / nlos.length);
    expect(Math.abs(sigma - 6)).toBeLessThan(0.4);
  });

  it('forgets shadowing over the correlation distance', () => {
    const all = bench(
      { cells: 1, channel: { ...PLAIN.channel, shadowing: { sigmaDb: 6, correlationM: 20 } } },
      3000,
    );
    placeAll(all, 100, 0);
    all.mobility.speedMps.fill(10);
    all.largeScale.update(0);
    const before = Array.from(all.largeScale.rxMw, (power) => 10 * Math.log10(power));
    for (let step = 0; step < 20; step++) all.largeScale.update(100);
    const after = Array.from(all.largeScale.rxMw, (power) => 10 * Math.log10(power));
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const [m, n] = [mean(before), mean(after)];
    const covariance = mean(before.map((value, i) => (value - m) * ((after[i] as number) - n)));
    expect(Math.abs(covariance / 36 - Math.exp(-1))).toBeLessThan(0.08);
  });

  it('fades less with a stronger direct path', () => {
    const efficiency = (ricianKDb: number): number => {
      const channel = { txPowerDbm: 0, fading: { ricianKDb } };
      const real = bench({ preset: 'tr38901', cells: 1, link: { rate: 'shannon' }, channel }, 200);
      placeAll(real, 100, 0);
      real.largeScale.update(0);
      real.largeScale.lineOfSight.fill(1);
      real.largeScale.rxMw.fill(2 * (real.link.noiseMw[0] as number));
      let sum = 0;
      for (let step = 0; step < 50; step++) {
        real.link.update(false);
        for (let ue = 0; ue < 200; ue++) sum += real.efficiency(ue);
      }
      return sum / 10_000;
    };
    // power is 1 on average: without fading log2(1 + 2); Rayleigh: ∫ log2(1 + 2x)·e^(−x) dx = 1.3315
    expect(efficiency(40)).toBeCloseTo(Math.log2(3), 1.7);
    expect(Math.abs(efficiency(-40) - 1.3315)).toBeLessThan(0.03);
  });
});
