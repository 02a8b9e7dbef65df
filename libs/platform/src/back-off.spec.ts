import { BackOff } from './back-off.js';

describe('BackOff', () => {
  it('doubles up to its maximum and stays there', () => {
    const backOff = new BackOff(50, 300);
    expect(Array.from({ length: 6 }, () => backOff.next())).toEqual([50, 100, 200, 300, 300, 300]);
  });

  it('begins anew after a success', () => {
    const backOff = new BackOff(50, 300);
    backOff.next();
    backOff.next();
    backOff.reset();
    expect([backOff.next(), backOff.next()]).toEqual([50, 100]);
  });
});
