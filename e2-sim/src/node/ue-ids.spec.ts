import { UeIds } from './ue-ids.js';

describe('UeIds', () => {
  it('are the places at first', () => {
    const ids = new UeIds(3);
    expect([0, 1, 2].map((place) => ids.idOf(place))).toEqual([0, 1, 2]);
    expect([-1, 0, 2, 3].map((id) => ids.placeOf(id))).toEqual([undefined, 0, 2, undefined]);
  });

  it('are new for every UE each time they are renewed, and the old ones mean nobody', () => {
    const ids = new UeIds(3);
    const seen = new Set<number>();
    for (let i = 0; i < 3; i++) {
      for (const id of seen) expect(ids.placeOf(id)).toBeUndefined();
      for (const place of [0, 1, 2]) {
        expect(ids.placeOf(ids.idOf(place))).toBe(place);
        seen.add(ids.idOf(place));
      }
      ids.renew();
    }
    expect(seen.size).toBe(9);
  });
});
