import type { MeasurementReport, RrmPolicyRatio, SNssai } from '@ricochet/ran-types';
import { z } from 'zod';

export const sNssaiSchema: z.ZodType<SNssai> = z.strictObject({
  sst: z.int().min(0).max(255),
  sd: z
    .string()
    .regex(/^[0-9a-f]{6}$/)
    .optional(),
});

export const rrmPolicyRatioSchema: z.ZodType<RrmPolicyRatio> = z.strictObject({
  snssai: sNssaiSchema,
  minRatio: z.number(),
  maxRatio: z.number(),
  dedicatedRatio: z.number(),
});

export const kpiLevelSchema = z.enum(['cell', 'slice', 'ue']);

export const measurementReportSchema: z.ZodType<MeasurementReport> = z.strictObject({
  nodeId: z.string(),
  level: kpiLevelSchema,
  timeMs: z.number(),
  periodMs: z.number(),
  measurements: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      snssai: sNssaiSchema.optional(),
      ueId: z.number().optional(),
      values: z.array(z.number().nullable()),
    }),
  ),
});
