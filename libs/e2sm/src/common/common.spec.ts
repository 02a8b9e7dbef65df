import { Asn1Error, decodePer, encodePer, type Type } from '@ricochet/asn1';
import fc from 'fast-check';
import { bitText, sizedId } from './bits.js';
import * as given from './common-values.fixture.js';
import { cgi } from './cell-ids.js';
import { fromHex, hexOctets, octetNumber, toHex } from './octets.js';
import { plmnIdentity } from './plmn-identity.js';
import { sNssai, sNssaiFromHex, sNssaiToHex } from './s-nssai.js';
import { ueId, ueNumber } from './ue-id.js';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

function expectRoundTrip<T>(type: Type<T>, values: fc.Arbitrary<T>): void {
  fc.assert(fc.property(values, (value) => expect(decodePer(type, encodePer(type, value))).toEqual(value)));
}

describe('PLMN identity', () => {
  it.each([
    [{ mcc: '001', mnc: '01' }, '00f110'],
    [{ mcc: '310', mnc: '410' }, '134001'],
    [{ mcc: '505', mnc: '1' + '0' }, '05f501'],
  ])('is three octets of BCD: %j', (plmn, expected) => {
    expect(hex(encodePer(plmnIdentity, plmn))).toBe(expected);
    expect(decodePer(plmnIdentity, Buffer.from(expected, 'hex'))).toEqual(plmn);
  });

  it('gives any three octets back as they were, digits or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 3 }), (octets) => {
        expect(encodePer(plmnIdentity, decodePer(plmnIdentity, octets))).toEqual(octets);
      }),
    );
  });

  it.each([{ mcc: '1', mnc: '01' }, { mcc: '001', mnc: '1' }, { mcc: '0x1', mnc: '01' }, {}])(
    'refuses %j',
    (plmn) => {
      expect(() => encodePer(plmnIdentity, plmn as never)).toThrow(Asn1Error);
      expect(() => encodePer(plmnIdentity, plmn as never)).toThrow(/an m[cn]c of (two or )?three digits/);
    },
  );
});

describe('S-NSSAI', () => {
  it('comes back as it was, with and without SD', () => expectRoundTrip(sNssai, given.sNssai));

  it.each([
    [{ sst: 1 }, '01'],
    [{ sst: 200, sd: '0003e8' }, 'c80003e8'],
  ])('is one or four octets in a test value: %j', (slice, expected) => {
    expect(sNssaiToHex(slice)).toBe(expected);
    expect(sNssaiFromHex(expected)).toEqual(slice);
  });

  it.each(['', '0102', '010203'])('is none in the octets %j', (octets) => {
    expect(sNssaiFromHex(octets)).toBeUndefined();
  });

  it.each([{ sst: 256 }, { sst: -1 }, { sst: '1' }, { sst: 1, sd: '3e8' }, { sst: 1, sd: 'xyzxyz' }])(
    'refuses %j',
    (slice) => expect(() => encodePer(sNssai, slice as never)).toThrow(Asn1Error),
  );
});

describe('ids of bits and octets', () => {
  it('keep how many bits they have', () => {
    const type = sizedId(22, 32);
    expectRoundTrip(
      type,
      fc
        .integer({ min: 22, max: 32 })
        .chain((bits) =>
          fc.record({ value: fc.integer({ min: 0, max: 2 ** bits - 1 }), bits: fc.constant(bits) }),
        ),
    );
    expect(() => encodePer(type, { value: 1, bits: 21 })).toThrow('expected 22 to 32 bits, found 21');
    expect(() => encodePer(type, { value: 2 ** 22, bits: 22 })).toThrow('a whole number of 22 bits');
  });

  it('are texts where they are only compared', () => {
    expectRoundTrip(
      bitText(),
      fc.array(fc.constantFrom('0', '1')).map((bits) => bits.join('')),
    );
    expectRoundTrip(hexOctets(), given.octets(5));
    expect(() => encodePer(bitText(), '012')).toThrow('a text of 0 and 1');
    expect(() => encodePer(hexOctets(), 'abc')).toThrow('octets in hexadecimal');
  });

  it('are texts however long they are', () => {
    // Longer than one piece of the text, and than a repeated group of a regular expression may be.
    const bits = '1011010'.repeat(10_000);
    expect(decodePer(bitText(), encodePer(bitText(), bits))).toBe(bits);
    const octets = Uint8Array.from({ length: 9_000_000 }, (_, at) => at);
    const text = toHex(octets);
    expect(text === Buffer.from(octets).toString('hex')).toBe(true);
    expect(Buffer.compare(fromHex(text), octets)).toBe(0);
  });

  it('are numbers where they are short', () => {
    expectRoundTrip(octetNumber(2), fc.integer({ min: 0, max: 65_535 }));
    expect(() => encodePer(octetNumber(2), 65_536)).toThrow('a whole number of 2 octets');
  });
});

describe('cell and UE ids', () => {
  it('come back as they were, of every kind of node', () => {
    expectRoundTrip(cgi, given.cgi);
    expectRoundTrip(ueId, given.ueId);
  });

  it('give the number by which the node knows the UE', () => {
    expect(ueNumber({ gnbDuUeId: { gnbCuUeF1apId: 7, ranUeId: '0000000000000001' } })).toBe(7);
    fc.assert(fc.property(given.ueId, (id) => expect(Number.isSafeInteger(ueNumber(id))).toBe(true)));
  });
});
