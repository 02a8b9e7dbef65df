import { z } from 'zod';

/** PLMN identity in JSON. */
export const plmnId = z.looseObject({
  mcc: z.string().regex(/^\d{3}$/, 'expected 3 digits'),
  mnc: z.string().regex(/^\d{2,3}$/, 'expected 2 or 3 digits'),
});

const sNssai = z.looseObject({
  sst: z.int().min(0).max(255),
  sd: z
    .string()
    .regex(/^[0-9a-f]{6}$/i, 'expected 6 hexadecimal digits')
    .optional(),
});

const percent = z.int().min(0).max(100);

/** O-RRMPolicyRatio (E2SM-CCC clause 8.8.1), RRMPolicyRatio of TS 28.541; attributes left out stay as they are. */
export const rrmPolicyRatio = z.looseObject({
  resourceType: z.enum(['PRB', 'PRB_DL', 'PRB_UL', 'DRB', 'RRC', 'RRC_CONNECTED_USERS']).optional(),
  rRMPolicyMemberList: z
    .array(z.looseObject({ plmnId: plmnId.optional(), snssai: sNssai.optional() }))
    .optional(),
  rRMPolicyMaxRatio: percent.optional(),
  rRMPolicyMinRatio: percent.optional(),
  rRMPolicyDedicatedRatio: percent.optional(),
});
export type CccRrmPolicyRatio = z.infer<typeof rrmPolicyRatio>;

export const RRM_POLICY_RATIO = 'O-RRMPolicyRatio';

/** A configuration structure's values: checked for O-RRMPolicyRatio, whatever they are for others. */
export const valuesOfAttributes = z.looseObject({ ranConfigurationStructure: rrmPolicyRatio });

const text = z.string().min(1).max(150);
export const ranConfigurationStructureName = text;

/** Global cell id in JSON: the NR cell identity in 9 hexadecimal digits. */
export const cellGlobalId = z.looseObject({
  plmnIdentity: plmnId,
  nRCellIdentity: z.string().regex(/^[0-9a-f]{9}$/i, 'expected 9 hexadecimal digits'),
});
