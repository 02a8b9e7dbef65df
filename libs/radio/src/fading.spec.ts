import { besselJ0 } from './bessel.js';
import { Fading } from './fading.js';
import { type FadingConfig } from './radio-config.js';

const CARRIER_GHZ = 3.5;
const UES = 60;
const SUBBANDS = 8;

/** Mean power and autocorrelation of the complex gain at a lag, over an ensemble of UEs, sub-bands and time. */
function measure(
  fading: Fading,
  { steps, lag }: { steps: number; lag: number },
): { power: number; correlation: number } {
  const n = UES * SUBBANDS;
  const past: { re: Float32Array; im: Float32Array }[] = [];
  let [power, real, count] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const before = past.length === lag ? past.shift() : undefined;
    past.push({ re: fading.re.slice(), im: fading.im.slice() });
    const now = past.at(-1) as { re: Float32Array; im: Float32Array };
    for (let i = 0; i < n && before !== undefined; i++) {
      const [re, im] = [now.re[i] as number, now.im[i] as number];
      power += re * re + im * im;
      real += re * (before.re[i] as number) + im * (before.im[i] as number);
      count++;
    }
    for (let ue = 0; ue < UES; ue++) fading.step(ue);
  }
  return { power: power / count, correlation: real / count };
}

function fadingAt(speedMps: number, config: Partial<FadingConfig>): Fading {
  const fading = new Fading(
    UES,
    { model: 'ar1', subbands: SUBBANDS, periodMs: 10, ricianKDb: 9, carrierGhz: CARRIER_GHZ, ...config },
    7,
  );
  for (let ue = 0; ue < UES; ue++) fading.setSpeed(ue, speedMps);
  return fading;
}

const dopplerHz = (speedMps: number): number => (speedMps * CARRIER_GHZ * 1e9) / 299_792_458;

describe.each([0.8, 1.5, 3, 10, 20])('AR(1) fading at %d m/s', (speedMps) => {
  it('has power 1 and Jakes correlation over one update', () => {
    const { power, correlation } = measure(fadingAt(speedMps, {}), { steps: 600, lag: 1 });
    expect(Math.abs(power - 1)).toBeLessThan(0.04);
    expect(Math.abs(correlation - besselJ0(2 * Math.PI * dopplerHz(speedMps) * 0.01))).toBeLessThan(0.03);
  });
});

it('AR(1) fading keeps its law at an update every slot', () => {
  const { power, correlation } = measure(fadingAt(20, { periodMs: 1 }), { steps: 1500, lag: 1 });
  expect(Math.abs(power - 1)).toBeLessThan(0.04);
  expect(Math.abs(correlation - besselJ0(2 * Math.PI * dopplerHz(20) * 0.001))).toBeLessThan(0.03);
});

it('a standing UE keeps its gain', () => {
  const fading = fadingAt(0, {});
  const before = fading.re.slice();
  fading.step(0);
  expect(fading.re).toEqual(before);
});

it.each([1, 2, 5])('sum of sinusoids follows J0 at lag %d', (lag) => {
  const { power, correlation } = measure(fadingAt(1.5, { model: 'sum-of-sinusoids' }), { steps: 1200, lag });
  expect(Math.abs(power - 1)).toBeLessThan(0.06);
  expect(Math.abs(correlation - besselJ0(2 * Math.PI * dopplerHz(1.5) * 0.01 * lag))).toBeLessThan(0.06);
});

it('sub-bands and UEs fade independently', () => {
  const fading = fadingAt(20, {});
  let cross = 0;
  const steps = 4000;
  for (let step = 0; step < steps; step++) {
    fading.step(0);
    fading.step(1);
    cross +=
      (fading.re[0] as number) * (fading.re[1] as number) +
      (fading.re[0] as number) * (fading.re[SUBBANDS] as number);
  }
  expect(Math.abs(cross / steps)).toBeLessThan(0.05);
});
