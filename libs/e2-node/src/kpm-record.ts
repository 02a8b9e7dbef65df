import { type MeasurementRecord } from '@ricochet/e2sm';

/** Reads one value of a closed period; NaN where there is none. */
export interface Reader<Period> {
  readonly kind: 'i' | 'r';
  readonly recorded: (value: number) => number;
  readonly read: (period: Period, ue: number) => number;
}

/** The values of a report, or of one UE in it, in the order of their readers. */
export function record<Period>(
  readers: readonly Reader<Period>[],
  period: Period,
  ue: number,
): MeasurementRecord {
  let kinds = '';
  const values = readers.map(({ kind, recorded, read }) => {
    const value = read(period, ue);
    const hasValue = !Number.isNaN(value);
    kinds += hasValue ? kind : 'n';
    return hasValue ? recorded(value) : 0;
  });
  return { kinds, values };
}
