import { Counters, FIELD, FIELD_BITS } from './counters.js';
import { Harq } from './harq.js';
import { PacketQueue } from './packet-queue.js';

function setUp(maxTransmissions = 4): {
  harq: Harq;
  queue: PacketQueue;
  field: (name: keyof typeof FIELD) => number;
} {
  const counters = new Counters(3, 6, 2);
  const queue = new PacketQueue(3, 64, counters);
  for (let ue = 0; ue < 3; ue++) counters.ue[(ue << FIELD_BITS) + FIELD.limitBits] = 1e9;
  queue.budgetMs.fill(1000);
  const config = { maxTransmissions, roundTripMs: 8 };
  const harq = new Harq({ cells: 2, ues: 3 }, queue, { config, counters });
  return { harq, queue, field: (name) => counters.ue[(1 << FIELD_BITS) + FIELD[name]] as number };
}

const block = (
  bits: number,
  slot: number,
): { bits: number; prbs: number; mcs: number; sinr: number; slot: number } => ({
  bits,
  prbs: 4,
  mcs: 5,
  sinr: 2,
  slot,
});

describe('HARQ', () => {
  it('keeps a failed block for its round trip and delivers its packets with their whole delay', () => {
    const { harq, queue, field } = setUp();
    queue.push(1, 300, 10);
    queue.push(1, 300, 11);
    harq.keep(0, 1, block(450, 12));
    expect([queue.queuedBits[1], field('harqBits'), harq.dueSlot[0]]).toEqual([150, 450, 20]);
    harq.finish(0, 0, { before: -1, slot: 20, isReceived: true });
    expect([field('harqBits'), field('deliveredBits'), field('deliveredPackets')]).toEqual([0, 450, 1]);
    expect([field('delayMs'), field('airMs')]).toEqual([11, 9]);
    queue.send(1, 150, 21);
    expect([field('deliveredPackets'), field('delayMs')]).toEqual([2, 22]);
  });

  it('drops a lost block with the packets that end in it', () => {
    const { harq, queue, field } = setUp();
    queue.push(1, 300, 0);
    harq.keep(0, 1, block(300, 0));
    harq.finish(0, 0, { before: -1, slot: 24, isReceived: false });
    expect([field('droppedBits'), field('lostPackets'), field('deliveredBits')]).toEqual([300, 1, 0]);
  });

  it('loses at once when only one transmission is allowed', () => {
    const { harq, queue, field } = setUp(1);
    queue.push(1, 300, 0);
    harq.keep(0, 1, block(200, 0));
    expect([field('droppedBits'), field('lostPackets'), queue.queuedBits[1]]).toEqual([200, 0, 100]);
  });

  it('keeps the order of failure, through handover and departure, and reuses its pool', () => {
    const { harq, queue, field } = setUp();
    for (let round = 0; round < 200; round++) {
      for (const ue of [0, 1, 2, 1]) {
        queue.push(ue, 100, round);
        harq.keep(0, ue, block(100, round));
      }
      harq.handOver(0, 1, 1);
      const inCell = (cell: number): number[] => {
        const ues: number[] = [];
        for (let at = harq.first[cell] as number; at !== -1; at = harq.next[at] as number)
          ues.push(harq.ue[at] as number);
        return ues;
      };
      expect([inCell(0), inCell(1)]).toEqual([
        [0, 2],
        [1, 1],
      ]);
      harq.flush(1, 1);
      harq.flush(0, 0);
      harq.flush(0, 2);
      expect([inCell(0), inCell(1)]).toEqual([[], []]);
    }
    expect(field('droppedBits')).toBe(200 * 200);
    expect(field('lostPackets')).toBe(400);
  });
});
