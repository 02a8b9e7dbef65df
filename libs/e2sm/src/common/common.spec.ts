import { Asn1Error, decodePer, encodePer, type Type } from '@ricochet/asn1';
import fc from 'fast-check';
import * as given from './common-values.fixture.js';
import { cgi } from './cell-ids.js';
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
