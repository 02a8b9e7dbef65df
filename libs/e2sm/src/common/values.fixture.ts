import fc from 'fast-check';
import { type Infer } from '@ricochet/asn1';
import { partly } from '../message-laws.fixture.js';
import { type cgi as cgiType } from './cell-ids.js';
import { type partialUeId as partialUeIdType, type UeId } from './ue-id.js';

export const below = (limit: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: limit - 1 });
export const natural32 = below(2 ** 32);
export const text = fc.string({ minLength: 1, maxLength: 24 });
export const hexOf = (octets: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: octets, maxLength: octets }).map((bytes) => Buffer.from(bytes).toString('hex'));

const digits = (length: number): fc.Arbitrary<string> =>
  below(10 ** length).map((value) => String(value).padStart(length, '0'));
export const plmn = fc.record({ mcc: digits(3), mnc: fc.oneof(digits(2), digits(3)) });
export const sNssai = partly({ sst: below(256), sd: hexOf(3) }, 'sd');
export const nrCgi = fc.record({ plmn, nci: below(2 ** 36) });
export const cgi: fc.Arbitrary<Infer<typeof cgiType>> = fc.oneof(
  fc.record({ nrCgi }),
  fc.record({ eutraCgi: fc.record({ plmn, eci: below(2 ** 28) }) }),
);
export const guami = fc.record({
  plmn,
  amfRegionId: below(256),
  amfSetId: below(1024),
  amfPointer: below(64),
});
const gnbId = fc
  .integer({ min: 22, max: 32 })
  .chain((bits) => fc.record({ value: below(2 ** bits), bits: fc.constant(bits) }));
const globalGnbId = fc.record({ plmn, gnbId: fc.record({ gnbId }) });
const cellRnti = fc.record({ cRnti: below(65_536), cellGlobalId: cgi });

export const ueId: fc.Arbitrary<UeId> = fc.oneof(
  fc.record({
    gnbDuUeId: partly({ gnbCuUeF1apId: natural32, ranUeId: hexOf(8), cellRnti }, 'ranUeId', 'cellRnti'),
  }),
  fc.record({
    gnbUeId: partly(
      {
        amfUeNgapId: below(2 ** 40),
        guami,
        gnbCuUeF1apIds: fc.array(natural32, { minLength: 1, maxLength: 4 }),
        gnbCuCpUeE1apIds: fc.array(natural32, { minLength: 1, maxLength: 3 }),
        ranUeId: hexOf(8),
        globalGnbId,
      },
      'gnbCuUeF1apIds',
      'gnbCuCpUeE1apIds',
      'ranUeId',
      'globalGnbId',
    ),
  }),
  fc.record({ gnbCuUpUeId: partly({ gnbCuCpUeE1apId: natural32, ranUeId: hexOf(8) }, 'ranUeId') }),
);

export const partialUeId: fc.Arbitrary<Infer<typeof partialUeIdType>> = partly(
  { amfUeNgapId: below(2 ** 40), guami, gnbCuUeF1apId: natural32, cellRnti },
  'amfUeNgapId',
  'guami',
  'gnbCuUeF1apId',
  'cellRnti',
);

export const ranFunctionName = partly(
  { shortName: text, e2smOid: text, description: text, instance: fc.maxSafeInteger() },
  'instance',
);
