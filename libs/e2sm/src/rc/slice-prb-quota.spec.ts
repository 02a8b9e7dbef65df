import { fromHex, toHex } from '@ricochet/asn1';
import { type RrmPolicyRatio } from '@ricochet/ran-types';
import fc from 'fast-check';
import { E2smError } from '../service-model.js';
import { rc } from './rc.js';
import { type RanParameter } from './ran-parameter.js';
import {
  packSlicePrbQuota,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
  unpackSlicePrbQuota,
} from './slice-prb-quota.js';

const PLMN = { mcc: '001', mnc: '01' };
const RATIO: RrmPolicyRatio = {
  snssai: { sst: 1, sd: '0003e8' },
  minRatio: 10,
  maxRatio: 60,
  dedicatedRatio: 5,
};

const sd = fc.integer({ min: 0, max: 0xff_ffff }).map((value) => value.toString(16).padStart(6, '0'));
const sst = fc.integer({ min: 0, max: 255 });
const ratios: fc.Arbitrary<RrmPolicyRatio[]> = fc.array(
  fc.record({
    snssai: fc.oneof(fc.record({ sst }), fc.record({ sst, sd })),
    minRatio: fc.integer(),
    maxRatio: fc.integer(),
    dedicatedRatio: fc.integer(),
  }),
  { minLength: 1 },
);
/** The tree of one quota. */
const tree = () => packSlicePrbQuota(PLMN, [RATIO]).format1.ranParameters;
const unpack = (ranParameters: RanParameter[]) => unpackSlicePrbQuota({ format1: { ranParameters } });

/** Every RAN parameter of a tree with this id, replaced by what `change` makes of it, or taken out. */
function withParameter(
  parameters: readonly RanParameter[],
  id: number,
  change: (parameter: RanParameter) => RanParameter | undefined,
): RanParameter[] {
  return parameters.flatMap((parameter): RanParameter[] => {
    if (parameter.ranParameterId === id) return [change(parameter) ?? []].flat();
    const { ranParameterId, valueType } = parameter;
    if ('structure' in valueType) {
      return [{ ranParameterId, valueType: { structure: withParameter(valueType.structure, id, change) } }];
    }
    if ('list' in valueType) {
      const list = valueType.list.map((item) => withParameter(item, id, change));
      return [{ ranParameterId, valueType: { list } }];
    }
    return [parameter];
  });
}

