import { newLines } from './new-lines.js';
import { Ring } from './ring.js';

describe('Ring', () => {
  it('keeps the latest entries, up to their number and to their length', () => {
    const ring = new Ring({ entries: 3, length: 10 });
    for (const [i, text] of ['a', 'b', 'c', 'd'].entries()) ring.add({ timeMs: i, text });
    expect(ring.before()).toEqual(['b', 'c', 'd']);
    ring.add({ timeMs: 4, text: '12345678' });
    expect(ring.before()).toEqual(['c', 'd', '12345678']);
    ring.add({ timeMs: 5, text: '123456789' });
    expect(ring.before()).toEqual(['123456789']);
    ring.add({ timeMs: 6, text: 'more than it may ever have' });
    expect(ring.size).toBe(0);
  });

  it('gives what held at a moment', () => {
    const ring = new Ring({ entries: 9, length: 99 });
    for (const timeMs of [10, 20, 30]) ring.add({ timeMs, text: `${timeMs}` });
    expect([5, 10, 29, 99].map((timeMs) => ring.at(timeMs))).toEqual([undefined, '10', '20', '30']);
    expect(ring.before(30)).toEqual(['10', '20']);
  });
});

describe('newLines', () => {
  it('gives what a list of latest lines has beyond what it had', () => {
    expect(newLines([], ['a', 'b'])).toEqual(['a', 'b']);
    expect(newLines(['a', 'b'], ['a', 'b'])).toEqual([]);
    expect(newLines(['a', 'b', 'c'], ['c', 'd'])).toEqual(['d']);
    expect(newLines(['a', 'b'], ['x', 'y'])).toEqual(['x', 'y']);
    expect(newLines(['a', 'a'], ['a', 'a', 'a'])).toEqual(['a']);
  });
});
