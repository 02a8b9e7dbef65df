import { type PlmnIdentity, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';
import { E2smError } from '../service-model.js';
import { type RanParameter, type RanParameterValue, type RcControlMessage } from './rc.schema.js';

/** Control style 2, Radio Resource Allocation; action 6, Slice-level PRB quota (E2SM-RC clause 7.6.3). */
export const SLICE_PRB_QUOTA = { ricStyleType: 2, ricControlActionId: 6 } as const;

/** RAN parameter ids of the action (clause 8.4.3.6); the standard has no 4. */
const ID = {
  rrmPolicyRatioList: 1,
  rrmPolicyRatioGroup: 2,
  rrmPolicy: 3,
  memberList: 5,
  member: 6,
  plmnIdentity: 7,
  sNssai: 8,
  sst: 9,
  sd: 10,
  minRatio: 11,
  maxRatio: 12,
  dedicatedRatio: 13,
} as const;

/** Lengths of the S-NSSAI's parts (TS 23.003 clause 28.4.2). */
const SST_OCTETS = 1;
const SD_OCTETS = 3;

export const SLICE_PRB_QUOTA_PARAMETERS = [
  { id: ID.rrmPolicyRatioList, name: 'RRM Policy Ratio List' },
  { id: ID.rrmPolicyRatioGroup, name: 'RRM Policy Ratio Group' },
  { id: ID.rrmPolicy, name: 'RRM Policy' },
  { id: ID.memberList, name: 'RRM Policy Member List' },
  { id: ID.member, name: 'RRM Policy Member' },
  { id: ID.plmnIdentity, name: 'PLMN Identity' },
  { id: ID.sNssai, name: 'S-NSSAI' },
  { id: ID.sst, name: 'SST' },
  { id: ID.sd, name: 'SD' },
  { id: ID.minRatio, name: 'Min PRB Policy Ratio' },
  { id: ID.maxRatio, name: 'Max PRB Policy Ratio' },
  { id: ID.dedicatedRatio, name: 'Dedicated PRB Policy Ratio' },
] as const;

/** Packs slice quotas into the parameter tree of the action. */
export function packSlicePrbQuota(plmn: PlmnIdentity, ratios: readonly RrmPolicyRatio[]): RcControlMessage {
  const groups = ratios.map((ratio) => [
    structure(ID.rrmPolicyRatioGroup, [
      structure(ID.rrmPolicy, [
        list(ID.memberList, [
          [
            structure(ID.member, [
              leaf(ID.plmnIdentity, { valueOctets: plmnToOctets(plmn) }),
              structure(ID.sNssai, sNssaiParameters(ratio.snssai)),
            ]),
          ],
        ]),
      ]),
      leaf(ID.minRatio, { valueInt: ratio.minRatio }),
      leaf(ID.maxRatio, { valueInt: ratio.maxRatio }),
      leaf(ID.dedicatedRatio, { valueInt: ratio.dedicatedRatio }),
    ]),
  ]);
  return { ranParameters: [list(ID.rrmPolicyRatioList, groups)] };
}

/**
 * Reads the slice quotas of a control message, whatever their values.
 * @throws E2smError naming the parameter that is missing or of the wrong kind.
 */
export function unpackSlicePrbQuota(message: RcControlMessage): RrmPolicyRatio[] {
  return listOf(message.ranParameters, ID.rrmPolicyRatioList).flatMap((item) => {
    const group = structureOf(item, ID.rrmPolicyRatioGroup);
    const ratios = {
      minRatio: integerOf(group, ID.minRatio),
      maxRatio: integerOf(group, ID.maxRatio),
      dedicatedRatio: integerOf(group, ID.dedicatedRatio),
    };
    const members = listOf(structureOf(group, ID.rrmPolicy), ID.memberList);
    return members.map((member) => ({ snssai: readSNssai(structureOf(member, ID.member)), ...ratios }));
  });
}

function sNssaiParameters({ sst, sd }: SNssai): RanParameter[] {
  const parameters = [leaf(ID.sst, { valueOctets: sst.toString(16).padStart(2, '0') })];
  if (sd !== undefined) parameters.push(leaf(ID.sd, { valueOctets: sd }));
  return parameters;
}

function readSNssai(member: readonly RanParameter[]): SNssai {
  const parameters = structureOf(member, ID.sNssai);
  const sst = Number.parseInt(octetsOf(parameters, ID.sst, SST_OCTETS), 16);
  const hasSd = parameters.some(({ ranParameterId }) => ranParameterId === ID.sd);
  return hasSd ? { sst, sd: octetsOf(parameters, ID.sd, SD_OCTETS) } : { sst };
}

/** PLMN identity as three octets of BCD (TS 38.413 clause 9.3.3.5), in hexadecimal. */
function plmnToOctets({ mcc, mnc }: PlmnIdentity): string {
  const third = mnc.length === 3 ? mnc[2] : 'f';
  return `${mcc[1]}${mcc[0]}${third}${mcc[2]}${mnc[1]}${mnc[0]}`;
}

const leaf = (ranParameterId: number, value: RanParameterValue): RanParameter => ({
  ranParameterId,
  valueType: { elementFalse: value },
});

const structure = (ranParameterId: number, parameters: readonly RanParameter[]): RanParameter => ({
  ranParameterId,
  valueType: { structure: parameters },
});

const list = (ranParameterId: number, items: readonly (readonly RanParameter[])[]): RanParameter => ({
  ranParameterId,
  valueType: { list: items },
});

function find(parameters: readonly RanParameter[], id: number): RanParameter['valueType'] {
  const found = parameters.find(({ ranParameterId }) => ranParameterId === id);
  if (found === undefined) throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is missing`);
  return found.valueType;
}

function listOf(parameters: readonly RanParameter[], id: number): readonly (readonly RanParameter[])[] {
  const value = find(parameters, id);
  if (!('list' in value)) throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is not a list`);
  return value.list;
}

function structureOf(parameters: readonly RanParameter[], id: number): readonly RanParameter[] {
  const value = find(parameters, id);
  if (!('structure' in value)) throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is not a structure`);
  return value.structure;
}

function leafOf(parameters: readonly RanParameter[], id: number): RanParameterValue {
  const value = find(parameters, id);
  if ('elementFalse' in value) return value.elementFalse;
  if ('elementTrue' in value) return value.elementTrue;
  throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is not an element`);
}

function integerOf(parameters: readonly RanParameter[], id: number): number {
  const value = leafOf(parameters, id);
  if (!('valueInt' in value)) throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is not an integer`);
  return value.valueInt;
}

function octetsOf(parameters: readonly RanParameter[], id: number, count: number): string {
  const value = leafOf(parameters, id);
  if (!('valueOctets' in value) || value.valueOctets.length !== 2 * count) {
    throw new E2smError(`RAN parameter ${id} (${nameOf(id)}) is not ${count} octets`);
  }
  return value.valueOctets;
}

function nameOf(id: number): string {
  return SLICE_PRB_QUOTA_PARAMETERS.find((parameter) => parameter.id === id)?.name ?? 'unknown';
}