describe('slice-level PRB quota', () => {
  it('comes back as it was over the wire, with and without SD, in either numbering', () => {
    fc.assert(
      fc.property(ratios, fc.constantFrom('standard' as const, 'gapless' as const), (asked, numbering) => {
        const octets = rc.controlMessage.encode(packSlicePrbQuota(PLMN, asked, { numbering }));
        expect(unpackSlicePrbQuota(rc.controlMessage.decode(octets), { numbering })).toEqual(asked);
      }),
    );
  });

  // Worked out by hand from X.691: ids less one behind `00`, `60` a list, `44` a structure, `2a00` octets,
  // `2880` an integer, counts less one in two octets.
  const golden = (ids: string): string => {
    const [list, group, policy, members, member, plmn, sNssai, sst, sd, min, max, dedicated] = ids.split(' ');
    return `00 0001 ${list} 600000 400000 ${group} 440003
      ${policy} 440000 ${members} 600000 400000 ${member} 440001
        ${plmn} 2a00 0300f110 ${sNssai} 440001 ${sst} 2a00 0101 ${sd} 2a00 030003e8
      ${min} 2880 010a ${max} 2880 013c ${dedicated} 2880 0105`.replaceAll(/\s/g, '');
  };

  it('is these octets', () => {
    const octets = rc.controlMessage.encode(packSlicePrbQuota(PLMN, [RATIO]));
    expect(toHex(octets)).toBe(golden('0000 0001 0002 0004 0005 0006 0007 0008 0009 000a 000b 000c'));
  });

  it('is numbered without the gap for older FlexRIC', () => {
    const message = packSlicePrbQuota(PLMN, [RATIO], { numbering: 'gapless' });
    const octets = golden('0000 0001 0002 0003 0004 0005 0006 0007 0008 0009 000a 000b');
    expect(toHex(rc.controlMessage.encode(message))).toBe(octets);
    expect(unpackSlicePrbQuota(rc.controlMessage.decode(fromHex(octets)), { numbering: 'gapless' })).toEqual([
      RATIO,
    ]);
    expect(() => unpackSlicePrbQuota(message)).toThrow(
      'RAN parameter 1[0].2.13 (Dedicated PRB Policy Ratio) is missing',
    );
  });

  it('goes with a header of these octets', () => {
    const header = { format1: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 0 } }, ...SLICE_PRB_QUOTA } };
    expect(toHex(rc.controlHeader.encode(header))).toBe('0100000102000005');
  });

  it('writes a three-digit MNC as TS 38.413 has it', () => {
    expect(JSON.stringify(packSlicePrbQuota({ mcc: '310', mnc: '410' }, [RATIO]))).toContain(
      '"valueOctets":"134001"',
    );
  });

  it('gives the ratios of a group to each of its members', () => {
    const other = packSlicePrbQuota(PLMN, [{ ...RATIO, snssai: { sst: 2 } }]).format1.ranParameters;
    const members: (readonly RanParameter[])[] = [];
    withParameter([...tree(), ...other], 5, (found) => {
      if ('list' in found.valueType) members.push(...found.valueType.list);
      return found;
    });
    const merged = withParameter(tree(), 5, () => ({ ranParameterId: 5, valueType: { list: members } }));
    expect(unpack(merged)).toEqual([RATIO, { ...RATIO, snssai: { sst: 2 } }]);
  });

  const required = SLICE_PRB_QUOTA_PARAMETERS.filter(({ name }) => !['PLMN Identity', 'SD'].includes(name));

  it.each(required)('names parameter $id ($name) when it is missing', ({ id, name }) => {
    const changed = withParameter(tree(), id, () => undefined);
    expect(() => unpack(changed)).toThrow(E2smError);
    expect(() => unpack(changed)).toThrow(`${id} (${name}) is missing`);
  });

  it.each([...required, { id: 10, name: 'SD' }])(
    'names parameter $id ($name) when it is of another kind',
    ({ id, name }) => {
      const changed = withParameter(tree(), id, ({ ranParameterId }) => ({
        ranParameterId,
        valueType: { elementFalse: { valueBoolean: true } },
      }));
      expect(() => unpack(changed)).toThrow(E2smError);
      expect(() => unpack(changed)).toThrow(`${id} (${name}) is not`);
    },
  );

  it('names the place of what is wrong in the tree', () => {
    const changed = withParameter(tree(), 9, () => undefined);
    expect(() => unpack(changed)).toThrow('RAN parameter 1[0].2.3.5[0].6.8.9 (SST) is missing');
  });

  it.each([
    [9, '', 'SST'],
    [9, '0102', 'SST'],
    [10, '03e8', 'SD'],
    [10, '', 'SD'],
  ])('refuses parameter %i of %j octets', (id, valueOctets, name) => {
    const changed = withParameter(tree(), id, ({ ranParameterId }) => ({
      ranParameterId,
      valueType: { elementFalse: { valueOctets } },
    }));
    expect(() => unpack(changed)).toThrow(E2smError);
    expect(() => unpack(changed)).toThrow(name);
  });

  it('refuses a leaf without a value', () => {
    const changed = withParameter(tree(), 11, () => ({
      ranParameterId: 11,
      valueType: { elementFalse: null },
    }));
    expect(() => unpack(changed)).toThrow('RAN parameter 1[0].2.11 (Min PRB Policy Ratio) has no value');
  });

  it('refuses another format, and to ask for nothing', () => {
    expect(() => unpackSlicePrbQuota({ format5: null })).toThrow('not in format5');
    expect(() => rc.controlMessage.encode(packSlicePrbQuota(PLMN, []))).toThrow(
      'RC ControlMessage.format1.ranParameters[0].valueType.list: expected',
    );
  });
});
