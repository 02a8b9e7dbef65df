import fc from 'fast-check';
import { type UeId } from './ue-id.js';

export const below = (limit: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: limit - 1 });
export const natural32 = below(2 ** 32);
export const octets = (count: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: count, maxLength: count }).map((value) => Buffer.from(value).toString('hex'));

/** Characters of 8 bits. */
export const text = (minLength = 1, maxLength = 150): fc.Arbitrary<string> =>
  fc.array(below(256), { minLength, maxLength }).map((codes) => String.fromCharCode(...codes));

/** Records with any of the optional fields. */
export function some<T extends object, K extends keyof T = never>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  ...required: K[]
): fc.Arbitrary<Partial<T> & Pick<T, K>> {
  return fc.record(model, { requiredKeys: required }) as fc.Arbitrary<Partial<T> & Pick<T, K>>;
}

const digit = fc.constantFrom(...'0123456789');
const digits = (count: number) =>
  fc.tuple(...Array.from({ length: count }, () => digit)).map((d) => d.join(''));
export const plmn = fc.record({ mcc: digits(3), mnc: fc.oneof(digits(2), digits(3)) });
export const sNssai = some({ sst: below(256), sd: octets(3) }, 'sst');
export const nrCgi = fc.record({ plmn, nci: below(2 ** 36) });
export const cgi = fc.oneof(
  fc.record({ nrCgi }),
  fc.record({ eutraCgi: fc.record({ plmn, eci: below(2 ** 28) }) }),
);
const cellRnti = fc.record({ cRnti: below(65_536), cellGlobalId: cgi });
const guami = fc.record({ plmn, amfRegionId: below(256), amfSetId: below(1024), amfPointer: below(64) });
const gummei = fc.record({ plmn, mmeGroupId: below(65_536), mmeCode: below(256) });
const sized = fc
  .integer({ min: 22, max: 32 })
  .chain((bits) => fc.record({ value: below(2 ** bits), bits: fc.constant(bits) }));
const globalGnbId = fc.record({ plmn, gnbId: fc.record({ gnbId: sized }) });
const globalNgEnbId = fc.record({
  plmn,
  ngEnbId: fc.oneof(
    fc.record({ macroNgEnbId: below(2 ** 20) }),
    fc.record({ shortMacroNgEnbId: below(2 ** 18) }),
    fc.record({ longMacroNgEnbId: below(2 ** 21) }),
  ),
});
const globalEnbId = fc.record({
  plmn,
  enbId: fc.oneof(
    fc.record({ macroEnbId: below(2 ** 20) }),
    fc.record({ homeEnbId: below(2 ** 28) }),
    fc.record({ shortMacroEnbId: below(2 ** 18) }),
    fc.record({ longMacroEnbId: below(2 ** 21) }),
  ),
});
const globalNgRanNodeId = fc.oneof(fc.record({ gnb: globalGnbId }), fc.record({ ngEnb: globalNgEnbId }));
const ranUeId = octets(8);
const amfUeNgapId = below(2 ** 40);
const ids = (maxLength: number) => fc.array(natural32, { minLength: 1, maxLength });
const x2ap = { mEnbUeX2apId: below(4096), mEnbUeX2apIdExtension: below(10_000) };

/** Every alternative with any of its fields. */
export const ueId: fc.Arbitrary<UeId> = fc.oneof(
  fc.record({
    gnbUeId: some(
      {
        amfUeNgapId,
        guami,
        gnbCuUeF1apIds: ids(4),
        gnbCuCpUeE1apIds: ids(5),
        ranUeId,
        mNgRanUeXnapId: natural32,
        globalGnbId,
        globalNgRanNodeId,
        cellRnti,
      },
      'amfUeNgapId',
      'guami',
    ),
  }),
  fc.record({ gnbDuUeId: some({ gnbCuUeF1apId: natural32, ranUeId, cellRnti }, 'gnbCuUeF1apId') }),
  fc.record({ gnbCuUpUeId: some({ gnbCuCpUeE1apId: natural32, ranUeId }, 'gnbCuCpUeE1apId') }),
  fc.record({
    ngEnbUeId: some(
      {
        amfUeNgapId,
        guami,
        ngEnbCuUeW1apId: natural32,
        mNgRanUeXnapId: natural32,
        globalNgEnbId,
        globalNgRanNodeId,
        cellRnti,
      },
      'amfUeNgapId',
      'guami',
    ),
  }),
  fc.record({ ngEnbDuUeId: some({ ngEnbCuUeW1apId: natural32, cellRnti }, 'ngEnbCuUeW1apId') }),
  fc.record({
    enGnbUeId: some(
      { ...x2ap, globalEnbId, gnbCuUeF1apId: natural32, gnbCuCpUeE1apIds: ids(3), ranUeId, cellRnti },
      'mEnbUeX2apId',
      'globalEnbId',
    ),
  }),
  fc.record({
    enbUeId: some(
      { mmeUeS1apId: natural32, gummei, ...x2ap, globalEnbId, cellRnti },
      'mmeUeS1apId',
      'gummei',
    ),
  }),
);

export const partialUeId = some({
  amfUeNgapId,
  guami,
  gnbCuUeF1apId: natural32,
  ranUeId,
  globalNgRanNodeId,
  cellRnti,
  mmeUeS1apId: natural32,
  gummei,
});

export const ranFunctionName = some(
  { shortName: text(1, 40), e2smOid: text(1, 40), description: text(1, 40), instance: fc.maxSafeInteger() },
  'shortName',
  'e2smOid',
  'description',
);
