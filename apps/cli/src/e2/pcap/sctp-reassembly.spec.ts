import fc from 'fast-check';
import { type DataChunk } from './sctp-packet.js';
import { SctpReassembly } from './sctp-reassembly.js';

/** Messages as fragments of one octet, their sequence numbers going on behind `start`. */
function fragmentsOf(messages: readonly (readonly number[])[], start = 0): DataChunk[] {
  const octets = messages.flatMap((message) =>
    message.map((octet, at) => ({ octet, isFirst: at === 0, isLast: at === message.length - 1 })),
  );
  return octets.map(({ octet, isFirst, isLast }, place) => ({
    tsn: (start + place) >>> 0,
    isFirst,
    isLast,
    streamId: 0,
    streamSequence: 0,
    ppid: 0,
    payload: Uint8Array.of(octet),
  }));
}

const messages = fc.array(fc.array(fc.nat(255), { minLength: 1, maxLength: 6 }), { minLength: 1 });

test('every message comes once, in whichever order its fragments and copies of them come', () => {
  const arrivals = messages.chain((sent) => {
    const fragments = fragmentsOf(sent, 0xffff_fffa);
    const order = fc.shuffledSubarray([...fragments, ...fragments], { minLength: fragments.length * 2 });
    return fc.record({ sent: fc.constant(sent), order });
  });
  fc.assert(
    fc.property(arrivals, ({ sent, order }) => {
      const reassembly = new SctpReassembly();
      const received = order.map((chunk) => reassembly.add(chunk)).filter((message) => message !== undefined);
      const texts = received.map(({ octets }) => [...octets].join());
      expect(texts.toSorted()).toEqual(sent.map((message) => message.join()).toSorted());
      expect(reassembly.unfinished).toBe(0);
    }),
  );
});

test('fragments without an end cost no more, however many came before', () => {
  const reassembly = new SctpReassembly();
  const fragments = fragmentsOf([Array.from({ length: 200_000 }, () => 0)]);
  for (const chunk of fragments.slice(0, -1)) reassembly.add(chunk);
  expect(reassembly.unfinished).toBe(199_999);
  expect(reassembly.add(fragments.at(-1)!)?.octets).toHaveLength(200_000);
  const backwards = new SctpReassembly();
  for (const chunk of fragments.slice(1).toReversed()) backwards.add(chunk);
  expect(backwards.add(fragments[0]!)?.octets).toHaveLength(200_000);
});
