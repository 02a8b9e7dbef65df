import fc from 'fast-check';
import { ElementPacker, packElements, type ElementState } from './element-transitions.js';
import { type Transition } from './transition-packer.js';
import { packVectors, VectorPacker } from './vector-transitions.js';

/** Elements of each decision's state, and whether the decision follows on the one before. */
const decisions = fc.array(fc.record({ elements: fc.nat(4), follows: fc.boolean() }), { maxLength: 40 });

function chainOf(
  made: readonly { elements: number; follows: boolean }[],
): Transition<ElementState, Float32Array>[] {
  let seen = 0;
  const states = made.map(({ elements }): ElementState => {
    const features = Float32Array.from({ length: 2 * elements }, () => ++seen);
    return { features, groups: Int32Array.from({ length: elements }, (_, i) => i) };
  });
  return states.flatMap((next, i) => {
    const state = states[i - 1];
    if (state === undefined || made[i]?.follows !== true) return [];
    return [{ state, action: Float32Array.from(state.groups, (group) => group + 0.5), reward: i, next }];
  });
}

it('what packers make as transitions come is what is made of the newest of them at once', () => {
  fc.assert(
    fc.property(
      fc.array(decisions, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 20 }),
      (batches, capacity) => {
        const sets = new ElementPacker(capacity);
        const vectors = new VectorPacker(capacity);
        // One after the other, in the same memory.
        for (const made of batches) {
          const chain = chainOf(made);
          const rewards = chain.map(({ reward }) => {
            const value = Float32Array.of(reward);
            return { state: value, action: value, reward, next: value };
          });
          for (const transition of chain) sets.add(transition);
          for (const transition of rewards) vectors.add(transition);
          expect(sets.count).toBeLessThanOrEqual(Math.ceil(1.25 * capacity));
          expect(sets.take()).toEqual(packElements(chain.slice(-capacity)));
          expect(vectors.take()).toEqual(packVectors(rewards.slice(-capacity)));
        }
      },
    ),
  );
});
