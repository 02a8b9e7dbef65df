import { assertionRowsOverSeeds, assertionTable } from './assertion-table.js';
import { overSeeds } from './seed-statistics.js';

const run = (measured: number | null, passed: boolean) => [
  { name: 'mine', that: 'sla(all) > 1', measured, passed },
];

describe('assertions over seeds', () => {
  it("have their mean with Student's interval", () => {
    const [result] = overSeeds([run(1, true), run(2, true), run(3, false)]);
    expect(result).toMatchObject({ name: 'mine', passed: 2, measured: [1, 2, 3], mean: 2 });
    // t(0.975; 2) = 4.3027, s / √3 = 0.57735
    expect(result?.halfWidth).toBeCloseTo(2.4841, 4);
    const rows = assertionRowsOverSeeds(overSeeds([run(1, true), run(2, true), run(3, false)]));
    expect(rows.held).toEqual([false]);
    expect(assertionTable(rows)).toMatch(/mine: sla\(all\) > 1 .* 2\.0 ± 2\.5 .* NO, 2 of 3/);
  });

  it('do not hold in a run that did not come to its end', () => {
    const results = overSeeds([undefined, run(1, true), run(2, true)]);
    expect(results).toMatchObject([{ passed: 2, measured: [null, 1, 2], mean: 1.5 }]);
    expect(assertionRowsOverSeeds(results).rows[0]?.at(-1)).toBe('NO, 2 of 3');
    expect(overSeeds([undefined])).toEqual([]);
  });

  it('leave out runs without a value, and tell no interval of one', () => {
    expect(overSeeds([run(4, true), run(null, false)])).toMatchObject([
      { mean: 4, halfWidth: null, passed: 1 },
    ]);
    expect(overSeeds([run(null, false)])).toMatchObject([{ mean: null, halfWidth: null, measured: [null] }]);
    expect(overSeeds([])).toEqual([]);
  });
});
