import { createEngine } from './engine.js';
import { resident, settle } from './resident.js';

it('names itself: plain SIMD unless relaxed is asked for', () => {
  expect(createEngine({ mebibytes: 1 }).name).toBe('wasm-simd128');
  expect(createEngine({ mebibytes: 1, relaxed: true }).name).toMatch(/^wasm-(simd128|relaxed-simd)$/);
});

it('gives zeroed vectors that do not overlap, on cache lines', () => {
  const engine = createEngine({ mebibytes: 1 });
  const [a, b] = [engine.allocate(3).fill(1), engine.allocate(5)];
  expect([...b]).toEqual([0, 0, 0, 0, 0]);
  expect([...a]).toEqual([1, 1, 1]);
  expect([a.byteOffset % 64, b.byteOffset % 64]).toEqual([0, 0]);
});

it('says what did not fit when the arena is full, and goes on', () => {
  const engine = createEngine({ mebibytes: 1 });
  expect(() => engine.allocate(2 ** 20)).toThrow(
    /^engine arena is full: a vector of 1048576 floats needs 4\.00 MiB, 1\.\d\d of 1\.\d\d MiB are free; raise createEngine/,
  );
  expect(engine.allocate(1000)).toHaveLength(1000);
});

it.each([0, -1, NaN, 5000])('rejects an arena of %d MiB', (mebibytes) => {
  expect(() => createEngine({ mebibytes })).toThrow(`must be within 1 and 4095, not ${mebibytes}`);
});

it('lends vectors from elsewhere a place, and leaves those of the arena where they lie', () => {
  const engine = createEngine({ mebibytes: 1 });
  const inside = engine.allocate(4).fill(2);
  const outside = Float32Array.of(1, 2, 3);
  const free = engine.freeBytes;
  for (let i = 0; i < 100; i++) {
    const [a, b, spare] = resident(engine, [inside, outside], 64) as [number, number, number];
    expect(a).toBe(inside.byteOffset);
    expect(spare).toBeGreaterThanOrEqual(b + 12);
    engine.view(b, 3)[0]! += 1;
    settle(engine, outside, b);
  }
  expect([...outside]).toEqual([101, 2, 3]);
  expect(free - engine.freeBytes).toBe(128);
});
