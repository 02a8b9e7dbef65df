import { TentativeMap } from './tentative-map.js';

const all = (map: TentativeMap<number>): Record<string, number> => Object.fromEntries(map.all());

describe('TentativeMap', () => {
  it('has what was set at once, and after it is told that it holds', () => {
    const map = new TentativeMap<number>();
    const settle = map.set([['a', 1]]);
    expect(map.get('a')).toBe(1);
    settle(true);
    expect(all(map)).toEqual({ a: 1 });
  });

  it('puts back what stood there before', () => {
    const map = new TentativeMap<number>();
    map.set([['a', 1]])(true);
    map.set([
      ['a', 2],
      ['b', 2],
    ])(false);
    expect(all(map)).toEqual({ a: 1 });
  });

  it('leaves alone what was set anew since', () => {
    const map = new TentativeMap<number>();
    const settle = map.set([['a', 1]]);
    map.set([['a', 2]])(true);
    settle(false);
    expect(all(map)).toEqual({ a: 2 });
  });

  it('never puts back what does not hold either, in whatever order it is told', () => {
    for (const firstFirst of [true, false]) {
      const map = new TentativeMap<number>();
      map.set([['a', 0]])(true);
      const [first, second] = [map.set([['a', 1]]), map.set([['a', 2]])];
      for (const settle of firstFirst ? [first, second] : [second, first]) settle(false);
      expect(all(map)).toEqual({ a: 0 });
    }
  });
});
