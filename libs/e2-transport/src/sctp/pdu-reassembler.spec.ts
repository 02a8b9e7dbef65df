import { aperCodec } from '@ricochet/e2ap';
import { PduReassembler } from './pdu-reassembler.js';

const MAX_OCTETS = 400_000;
/** Of about so many octets, each of them `fill`. */
const pdu = (octets: number, fill = 7): Uint8Array =>
  aperCodec.encode({
    message: 'RICindication',
    value: {
      ricRequestId: { requestorId: 1, instanceId: 2 },
      ranFunctionId: 2,
      ricActionId: 0,
      ricIndicationType: 'report',
      ricIndicationHeader: new Uint8Array(),
      ricIndicationMessage: new Uint8Array(octets).fill(fill),
    },
  });
const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const piecesOf = (octets: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(octets.length / size) }, (_, i) =>
    octets.subarray(i * size, (i + 1) * size),
  );
const takeAll = (reassembler: PduReassembler, pieces: readonly Uint8Array[]) => {
  const taken = pieces.map((piece) => reassembler.take(piece));
  return {
    pdus: taken.flatMap(({ pdus }) => pdus.map((each) => Buffer.from(each).toString('hex'))),
    faults: taken.flatMap(({ fault }) => fault ?? []),
  };
};
const hexOf = (pdus: readonly Uint8Array[]): string[] =>
  pdus.map((each) => Buffer.from(each).toString('hex'));

describe('PduReassembler', () => {
  let reassembler: PduReassembler;
  beforeEach(() => {
    reassembler = new PduReassembler(MAX_OCTETS);
  });

  it('hands a PDU that comes alone on as it is', () => {
    const whole = pdu(10);
    const { pdus, fault } = reassembler.take(whole);
    expect(pdus).toHaveLength(1);
    expect(pdus[0]?.buffer).toBe(whole.buffer);
    expect(fault).toBeUndefined();
    expect(reassembler.isInTheMiddle).toBe(false);
  });

  it('waits for the other half', () => {
    const [first, second] = piecesOf(pdu(100), 80) as [Uint8Array, Uint8Array];
    expect(reassembler.take(first)).toEqual({ pdus: [] });
    expect(reassembler.isInTheMiddle).toBe(true);
    expect(takeAll(reassembler, [second]).pdus).toEqual(hexOf([pdu(100)]));
    expect(reassembler.isInTheMiddle).toBe(false);
  });

  it('tells two PDUs of one read apart, and one and a half', () => {
    const [one, two] = [pdu(10, 1), pdu(300, 2)];
    expect(takeAll(reassembler, [concat([one, two])]).pdus).toEqual(hexOf([one, two]));
    const [half, other] = piecesOf(two, 200) as [Uint8Array, Uint8Array];
    expect(takeAll(reassembler, [concat([one, half]), concat([other, one])]).pdus).toEqual(
      hexOf([one, two, one]),
    );
  });

  it.each([1, 2, 3, 7, 1_000, 16_384, 65_484])('finds PDUs in pieces of %d octets', (size) => {
    const sizes = size < 10 ? [0, 3, 90, 200, 20_000] : [0, 90, 200, 16_300, 70_000, 150_000, 300_000, 5];
    const sent = sizes.map((octets, i) => pdu(octets, i));
    expect(takeAll(reassembler, piecesOf(concat(sent), size))).toEqual({ pdus: hexOf(sent), faults: [] });
    expect(reassembler.isInTheMiddle).toBe(false);
  });

  it('never overwrites what it has handed out', () => {
    const [one, two] = [pdu(70_000, 1), pdu(70_000, 2)];
    const pdus = piecesOf(concat([one, two, one]), 50_000).flatMap((piece) => reassembler.take(piece).pdus);
    expect(hexOf(pdus)).toEqual(hexOf([one, two, one]));
  });

  it('finds that what comes is no PDU, after those that were', () => {
    const result = takeAll(reassembler, [concat([pdu(10), Buffer.from('{"message":')])]);
    expect(result).toEqual({
      pdus: hexOf([pdu(10)]),
      faults: ['not E2AP in APER: it begins with 7b226d6573736167'],
    });
    expect(reassembler.isInTheMiddle).toBe(false);
  });

  it('refuses a PDU that is too long as soon as that is known, and holds nothing of it', () => {
    const tooLong = pdu(2 * MAX_OCTETS);
    let octets = 0;
    let fault: string | undefined;
    for (const piece of piecesOf(tooLong, 10_000)) {
      octets += piece.length;
      fault = reassembler.take(piece).fault;
      if (fault !== undefined) break;
    }
    expect(fault).toMatch(/^a PDU of at least \d+ octets: 400000 are the most taken$/);
    expect(octets).toBeLessThanOrEqual(MAX_OCTETS);
    expect(reassembler.isInTheMiddle).toBe(false);
  });

  it('holds no more than the largest PDU of a peer that never comes to an end', () => {
    // The header, then fragments of 64K for ever.
    const piece = new Uint8Array(65_537).fill(0xc4);
    expect(reassembler.take(Uint8Array.of(0, 5, 0x40))).toEqual({ pdus: [] });
    let taken = 0;
    while (reassembler.take(piece).fault === undefined) taken += piece.length;
    expect(taken).toBeLessThan(MAX_OCTETS);
  });
});
