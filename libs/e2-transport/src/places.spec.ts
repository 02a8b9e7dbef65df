import { Places } from './places.js';

describe('Places', () => {
  let lines: string[];
  let places: Places;

  beforeEach(() => {
    lines = [];
    places = new Places(4, (line) => lines.push(line));
  });

  const take = (count: number): (string | undefined)[] =>
    Array.from({ length: count }, (_, i) => places.refuse(`peer-${i + 1}`));

  it('takes who there is room for', () => {
    const refused = '4 associations are the most taken';
    expect(take(6)).toEqual([undefined, undefined, undefined, undefined, refused, refused]);
    places.free();
    expect(places.refuse('late')).toBeUndefined();
  });

  it('tells of a crowd once, until half of those inside have left', () => {
    take(6);
    places.free();
    take(3);
    expect(lines).toEqual(['peer-5 refused, as others will be: 4 associations are the most taken']);
    places.free();
    places.free();
    take(3);
    expect(lines).toHaveLength(2);
  });
});
