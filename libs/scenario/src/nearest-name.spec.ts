import { nearestName } from './nearest-name.js';

describe('nearestName', () => {
  const known = ['duration', 'warmUp', 'events', 'sla'];

  test.each([
    ['duraton', 'duration'],
    ['Warmup', 'warmUp'],
    ['event', 'events'],
    ['sal', 'sla'],
    ['las', undefined],
    ['durtaoin', 'duration'],
    ['slaa', 'sla'],
    ['colour', undefined],
    ['', undefined],
  ])('takes %p for %p', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  it('does not compare what is no slip of a finger', () => {
    expect(nearestName('x'.repeat(1e6), ['x'.repeat(39)])).toBeUndefined();
  });
});
