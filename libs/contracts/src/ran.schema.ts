import type { MeasurementReport, MeasurementRow, RrmPolicyRatio, SNssai } from '@ricochet/ran-types';
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
  rows: z.custom<MeasurementRow[]>((rows) => Array.isArray(rows) && rows.every(isRow), {
    error: 'expected rows of {snssai?, ueId?, values}',
  }),
});

/** Rows are the bulk of every report, so they are checked by hand. */
function isRow(row: unknown): boolean {
  if (!isObject(row)) return false;
  const { snssai, ueId, values } = row;
  return (
    Array.isArray(values) &&
    values.every((value) => value === null || typeof value === 'number') &&
    (ueId === undefined || typeof ueId === 'number') &&
    (snssai === undefined || (isObject(snssai) && typeof snssai['sst'] === 'number'))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
