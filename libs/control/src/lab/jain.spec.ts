import fc from 'fast-check';
import { jainIndex } from './jain.js';

describe('jainIndex', () => {
  test.each([
    [[1, 1, 1], 1],
    [[3, 0, 0], 1 / 3],
    [[], 1],
    [[0, 0], 1],
  ])('of %p is %p', (values, index) => {
    expect(jainIndex(values)).toBeCloseTo(index, 12);
  });

  it('lies between 1/n and 1 and does not depend on the unit', () => {
    const values = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.1, max: 10, noNaN: true }), (list, scale) => {
        const index = jainIndex(list);
        expect(index).toBeGreaterThanOrEqual(1 / list.length - 1e-9);
        expect(index).toBeLessThanOrEqual(1 + 1e-9);
        expect(jainIndex(list.map((value) => value * scale))).toBeCloseTo(index, 9);
      }),
    );
  });
});
