import fc from 'fast-check';

import { Counters, FIELD, FIELD_BITS } from './counters.js';
import { DELAY_BINS, binOfDelay, delayQuantile } from './delay-histogram.js';
import { LATE, PacketQueue } from './packet-queue.js';

function setUp(limitBits = 1e9): {
  queue: PacketQueue;
  field: (name: keyof typeof FIELD) => number;
  counters: Counters;
} {
  const counters = new Counters(2, 3, 1);
  const queue = new PacketQueue(2, 64, counters);
  counters.ue[(1 << FIELD_BITS) + FIELD.limitBits] = limitBits;
  queue.budgetMs[1] = 10;
  return { queue, counters, field: (name) => counters.ue[(1 << FIELD_BITS) + FIELD[name]] as number };
}

describe('packet queue', () => {
  it('measures the delay of a packet from its arrival to its last bit', () => {
    const { queue, field, counters } = setUp();
    queue.push(1, 100, 5);
    queue.push(1, 200, 6);
    queue.send(1, 50, 6);
    expect(field('deliveredPackets')).toBe(0);
    queue.send(1, 50, 7);
    expect([field('deliveredPackets'), field('delayMs')]).toEqual([1, 3]);
    expect(queue.headSlot(1)).toBe(6);
    queue.send(1, 200, 9);
    expect([field('deliveredPackets'), field('delayMs'), counters.delayMax[1]]).toEqual([2, 7, 4]);
  });

  it('conserves bits and packets, and keeps order, whatever happens', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(3), fc.nat(700)), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const { queue, field } = setUp(3000);
        const model: { slot: number; bits: number }[] = [];
        all.forEach(([bits, packets, room], slot) => {
          for (let k = 0; k < packets; k++) {
            const before = queue.queuedBits[1] as number;
            queue.push(1, bits, slot);
            if ((queue.queuedBits[1] as number) > before) model.push({ slot, bits });
          }
          let left = Math.min(room, queue.queuedBits[1] as number);
          queue.send(1, left, slot);
          while (left > 0 && model[0] !== undefined) {
            const part = Math.min(left, model[0].bits);
            model[0].bits -= part;
            left -= part;
            if (model[0].bits === 0) model.shift();
          }
          expect(queue.queuedBits[1]).toBe(model.reduce((sum, packet) => sum + packet.bits, 0));
          if (model[0] !== undefined) expect(queue.headSlot(1)).toBe(model[0].slot);
        });
        const bitsOut = field('deliveredBits') + field('droppedBits') + (queue.queuedBits[1] as number);
        expect(bitsOut).toBe(field('offeredBits'));
        expect(field('deliveredPackets') + field('lostPackets') + model.length).toBe(field('arrivedPackets'));
      }),
      { numRuns: 200 },
    );
  });

  it('drops what does not fit the buffer or the ring', () => {
    const { queue, field } = setUp(1000);
    for (let k = 0; k < 5; k++) queue.push(1, 300, 0);
    expect([field('droppedBits'), field('lostPackets'), queue.queuedBits[1]]).toEqual([600, 2, 900]);
    const small = setUp();
    for (let k = 0; k < 70; k++) small.queue.push(1, 1, 0);
    expect(small.field('lostPackets')).toBe(6);
  });

  it('counts late packets as lost on delivery, or discards them', () => {
    const counted = setUp();
    counted.queue.late[1] = LATE.count;
    counted.queue.push(1, 100, 0);
    counted.queue.send(1, 100, 10);
    expect([counted.field('deliveredBits'), counted.field('lostPackets')]).toEqual([100, 1]);

    const discarded = setUp();
    discarded.queue.late[1] = LATE.discard;
    discarded.queue.push(1, 100, 0);
    discarded.queue.push(1, 100, 3);
    discarded.queue.discardLate(1, 9);
    expect(discarded.field('lostPackets')).toBe(0);
    discarded.queue.discardLate(1, 10);
    expect([discarded.field('droppedBits'), discarded.field('lostPackets')]).toEqual([100, 1]);
    expect(discarded.counters.delayMax[1]).toBe(11);
    expect(discarded.queue.headSlot(1)).toBe(3);
  });
});

describe('delay histogram', () => {
  it('is exact to 16 ms and within a bin beyond', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 200 }), (delays) => {
        const counts = new Float64Array(DELAY_BINS);
        for (const delay of delays) counts[binOfDelay(delay)] = (counts[binOfDelay(delay)] as number) + 1;
        const sorted = [...delays].sort((a, b) => a - b);
        for (const q of [0.5, 0.95, 0.99]) {
          const exact = sorted[Math.ceil(q * delays.length) - 1] as number;
          const found = delayQuantile(counts, q, Infinity);
          if (exact <= 16) expect(found).toBe(exact);
          else expect(Math.abs(found / exact - 1)).toBeLessThan(0.2);
        }
      }),
    );
    expect(delayQuantile(new Float64Array(DELAY_BINS), 0.5, 0)).toBeNaN();
    expect(binOfDelay(1e6)).toBe(DELAY_BINS - 1);
  });
});
