import fc from 'fast-check';
import { hex } from './hex.fixture.js';
import {
  boolean,
  decodePer,
  encodePer,
  group,
  ie,
  ieContainer,
  integer,
  octetString,
  openType,
  optional,
  real,
  sequence,
  sequenceOf,
  type SentForms,
  type Type,
} from './index.js';

const octet = integer({ min: 0, max: 255 });
const older = { a: optional(octet), b: optional(octet) };
const newer = { ...older, more: group({ c: optional(octet), d: optional(octet) }), e: optional(octet) };
const inOlder = sequence({ inner: sequenceOf(sequence({}, older)) }, older);
const inNewer = sequence({ inner: sequenceOf(sequence({}, newer)) }, newer);

/** A value as `type` reads it, and the octets that it writes of it with and without the sender's forms. */
function again<T>(type: Type<T>, octets: Uint8Array) {
  let forms: SentForms | undefined;
  const value = decodePer(type, octets, { onForms: (told) => (forms = told) });
  return { value, forms, ours: encodePer(type, value), kept: encodePer(type, value, { forms }) };
}

const anyOf = (keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, fc.nat(255)])), { requiredKeys: [] });
const valuesOf = (keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({ own: anyOf(keys), inner: fc.array(anyOf(keys), { maxLength: 5 }) })
    .map(({ own, inner }) => ({ ...own, inner }));

describe('forms of senders', () => {
  it.each<[string, Type<object>, Type<object>]>([
    ['an older schema', inOlder, inNewer],
    ['a newer one', inNewer, inOlder],
  ])('keep how many additions there are in %s', (_, senders, ours) => {
    fc.assert(
      fc.property(valuesOf(['a', 'b']), (value) => {
        const sent = encodePer(senders, value as object);
        const { value: read, kept } = again(ours, sent);
        expect(read).toEqual(value);
        expect(kept).toEqual(sent);
      }),
    );
  });

  it('drop the additions that our schema does not have, and keep the room that they had', () => {
    fc.assert(
      fc.property(valuesOf(['a', 'b', 'c', 'd', 'e']), (value) => {
        const { value: known, kept } = again(inOlder, encodePer(inNewer, value as never));
        expect(kept).toEqual(encodePer(inNewer, known as never));
      }),
    );
  });

  it('are told by the place among the SEQUENCEs with additions', () => {
    const sent = encodePer(inOlder, { a: 1, inner: [{}, { b: 1 }, {}] });
    const { forms, ours, kept } = again(inNewer, sent);
    expect(forms).toEqual({ additionCounts: { 0: 2, 1: 2 } });
    expect(ours).not.toEqual(sent);
    expect(kept).toEqual(sent);
  });

  it('reach into values in fragments', () => {
    const wrapped = (type: Type<object>) => sequence({ all: openType(type), last: sequence({}, older) });
    const inner = Array.from({ length: 9_000 }, () => ({ a: 1 }));
    const sent = encodePer(wrapped(inOlder), { all: { a: 1, inner }, last: { b: 1 } });
    expect(again(wrapped(inNewer), sent).kept).toEqual(sent);
  });

  it('have room for what a changed value needs', () => {
    const forms = { additionCounts: { 0: 2 } };
    const value = { inner: [], d: 3, e: 4 };
    expect(decodePer(inNewer, encodePer(inNewer, value, { forms }))).toEqual(value);
  });

  it('keep the order of IEs', () => {
    const container = ieContainer({
      first: ie(1, 'reject', octet),
      second: ie(2, 'reject', octet, 'optional'),
      third: ie(3, 'reject', octet, 'optional'),
    });
    const sent = hex('0003 0003000103 0002000102 0001000101');
    const { value, forms, kept } = again(container, sent);
    expect(value).toEqual({ first: 1, second: 2, third: 3 });
    expect(forms).toEqual({ ieOrder: [3, 2, 1] });
    expect(kept).toEqual(sent);
    expect(encodePer(container, { first: 1, second: 2 }, { forms: { ieOrder: [9, 2] } })).toEqual(
      hex('0002 0002000102 0001000101'),
    );
  });

  it("keep the zeros before a REAL's mantissa, where the sender writes them as in IEEE 754", () => {
    const reals = sequenceOf(real());
    // The mantissa of 157 is 13 a0 in IEEE 754: five bits less make it odd.
    const octets = hex('02 04 8000009d 03 800001');
    const { value, forms, ours, kept } = again(reals, octets);
    expect(value).toEqual([157, 1]);
    expect(forms).toEqual({ paddedReals: true });
    expect(ours).toEqual(hex('02 03 80009d 03 800001'));
    expect(kept).toEqual(octets);
  });

  it.each([
    [{ ieOrder: 7 }, 'expected an array of IE ids'],
    [{ additionCounts: { 0: 'many' } }, 'expected 1 to 64 additions'],
    [{ additionCounts: { 0: 1e6 } }, 'expected 1 to 64 additions'],
  ])('are checked like values: %j', (forms, words) => {
    const type = sequence({ all: ieContainer({ first: ie(1, 'reject', octet) }) }, older);
    expect(() => encodePer(type, { all: { first: 1 }, a: 1 }, { forms: forms as never })).toThrow(words);
  });

  it('are not told of what is written as we do', () => {
    const type = sequence({ flag: boolean(), octets: octetString() }, older);
    expect(
      again(type, encodePer(type, { flag: true, octets: Uint8Array.of(1), b: 7 })).forms,
    ).toBeUndefined();
  });
});
