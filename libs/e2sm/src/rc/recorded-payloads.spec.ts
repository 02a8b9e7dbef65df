import { fromHex, toHex } from '@ricochet/asn1';
import { E2smError } from '../service-model.js';
import { rc } from './rc.js';
import { recordedDefinitions } from './recorded-payloads.fixture.js';
import { SLICE_PRB_QUOTA_PARAMETERS } from './slice-prb-quota.js';

test("srsRAN's RAN function definition is read and written again by the same octets", () => {
  const definition = rc.ranFunctionDefinition.decode(fromHex(recordedDefinitions.srsran));
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
  expect(toHex(rc.ranFunctionDefinition.encode(definition))).toBe(recordedDefinitions.srsran);
});

test("FlexRIC's, with every part, is so too", () => {
  const definition = rc.ranFunctionDefinition.decode(fromHex(recordedDefinitions.flexric));
  expect(Object.keys(definition)).toEqual([
    'ranFunctionName',
    'eventTrigger',
    'reportStyles',
    'insertStyles',
    'controlStyles',
    'policyStyles',
  ]);
  expect(definition.eventTrigger?.callProcessTypes?.[1]?.breakpoints[1]?.ranParameters?.[2]).toEqual({
    id: 1315634023,
    name: 'FooBar42',
  });
  expect(toHex(rc.ranFunctionDefinition.encode(definition))).toBe(recordedDefinitions.flexric);
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
