import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { Payload } from './payload.js';

interface InfoItem {
  readonly measName?: string;
  readonly measId?: number;
  readonly labels?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * What the values of a measurement record are, in their order: a measurement for each of its labels. From the first
 * list of measurements in `part`.
 */
export function valueNames(part: unknown): readonly string[] | undefined {
  if (part instanceof Payload) return 'value' in part.outcome ? valueNames(part.outcome.value) : undefined;
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return undefined;
  if ('measInfoList' in part && Array.isArray(part.measInfoList)) {
    return (part.measInfoList as InfoItem[]).flatMap(namesOf);
  }
  for (const inner of Object.values(part)) {
    const names = valueNames(inner);
    if (names !== undefined) return names;
  }
  return undefined;
}

function namesOf({ measName, measId, labels = [] }: InfoItem): string[] {
  const name = measName ?? `measID ${measId}`;
  return labels.map((label) => name + labelText(label));
}

function labelText(label: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(label).flatMap(([key, value]) => {
    if (key === 'noLabel') return [];
    if (key === 'sliceId') return [`slice ${formatSNssai(value as SNssai)}`];
    return [value === true ? key : `${key} ${JSON.stringify(value)}`];
  });
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}
