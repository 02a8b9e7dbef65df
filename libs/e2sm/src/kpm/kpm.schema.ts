import { z } from 'zod';
import { ranFunctionNameSchema, sNssaiSchema, type UeId } from '../service-model.js';

/** E2SM-KPM-EventTriggerDefinition format 1 (E2SM-KPM clause 8.2.1.1). */
export const eventTriggerSchema = z.strictObject({
  /** 1..2^32−1 ms. */
  reportingPeriodMs: z.int().min(1).max(0xffff_ffff),
});
export type KpmEventTrigger = z.infer<typeof eventTriggerSchema>;

/** Of the label information (clause 8.3.11), what our nodes can tell apart. */
const labelSchema = z.union([
  z.strictObject({ noLabel: z.literal(true) }),
  z.strictObject({ sliceId: sNssaiSchema }),
  z.strictObject({ distBinX: z.int().min(0).max(65_535) }),
]);
export type MeasurementLabel = z.infer<typeof labelSchema>;

const measurementInfoItemSchema = z.strictObject({
  measName: z.string().min(1).max(150),
  labels: z.array(labelSchema).min(1),
});
export type MeasurementInfoItem = z.infer<typeof measurementInfoItemSchema>;

/** Action definition format 1 (clause 8.2.1.2.1). */
const actionFormat1Schema = z.strictObject({
  measInfoList: z.array(measurementInfoItemSchema).min(1),
  granularityPeriodMs: z.int().min(1).max(0xffff_ffff),
});

/** Test condition on a UE (clause 8.3.22): of those, the slice, which every UE of ours has. */
const matchingUeConditionSchema = z.union([
  z.strictObject({ sNssai: z.strictObject({ present: z.literal(true) }) }),
  z.strictObject({ sNssai: z.strictObject({ equal: sNssaiSchema }) }),
]);
export type MatchingUeCondition = z.infer<typeof matchingUeConditionSchema>;

/** Action definition format 4 (clause 8.2.1.2.4): common conditions, UE-level measurements. */
const actionFormat4Schema = z.strictObject({
  matchingUeConditions: z.array(matchingUeConditionSchema).min(1),
  subscriptionInfo: actionFormat1Schema,
});

export const actionDefinitionSchema = z.union([
  z.strictObject({ reportStyle: z.literal(1), format1: actionFormat1Schema }),
  z.strictObject({ reportStyle: z.literal(4), format4: actionFormat4Schema }),
]);
export type KpmActionDefinition = z.infer<typeof actionDefinitionSchema>;

/** Indication header format 1 (clause 8.2.1.3.1). */
export const indicationHeaderSchema = z.strictObject({
  /** Start of the reported period; simulation time in ms from the NTP epoch of the run. */
  collectionStartTimeMs: z.number().nonnegative(),
  senderName: z.string().optional(),
  vendorName: z.string().optional(),
});
export type KpmIndicationHeader = z.infer<typeof indicationHeaderSchema>;

/**
 * A record of measured values (clause 8.3.13) in columns, as it is the bulk of every indication: letter k of
 * `kinds` tells the CHOICE of value k, `i`nteger, `r`eal or `n`oValue (its value is then 0).
 */
export interface MeasurementRecord {
  readonly kinds: string;
  readonly values: readonly number[];
}

/** Indication message format 1: a record a granularity period, its values in the order of measurements and labels. */
export interface KpmMessageFormat1 {
  readonly measData: readonly MeasurementRecord[];
}

/** One UE of a format 3 message. */
export interface UeMeasurementReport {
  readonly ueId: UeId;
  readonly measReport: KpmMessageFormat1;
}

/** Indication message format 1, or format 3: a format 1 message a UE. */
export type KpmIndicationMessage =
  | { readonly format1: KpmMessageFormat1 }
  | { readonly format3: { readonly ueMeasReportList: readonly UeMeasurementReport[] } };

// By hand, as it is the bulk of the traffic: a nested union schema costs several times more.
export const indicationMessageSchema = z.custom<KpmIndicationMessage>(isIndicationMessage, {
  error: 'expected {format1} or {format3} with measData of {kinds, values}',
});

/** RAN function definition (clause 8.2.2.1). */
export const kpmRanFunctionDefinitionSchema = z.strictObject({
  ranFunctionName: ranFunctionNameSchema,
  eventTriggerStyles: z.array(z.strictObject({ type: z.int(), name: z.string(), formatType: z.int() })),
  reportStyles: z.array(
    z.strictObject({
      type: z.int(),
      name: z.string(),
      actionFormatType: z.int(),
      measurements: z.array(z.string()),
      indicationHeaderFormatType: z.int(),
      indicationMessageFormatType: z.int(),
    }),
  ),
});
export type KpmRanFunctionDefinition = z.infer<typeof kpmRanFunctionDefinitionSchema>;

const MAX_INTEGER = 0xffff_ffff;

function isIndicationMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { format1, format3 } = value;
  if (format1 !== undefined) return isFormat1(format1);
  const list = isObject(format3) ? format3['ueMeasReportList'] : undefined;
  return Array.isArray(list) && list.every(isUeMeasurementReport);
}

function isFormat1(value: unknown): boolean {
  const measData = isObject(value) ? value['measData'] : undefined;
  return Array.isArray(measData) && measData.every(isRecord);
}

function isRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kinds, values } = value;
  if (typeof kinds !== 'string' || !Array.isArray(values) || values.length !== kinds.length) return false;
  for (let i = 0; i < kinds.length; i++) {
    const item: unknown = values[i];
    if (!isFiniteNumber(item)) return false;
    if (
      kinds[i] === 'i'
        ? !(Number.isInteger(item) && item >= 0 && item <= MAX_INTEGER)
        : !'rn'.includes(kinds[i] ?? '')
    ) {
      return false;
    }
  }
  return true;
}

function isUeMeasurementReport(value: unknown): boolean {
  if (!isObject(value) || !isFormat1(value['measReport']) || !isObject(value['ueId'])) return false;
  const { gnbDuUeId } = value['ueId'];
  const id = isObject(gnbDuUeId) ? gnbDuUeId['gnbCuUeF1apId'] : undefined;
  return Number.isInteger(id) && (id as number) >= 0 && (id as number) <= MAX_INTEGER;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** JSON can spell numbers that are too large to be one: `1e400` reads as infinite. */
function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
