import { fromHex, toHex } from '../common/octets.js';
import { E2smError } from '../service-model.js';
import { rc } from './rc.js';
import { SLICE_PRB_QUOTA_PARAMETERS } from './slice-prb-quota.js';

/** RC's RAN function definition of srsRAN 25.10's DU, cut out of its set-up request. */
const SRSRAN_DU = `
  0805804f52414e2d4532534d2d5243000018312e332e362e312e342e312e35333134382e312e312e322e33050052414e2043
  6f6e74726f6c00e001021000526164696f205265736f7572636520416c6c6f636174696f6e20436f6e74726f6c0000400005
  0a00536c6963652d6c6576656c205052422071756f7461000b00000a0052524d20506f6c69637920526174696f204c697374
  00010a8052524d20506f6c69637920526174696f2047726f75700002048052524d20506f6c69637900040a8052524d20506f
  6c696379204d656d626572204c6973740005080052524d20506f6c696379204d656d62657200060600504c4d4e204964656e
  7469747900070300532d4e5353414900080100535354000900805344000a09804d696e2050524220506f6c69637920526174
  696f000b09804d61782050524220506f6c69637920526174696f000c0c804465646963617465642050524220506f6c696379
  20526174696f01010101010101010000000a80746573742d6f7574636f6d652d72616e2d706172616d`;

test("srsRAN's RAN function definition is read and written again by the same octets", () => {
  const definition = rc.ranFunctionDefinition.decode(fromHex(SRSRAN_DU.replaceAll(/\s/g, '')));
  expect(definition.ranFunctionName).toEqual({
    shortName: 'ORAN-E2SM-RC',
    e2smOid: rc.oid,
    description: 'RAN Control',
  });
  expect(definition.controlStyles).toEqual([
    {
      type: 2,
      name: 'Radio Resource Allocation Control',
      actions: [{ id: 6, name: 'Slice-level PRB quota', ranParameters: SLICE_PRB_QUOTA_PARAMETERS }],
      headerFormatType: 1,
      messageFormatType: 1,
      callProcessIdFormatType: 1,
      outcomeFormatType: 1,
      outcomeParameters: [{ id: 1, name: 'test-outcome-ran-param' }],
    },
  ]);
  expect(toHex(rc.ranFunctionDefinition.encode(definition))).toBe(SRSRAN_DU.replaceAll(/\s/g, ''));
});

test('what version 1.03 says on demand is read as well as what later ones do', () => {
  expect(rc.eventTrigger.decode(fromHex('20'))).toEqual({ format5: null });
  expect(rc.eventTrigger.decode(fromHex('2000'))).toEqual({ format5: { onDemand: 'true' } });
  expect(rc.indicationMessage.decode(fromHex('18'))).toEqual({ format4: null });
  expect(rc.indicationMessage.decode(fromHex('1800000000'))).toEqual({ format4: { ues: [], cells: [] } });
});

test('nesting without end is refused', () => {
  // Structures of one structure each, all of id 1.
  const octets = fromHex(`000001${'0000440000'.repeat(200)}`);
  expect(() => rc.controlMessage.decode(octets)).toThrow(E2smError);
  expect(() => rc.controlMessage.decode(octets)).toThrow('expected a nesting of at most 64');
});

test.each([
  [
    { format1: { ranParameters: [{ ranParameterId: 1.5, valueType: { elementFalse: null } }] } },
    'ranParameters[0].ranParameterId: expected an integer',
  ],
  [
    {
      format1: { ranParameters: [{ ranParameterId: 1, valueType: { elementTrue: { valueOctets: 'XY' } } }] },
    },
    'RC ControlMessage.format1.ranParameters[0].valueType.elementTrue.valueOctets: expected octets in hexadecimal',
  ],
  [
    {
      format1: { ranParameters: [{ ranParameterId: 1, valueType: { structure: [{ ranParameterId: 2 }] } }] },
    },
    'RC ControlMessage.format1.ranParameters[0].valueType.structure[0].valueType: expected a value',
  ],
  [{ format9: null }, 'expected one of format1, format2, format3, format4, format5'],
])('a value that can not be is refused in words: %#', (value, words) => {
  expect(() => rc.controlMessage.encode(value as never)).toThrow(E2smError);
  expect(() => rc.controlMessage.encode(value as never)).toThrow(words);
});
