import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { KpiHash } from './kpi-hash.js';

const PERIOD_MS = 100;

/** Hash of a short run, in which something may be done before a period. */
function hashOf(seed: number, periods = 3, before?: (radio: RadioNetwork, period: number) => void): string {
  const radio = new RadioNetwork(resolveRadioConfig({ cells: 2, uesPerCell: 6 }), seed);
  const window = radio.openWindow(PERIOD_MS);
  const hash = new KpiHash(radio);
  for (let period = 0; period < periods; period++) {
    before?.(radio, period);
    radio.advance(PERIOD_MS);
    window.roll();
    hash.add(window);
  }
  return hash.digest();
}

describe('KpiHash', () => {
  it('is the same for the same seed and another for another', () => {
    expect(hashOf(1)).toBe(hashOf(1));
    expect(hashOf(1)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(2)).not.toBe(hashOf(1));
  });

  it('sees every sample', () => {
    expect(hashOf(1, 4)).not.toBe(hashOf(1, 3));
  });

  it('sees a change that came before the last sample', () => {
    const changed = hashOf(1, 3, (radio, period) => {
      if (period === 2) radio.setSliceQuota(0, 0, { minRatio: 1, maxRatio: 99, dedicatedRatio: 0 });
    });
    expect(changed).not.toBe(hashOf(1));
  });

  it('can be read in the middle and goes on', () => {
    const radio = new RadioNetwork(resolveRadioConfig({ cells: 1, uesPerCell: 3 }), 1);
    const window = radio.openWindow(PERIOD_MS);
    const hash = new KpiHash(radio);
    radio.advance(PERIOD_MS);
    window.roll();
    hash.add(window);
    expect(hash.digest()).toBe(hash.digest());
    const before = hash.digest();
    hash.add(window);
    expect(hash.digest()).not.toBe(before);
  });
});
