import { z } from 'zod';

/** The A1 policy type for what slices are promised, after `ORAN_SliceSLATarget_3.0.0` (O-RAN A1TD, Slice SLA target). */
export const SLICE_SLA_POLICY_TYPE = { policyTypeId: 20_510, name: 'ORAN_SliceSLATarget_3.0.0' } as const;

const limit = z.number().nonnegative();
const plmnIdSchema = z.strictObject({
  mcc: z.string().regex(/^\d{3}$/),
  mnc: z.string().regex(/^\d{2,3}$/),
});

/** Object of such a policy. Objectives that an xApp can not hold it refuses, as not enforced. */
export const sliceSlaPolicySchema = z.strictObject({
  scope: z.strictObject({
    sliceId: z.strictObject({
      sst: z.int().min(0).max(255),
      sd: z
        .string()
        .regex(/^[0-9A-Fa-f]{6}$/)
        .optional(),
      plmnId: plmnIdSchema,
    }),
  }),
  sliceSlaObjectives: z
    .strictObject({
      maxNumberOfUes: z.int().nonnegative().optional(),
      maxNumberOfPduSessions: z.int().nonnegative().optional(),
      /** kbit/s. */
      guaDlThptPerSlice: limit.optional(),
      maxDlThptPerSlice: limit.optional(),
      guaUlThptPerSlice: limit.optional(),
      maxUlThptPerSlice: limit.optional(),
      maxDlThptPerUe: limit.optional(),
      maxUlThptPerUe: limit.optional(),
      /** ms. */
      maxDlPacketDelayPerUe: limit.optional(),
      maxUlPacketDelayPerUe: limit.optional(),
      /** 0..1. */
      maxDlPdcpSduPacketLossRatePerUe: z.number().min(0).max(1).optional(),
      maxUlRlcSduPacketLossRatePerUe: z.number().min(0).max(1).optional(),
    })
    .refine((objectives) => Object.keys(objectives).length > 0, 'expected one objective at least'),
});
export type SliceSlaPolicy = z.infer<typeof sliceSlaPolicySchema>;
