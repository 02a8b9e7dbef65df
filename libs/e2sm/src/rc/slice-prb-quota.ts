import { toHex } from '@ricochet/asn1';
import { octetsOfPlmn, type PlmnIdentity, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';
import { E2smError } from '../service-model.js';
import { type RcControlMessage, type RcControlMessageOfAction } from './control.js';
import { leaf, list, ParameterReader, structure } from './parameter-tree.js';

/** Control style 2, Radio Resource Allocation; action 6, Slice-level PRB quota (E2SM-RC clause 7.6.3). */
export const SLICE_PRB_QUOTA = { ricStyleType: 2, ricControlActionId: 6 } as const;

/** RAN parameter ids of the action (clause 8.4.3.6); the standard has no 4. */
const STANDARD_IDS = {
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
type ParameterKey = keyof typeof STANDARD_IDS;
type ParameterIds = Readonly<Record<ParameterKey, number>>;

const NAMES: Readonly<Record<ParameterKey, string>> = {
  rrmPolicyRatioList: 'RRM Policy Ratio List',
  rrmPolicyRatioGroup: 'RRM Policy Ratio Group',
  rrmPolicy: 'RRM Policy',
  memberList: 'RRM Policy Member List',
  member: 'RRM Policy Member',
  plmnIdentity: 'PLMN Identity',
  sNssai: 'S-NSSAI',
  sst: 'SST',
  sd: 'SD',
  minRatio: 'Min PRB Policy Ratio',
  maxRatio: 'Max PRB Policy Ratio',
  dedicatedRatio: 'Dedicated PRB Policy Ratio',
};
const KEYS = Object.keys(STANDARD_IDS) as ParameterKey[];

/** How a vendor numbers the action's parameters: as the standard, or without its gap, as older FlexRIC does. */
export type QuotaNumbering = 'standard' | 'gapless';

const IDS: Readonly<Record<QuotaNumbering, ParameterIds>> = {
  standard: STANDARD_IDS,
  gapless: Object.fromEntries(KEYS.map((key, place) => [key, place + 1])) as Record<ParameterKey, number>,
};

/** The action's parameters for a RAN function definition, by the standard's ids. */
export const SLICE_PRB_QUOTA_PARAMETERS: readonly { readonly id: number; readonly name: string }[] = KEYS.map(
  (key) => ({ id: STANDARD_IDS[key], name: NAMES[key] }),
);

/** Lengths of the S-NSSAI's parts (TS 23.003 clause 28.4.2). */
const SST_OCTETS = 1;
const SD_OCTETS = 3;

/** Packs slice quotas, at least one, into the parameter tree of the action. */
export function packSlicePrbQuota(
  plmn: PlmnIdentity,
  ratios: readonly RrmPolicyRatio[],
  { numbering = 'standard' }: { readonly numbering?: QuotaNumbering } = {},
): RcControlMessageOfAction {
  const id = IDS[numbering];
  const plmnOctets = toHex(octetsOfPlmn(plmn));
  const groups = ratios.map((ratio) => {
    const { sst, sd } = ratio.snssai;
    const sNssai = [leaf(id.sst, { valueOctets: sst.toString(16).padStart(2, '0') })];
    if (sd !== undefined) sNssai.push(leaf(id.sd, { valueOctets: sd }));
    const member = structure(id.member, [
      leaf(id.plmnIdentity, { valueOctets: plmnOctets }),
      structure(id.sNssai, sNssai),
    ]);
    const group = structure(id.rrmPolicyRatioGroup, [
      structure(id.rrmPolicy, [list(id.memberList, [[member]])]),
      leaf(id.minRatio, { valueInt: ratio.minRatio }),
      leaf(id.maxRatio, { valueInt: ratio.maxRatio }),
      leaf(id.dedicatedRatio, { valueInt: ratio.dedicatedRatio }),
    ]);
    return [group];
  });
  return { format1: { ranParameters: [list(id.rrmPolicyRatioList, groups)] } };
}

/**
 * Reads the slice quotas of a control message, whatever their values.
 * @throws {E2smError} naming the parameter that is missing or of the wrong kind, with its path
 */
export function unpackSlicePrbQuota(
  message: RcControlMessage,
  { numbering = 'standard' }: { readonly numbering?: QuotaNumbering } = {},
): RrmPolicyRatio[] {
  if (!('format1' in message)) {
    throw new E2smError(
      `a slice-level PRB quota comes in control message format 1, not in ${Object.keys(message)[0]}`,
    );
  }
  const id = IDS[numbering];
  const nameOf = (of: number): string => {
    const key = KEYS.find((candidate) => id[candidate] === of);
    return key === undefined ? 'unknown' : NAMES[key];
  };
  const root = new ParameterReader(message.format1.ranParameters, nameOf);
  return root.list(id.rrmPolicyRatioList).flatMap((item) => {
    const group = item.structure(id.rrmPolicyRatioGroup);
    const ratios = {
      minRatio: group.integer(id.minRatio),
      maxRatio: group.integer(id.maxRatio),
      dedicatedRatio: group.integer(id.dedicatedRatio),
    };
    const members = group.structure(id.rrmPolicy).list(id.memberList);
    return members.map((member) => ({ snssai: readSNssai(member.structure(id.member), id), ...ratios }));
  });
}

function readSNssai(member: ParameterReader, id: ParameterIds): SNssai {
  const parameters = member.structure(id.sNssai);
  const sst = Number.parseInt(parameters.octets(id.sst, SST_OCTETS), 16);
  return parameters.has(id.sd) ? { sst, sd: parameters.octets(id.sd, SD_OCTETS) } : { sst };
}
