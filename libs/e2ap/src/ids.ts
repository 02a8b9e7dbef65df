import { type GlobalE2NodeId } from '@ricochet/ran-types';
import { z } from 'zod';

/** Octets of a service model or of another interface, carried as they are. */
export const octetsSchema: z.ZodType<Uint8Array> = z.instanceof(Uint8Array, { error: 'expected octets' });

/** 0..255 (clause 9.2.33). */
export const transactionIdSchema = z.int().min(0).max(255);

/** Names one subscription or one control of one requestor (clause 9.2.7). */
export const ricRequestIdSchema = z.strictObject({
  requestorId: z.int().min(0).max(65_535),
  instanceId: z.int().min(0).max(65_535),
});
export type RicRequestId = z.infer<typeof ricRequestIdSchema>;

/** 0..4095 (clause 9.2.8). */
export const ranFunctionIdSchema = z.int().min(0).max(4095);

/** 0..255 (clause 9.2.10). */
export const ricActionIdSchema = z.int().min(0).max(255);

export const plmnIdentitySchema = z.strictObject({
  mcc: z.string().regex(/^\d{3}$/),
  mnc: z.string().regex(/^\d{2,3}$/),
});

/** Of the four kinds of E2 node, the gNB and its DUs (clause 9.2.6). */
export const globalE2NodeIdSchema: z.ZodType<GlobalE2NodeId> = z.strictObject({
  plmn: plmnIdentitySchema,
  gnbId: z.int().min(0).max(0xffff_ffff),
  gnbDuId: z.int().min(0).optional(),
});

/** RIC id, 20 bits (clause 9.2.4). */
export const globalRicIdSchema = z.strictObject({
  plmn: plmnIdentitySchema,
  ricId: z.int().min(0).max(0xf_ffff),
});
export type GlobalRicId = z.infer<typeof globalRicIdSchema>;
