import { OwnActors } from './own-actors.js';

class FakeActor {
  value = 0;

  adopt([value = NaN]: Float32Array): void {
    if (Number.isNaN(value)) throw new Error('not finite');
    this.value = value;
  }
}

describe('OwnActors', () => {
  it('lets DUs act by parameters of their own until there is a new model', () => {
    const made: FakeActor[] = [];
    const actors = new OwnActors(new FakeActor(), () => {
      const actor = new FakeActor();
      made.push(actor);
      return actor;
    });
    const values = () => ['a', 'b'].map((nodeId) => actors.of(nodeId).value);
    actors.adopt(Float32Array.of(1));
    expect(values()).toEqual([1, 1]);
    actors.adoptFor('b', Float32Array.of(5));
    actors.adoptFor('b', Float32Array.of(6));
    expect(values()).toEqual([1, 6]);
    expect(() => actors.adoptFor('a', Float32Array.of(NaN))).toThrow('not finite');
    expect(() => actors.adoptFor('b', Float32Array.of(NaN))).toThrow('not finite');
    expect(values()).toEqual([1, 6]);
    actors.adopt(Float32Array.of(2));
    expect(values()).toEqual([2, 2]);
    actors.adoptFor('a', Float32Array.of(7));
    actors.share('a');
    actors.share('a');
    expect(values()).toEqual([2, 2]);
    // Actors that were needed once are used again.
    expect(made).toHaveLength(2);
  });
});
