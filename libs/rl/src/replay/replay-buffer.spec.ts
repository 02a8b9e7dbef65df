import fc from 'fast-check';
import { SeededRandom } from '../random/seeded-random.js';
import { ReplayBuffer } from './replay-buffer.js';

interface Numbers {
  readonly count: number;
  readonly values: Float32Array;
}

/** A batch of the numbers `from`, `from` + 1, ... */
const numbers = (from: number, count: number): Numbers => ({
  count,
  values: Float32Array.from({ length: count }, (_, i) => from + i),
});

const drawn = (buffer: ReplayBuffer<Numbers>, count: number, random: SeededRandom) =>
  buffer.sample(count, random).map(({ batch, row }) => batch.values[row]!);

const all = (buffer: ReplayBuffer<Numbers>) =>
  drawn(buffer, buffer.size, new SeededRandom('all')).sort((a, b) => a - b);

describe('ReplayBuffer', () => {
  it('holds the newest transitions up to its capacity, however they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { maxLength: 30 }),
        fc.integer({ min: 1, max: 25 }),
        (counts, capacity) => {
          const buffer = new ReplayBuffer<Numbers>({ capacity, maxBytes: Infinity });
          let added = 0;
          for (const count of counts) {
            buffer.add(numbers(added, count));
            added += count;
          }
          const kept = Math.min(added, capacity);
          expect(all(buffer)).toEqual(Array.from({ length: kept }, (_, i) => added - kept + i));
        },
      ),
    );
  });

  it('keeps below its bytes by dropping the oldest batches, never the newest', () => {
    const buffer = new ReplayBuffer<Numbers>({ capacity: 1_000, maxBytes: 100 });
    buffer.add(numbers(0, 10));
    buffer.add(numbers(10, 10));
    expect(buffer.size).toBe(20);
    buffer.add(numbers(20, 10));
    expect(all(buffer)[0]).toBe(10);
    buffer.add(numbers(30, 50));
    expect(all(buffer)).toEqual([...numbers(30, 50).values]);
  });

  it('draws without repetition, the same for the same seed', () => {
    const buffer = new ReplayBuffer<Numbers>();
    buffer.add(numbers(0, 150));
    const draw = (seed: number) => drawn(buffer, 128, new SeededRandom(seed));
    expect(new Set(draw(1)).size).toBe(128);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    expect(() => buffer.sample(151, new SeededRandom(1))).toThrow(RangeError);
  });

  it('holds the same transitions back, however many are added and go', () => {
    const buffer = new ReplayBuffer<Numbers>({ capacity: 20, maxBytes: Infinity });
    const parts = () => {
      const { training, heldBack } = buffer.split(4);
      return [training, heldBack].map((refs) => refs.map(({ batch, row }) => batch.values[row]!));
    };
    buffer.add(numbers(0, 7));
    expect(parts()).toEqual([[0, 1, 2, 4, 5, 6], [3]]);
    buffer.add(numbers(7, 20));
    expect(parts()[1]).toEqual([7, 11, 15, 19, 23]);
    expect(parts().flat()).toHaveLength(20);
    expect(new ReplayBuffer<Numbers>().split(4)).toEqual({ training: [], heldBack: [] });
  });
});
