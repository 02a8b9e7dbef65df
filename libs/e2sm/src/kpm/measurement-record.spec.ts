import { Asn1Error, decodePer, encodePer } from '@ricochet/asn1';
import fc from 'fast-check';
import { value } from './kpm-values.fixture.js';
import { measurementRecord, type MeasurementRecord } from './measurement-record.js';

const encode = (record: MeasurementRecord): string =>
  Buffer.from(encodePer(measurementRecord, record)).toString('hex');
const decode = (hex: string): MeasurementRecord => decodePer(measurementRecord, Buffer.from(hex, 'hex'));

describe('measurement record', () => {
  it.each<[string, MeasurementRecord, string]>([
    ['an integer of one octet', { kinds: 'i', values: [5] }, '00010005'],
    ['the largest integer', { kinds: 'i', values: [0xffff_ffff] }, '000118ffffffff'],
    ['a real', { kinds: 'r', values: [1.5] }, '0001200380ff03'],
    ['no value', { kinds: 'n', values: [0] }, '000140'],
    ['not satisfied', { kinds: 's', values: [0] }, '0001800100'],
    ['an incomplete one', { kinds: 'nn', values: [0, 0], incomplete: true }, '400248'],
    ['all kinds', { kinds: 'nirsi', values: [0, 256, 0, 0, 1] }, '000541010020008001000001'],
  ])('carries %s', (_, record, hex) => {
    expect(encode(record)).toBe(hex);
    expect(decode(hex)).toEqual(record);
  });

  it('carries every double exactly', () => {
    const doubles = fc.oneof(
      fc.double(),
      fc.float(),
      fc.integer(),
      fc.constantFrom(-0, 5e-324, 2 ** 53, 0.1),
    );
    fc.assert(
      fc.property(doubles, (double) => {
        const [back] = decode(encode({ kinds: 'r', values: [double] })).values;
        expect(back).toBe(double);
      }),
    );
  });

  it.each([1, 16_383, 16_384, 70_001])('carries %i values', (count) => {
    const items = fc.sample(value, { numRuns: 50, seed: count });
    const all = Array.from({ length: count }, (_, at) => items[at % items.length]!);
    const record = { kinds: all.map(({ kind }) => kind).join(''), values: all.map(({ number }) => number) };
    expect(decode(encode(record))).toEqual(record);
  });

  it.each([
    ['behind its values', '800100050102aabb', { kinds: 'i', values: [5] }],
    ['behind its flag', 'c0010005008002aabb', { kinds: 'i', values: [5], incomplete: true }],
  ])('passes over what a newer version adds %s', (_, hex, record) => {
    expect(decode(hex)).toEqual(record);
  });

  it.each([
    ['a kind of a newer version', '0002814100', 'values[0]: ', 'found extension 1'],
    ['a kind that there is not', '000160', 'values[0]: ', 'found alternative 3'],
    ['no values', '0000', '', 'at least one value'],
    ['fewer values than it says', '0002', '', 'expected 6 more bits'],
  ])('refuses %s', (_, hex, path, words) => {
    expect(() => decode(hex)).toThrow(Asn1Error);
    expect(() => decode(hex)).toThrow(path);
    expect(() => decode(hex)).toThrow(words);
  });

  it.each([
    [{ kinds: 'ri', values: [1, -1] }, 'values[1]: expected an integer, 0 to 4294967295, found -1'],
    [{ kinds: 'i', values: [0.5] }, 'values[0]: expected an integer'],
    [{ kinds: 'i', values: [2 ** 32] }, 'values[0]: expected an integer'],
    [{ kinds: 'i', values: ['1'] }, 'values[0]: expected an integer'],
    [{ kinds: 'r', values: [null] }, 'values[0]: expected a number, found null'],
    [{ kinds: 'x', values: [1] }, 'values[0]: expected the kind i, r, n or s, found "x"'],
    [{ kinds: 'i', values: [] }, 'as many kinds as values'],
    [{ kinds: '', values: [] }, 'at least one value'],
    [{ values: [1] }, 'as many kinds as values'],
    [{ kinds: 'n', values: [0], incomplete: false }, 'expected true'],
    [null, 'a record {kinds, values}'],
  ])('can not carry %j', (record, words) => {
    expect(() => encode(record as MeasurementRecord)).toThrow(Asn1Error);
    expect(() => encode(record as MeasurementRecord)).toThrow(words);
  });
});
