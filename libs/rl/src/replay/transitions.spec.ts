import { gatherElements, packElements, assertElementTransitions } from './element-transitions.js';
import { assertVectorTransitions, gatherVectors, packVectors } from './vector-transitions.js';

const f32 = (...values: number[]) => Float32Array.from(values);
const i32 = (...values: number[]) => Int32Array.from(values);

describe('transitions of vectors', () => {
  const batch = packVectors([
    { state: f32(1, 2), action: f32(0.5), reward: 0.1, next: f32(3, 4) },
    { state: f32(3, 4), action: f32(0.25), reward: 0.2, next: f32(5, 6) },
  ]);

  it('are packed and gathered row by row', () => {
    expect(gatherVectors([1, 0, 1].map((row) => ({ batch, row })))).toEqual({
      count: 3,
      states: f32(3, 4, 1, 2, 3, 4),
      actions: f32(0.25, 0.5, 0.25),
      rewards: f32(0.2, 0.1, 0.2),
      nextStates: f32(5, 6, 3, 4, 5, 6),
    });
  });

  it('are refused where an array has the wrong length or a number is none', () => {
    const sizes = { state: 2, action: 1 };
    expect(() => assertVectorTransitions(batch, sizes)).not.toThrow();
    expect(() => assertVectorTransitions(batch, { ...sizes, state: 3 })).toThrow(
      'states of 2 transitions has 4 values instead of 6',
    );
    const spoilt = { ...batch, rewards: f32(0, NaN) };
    expect(() => assertVectorTransitions(spoilt, sizes)).toThrow('rewards of 2 transitions[1] is NaN');
    expect(() => assertVectorTransitions({ ...batch, count: 1.5 }, sizes)).toThrow('a batch of 1.5');
  });
});

describe('transitions of sets', () => {
  const first = { features: f32(1, 1, 2, 2, 3, 3), groups: i32(0, 1, 0) };
  const none = { features: f32(), groups: i32() };
  const third = { features: f32(4, 4), groups: i32(0) };
  const batch = packElements([
    { state: first, action: f32(0.7, 1, 0.3), reward: 0.5, next: none },
    { state: none, action: f32(), reward: 1, next: third },
    { state: first, action: f32(0.2, 1, 0.8), reward: 0, next: third },
  ]);

  it('keep a state once where one ends and the next begins', () => {
    expect([...batch.starts]).toEqual([0, 3, 3, 4, 7, 8]);
    expect([...batch.from]).toEqual([0, 1, 3]);
    expect([...batch.to]).toEqual([1, 2, 4]);
    assertElementTransitions(batch, 2);
  });

  it('are gathered with their groups counted through all sets, empty sets included', () => {
    const drawn = gatherElements([1, 0, 2].map((row) => ({ batch, row })));
    expect(drawn.rewards).toEqual(f32(1, 0.5, 0));
    expect(drawn.weights).toEqual(f32(0.7, 1, 0.3, 0.2, 1, 0.8));
    expect(drawn.states).toEqual({
      count: 3,
      features: f32(1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3),
      setOf: i32(1, 1, 1, 2, 2, 2),
      groupOf: i32(0, 1, 0, 2, 3, 2),
      groupCount: 4,
      groupSizes: f32(2, 1, 2, 2, 1, 2),
    });
    expect(drawn.nextStates).toMatchObject({ count: 3, features: f32(4, 4, 4, 4), setOf: i32(0, 2) });
    const empty = gatherElements([{ batch, row: 1 }]).states;
    expect(empty).toMatchObject({ count: 1, features: f32(), groupCount: 0 });
  });

  it.each([
    ['features of 3 transitions has 16 values instead of 24', {}, 3],
    ['weights of 3 transitions[1] is Infinity', { weights: f32(1, Infinity, 1, 1, 1, 1, 1, 1) }, 2],
    ['do not divide 8 elements', { starts: i32(0, 3, 2, 4, 7, 8) }, 2],
    ['do not divide 8 elements', { starts: i32(0, 3, 3, 4, 7) }, 2],
    ['to of 3 transitions does not point to 5 states', { to: i32(0, 1, 5) }, 2],
    ['from of 3 transitions does not point to 5 states', { from: i32(0, 1) }, 2],
    ['groups of state 0 of 3 transitions are not numbered', { groups: i32(0, 3, 0, 0, 0, 0, 0, 0) }, 2],
  ])('are refused: %s', (message, spoilt, featureCount) => {
    expect(() => assertElementTransitions({ ...batch, ...spoilt }, featureCount)).toThrow(message);
  });

  it('need a weight for each element', () => {
    expect(() => packElements([{ state: first, action: f32(1), reward: 0, next: none }])).toThrow(
      '1 weights for 3 elements',
    );
  });
});
