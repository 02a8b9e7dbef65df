import { E2smError, type MatchingUeCondition, type MeasurementInfoItem, sNssaiFromHex } from '@ricochet/e2sm';
import {
  formatSNssai,
  isSameSNssai,
  KPI_CATALOGUE,
  type KpiName,
  recorderOf,
  type SNssai,
} from '@ricochet/ran-types';
import { type Reader } from './kpm-record.js';

/** @throws E2smError a measurement that is asked for by its id */
export function measurementName(item: MeasurementInfoItem): string {
  if ('measName' in item) return item.measName;
  throw new E2smError(`measurement ${item.measId}: ids are not offered, names are`);
}

/** Of a node's slices, the places of those whose UEs meet all conditions. @throws E2smError one that is not offered */
export function slicesMeeting(
  slices: readonly SNssai[],
  conditions: readonly MatchingUeCondition[],
): number[] {
  const asked = conditions.map((condition) => placeAsked(slices, condition));
  return slices
    .map((_, place) => place)
    .filter((place) => asked.every((one) => one === 'any' || one === place));
}

function placeAsked(
  slices: readonly SNssai[],
  { testType, testExpression, testValue, logicalOr }: MatchingUeCondition,
): number | 'any' {
  if (testType !== 's-nssai' || logicalOr === true) {
    throw new E2smError(`a condition on ${testType}${logicalOr ? ' with an OR' : ''} is not offered`);
  }
  if (testExpression === 'present') return 'any';
  const snssai =
    testValue !== undefined && 'valueOctets' in testValue ? sNssaiFromHex(testValue.valueOctets) : undefined;
  if (testExpression !== 'equal' || snssai === undefined) {
    throw new E2smError('a slice must be present, or equal to an S-NSSAI of 1 or 4 octets');
  }
  return placeOfSlice(slices, snssai);
}

/** @throws E2smError a slice that is not served */
export function placeOfSlice(slices: readonly SNssai[], snssai: SNssai): number {
  const place = slices.findIndex((slice) => isSameSNssai(slice, snssai));
  if (place < 0) throw new E2smError(`slice ${formatSNssai(snssai)} is not served here`);
  return place;
}

/** How KPM carries a measurement. */
export function recordingOf(name: KpiName): Pick<Reader<unknown>, 'kind' | 'recorded'> {
  return { kind: KPI_CATALOGUE[name].record === 'integer' ? 'i' : 'r', recorded: recorderOf(name) };
}
