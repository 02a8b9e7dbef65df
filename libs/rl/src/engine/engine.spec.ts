import type * as EngineModule from './engine.js';
import { createEngine, type EngineKind } from './engine.js';
import { describeEngines } from './engines.fixture.js';
import type * as PrepareModule from './prepare-engines.js';
import { prepareEngines } from './prepare-engines.js';
import { resident, settle } from './resident.js';

it('is plain SIMD unless something else is asked for', () => {
  expect(createEngine({ mebibytes: 1 }).name).toBe('wasm-simd128');
});

describeEngines((make, kind) => {
  it('names itself', () => {
    const names = { simd128: /^wasm-simd128$/, relaxed: /^wasm-relaxed-simd$/, blas: /^blas-openblas-\d/ };
    expect(make({ mebibytes: 1 }).name).toMatch(names[kind as keyof typeof names]);
  });

  it('is at hand once it was looked for', async () => {
    await prepareEngines();
    const engine = createEngine({ engine: kind, mebibytes: 1 });
    expect(engine.name).toBe(make({ mebibytes: 1 }).name);
    expect(createEngine({ engine: 'auto', mebibytes: 1 }).name).toMatch(kind === 'blas' ? /^blas-/ : /./);
  });
});

it('says why there is no engine of a kind', () => {
  jest.isolateModules(() => {
    const fresh = jest.requireActual<typeof EngineModule>('./engine.js');
    expect(() => fresh.createEngine({ engine: 'blas' })).toThrow(
      'createEngine: engine blas: await prepareEngines() first',
    );
    expect(fresh.createEngine({ engine: 'auto', mebibytes: 1 }).name).toMatch(/^wasm-/);
  });
  expect(() => createEngine({ engine: 'cuda' as EngineKind })).toThrow(
    'createEngine: engine cuda: it is one of auto, simd128, relaxed, blas',
  );
});

it('says that no OpenBLAS is found', () => {
  jest.isolateModules(() => {
    const { useBlas } = jest.requireActual<typeof PrepareModule>('./prepare-engines.js');
    const fresh = jest.requireActual<typeof EngineModule>('./engine.js');
    const load = (): never => {
      throw new Error('no such file');
    };
    useBlas({ load, address: () => 0n });
    expect(() => fresh.createEngine({ engine: 'blas' })).toThrow('no OpenBLAS is found: install it');
  });
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
