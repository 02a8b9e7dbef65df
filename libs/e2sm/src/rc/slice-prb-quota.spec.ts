import { type RrmPolicyRatio } from '@ricochet/ran-types';
import fc from 'fast-check';
import { E2smError } from '../service-model.js';
import { rc } from './rc.js';
import { type RanParameter, type RcControlMessage } from './rc.schema.js';
import { packSlicePrbQuota, SLICE_PRB_QUOTA_PARAMETERS, unpackSlicePrbQuota } from './slice-prb-quota.js';

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
);

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
  it('comes back as it was over the wire, with and without SD', () => {
    fc.assert(
      fc.property(ratios, (asked) => {
        const octets = rc.controlMessage.encode(packSlicePrbQuota(PLMN, asked));
        expect(unpackSlicePrbQuota(rc.controlMessage.decode(octets))).toEqual(asked);
      }),
    );
  });

  it.each([
    [{ mcc: '001', mnc: '01' }, '00f110'],
    [{ mcc: '310', mnc: '410' }, '130014'],
  ])('writes PLMN %j as three octets of BCD', (plmn, expected) => {
    expect(JSON.stringify(packSlicePrbQuota(plmn, [RATIO]))).toContain(`"valueOctets":"${expected}"`);
  });

  it('gives the ratios of a group to each of its members', () => {
    const { ranParameters } = packSlicePrbQuota(PLMN, [RATIO]);
    const other = packSlicePrbQuota(PLMN, [{ ...RATIO, snssai: { sst: 2 } }]).ranParameters;
    const members: (readonly RanParameter[])[] = [];
    withParameter([...ranParameters, ...other], 5, (found) => {
      if ('list' in found.valueType) members.push(...found.valueType.list);
      return found;
    });
    const merged = withParameter(ranParameters, 5, () => ({
      ranParameterId: 5,
      valueType: { list: members },
    }));
    expect(unpackSlicePrbQuota({ ranParameters: merged })).toEqual([RATIO, { ...RATIO, snssai: { sst: 2 } }]);
  });

  const required = SLICE_PRB_QUOTA_PARAMETERS.filter(({ name }) => !['PLMN Identity', 'SD'].includes(name));

  it.each(required)('names parameter $id ($name) when it is missing', ({ id, name }) => {
    const { ranParameters } = packSlicePrbQuota(PLMN, [RATIO]);
    const message: RcControlMessage = { ranParameters: withParameter(ranParameters, id, () => undefined) };
    expect(() => unpackSlicePrbQuota(message)).toThrow(
      new E2smError(`RAN parameter ${id} (${name}) is missing`),
    );
  });

  it.each([...required, { id: 10, name: 'SD' }])(
    'names parameter $id ($name) when it is of another kind',
    ({ id, name }) => {
      const { ranParameters } = packSlicePrbQuota(PLMN, [RATIO]);
      const changed = withParameter(ranParameters, id, ({ ranParameterId }) => ({
        ranParameterId,
        valueType: { elementFalse: { valueBoolean: true } },
      }));
      expect(() => unpackSlicePrbQuota({ ranParameters: changed })).toThrow(E2smError);
      expect(() => unpackSlicePrbQuota({ ranParameters: changed })).toThrow(
        `RAN parameter ${id} (${name}) is not`,
      );
    },
  );

  it.each([
    [9, '', 'SST'],
    [9, '0102', 'SST'],
    [10, '03e8', 'SD'],
    [10, '', 'SD'],
  ])('refuses parameter %i of %j octets', (id, valueOctets, name) => {
    const { ranParameters } = packSlicePrbQuota(PLMN, [RATIO]);
    const changed = withParameter(ranParameters, id, ({ ranParameterId }) => ({
      ranParameterId,
      valueType: { elementFalse: { valueOctets } },
    }));
    expect(() => unpackSlicePrbQuota({ ranParameters: changed })).toThrow(E2smError);
    expect(() => unpackSlicePrbQuota({ ranParameters: changed })).toThrow(name);
  });

  it('asks for nothing when there are no groups', () => {
    expect(unpackSlicePrbQuota(packSlicePrbQuota(PLMN, []))).toEqual([]);
  });
});
