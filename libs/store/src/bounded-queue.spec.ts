import fc from 'fast-check';
import { BoundedQueue } from './bounded-queue.js';

describe('BoundedQueue', () => {
  it('behaves as an array that loses its first items above the capacity', () => {
    const step = fc.oneof(
      fc.record({ take: fc.nat(6), back: fc.boolean() }),
      fc.record({ push: fc.integer({ min: 1, max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step), (capacity, steps) => {
        const queue = new BoundedQueue<number>(capacity);
        let model: number[] = [];
        let next = 0;
        for (const one of steps) {
          if ('push' in one) {
            for (let i = 0; i < one.push; i += 1) {
              model.push(next);
              expect(queue.push(next)).toBe(model.length > capacity ? 1 : 0);
              model = model.slice(-capacity);
              next += 1;
            }
          } else {
            const taken = queue.take(one.take);
            expect(taken).toEqual(model.splice(0, one.take));
            // New items may come while a batch is under way.
            for (let i = 0; i < one.take; i += 1, next += 1) {
              queue.push(next);
              model = [...model, next].slice(-capacity);
            }
            if (one.back) {
              model = [...taken, ...model];
              expect(queue.putBack(taken)).toBe(Math.max(0, model.length - capacity));
              model = model.slice(-capacity);
            }
          }
          expect(queue.length).toBe(model.length);
        }
        expect(queue.take(capacity)).toEqual(model);
      }),
    );
  });
});
