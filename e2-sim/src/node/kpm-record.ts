import { type MeasurementRecord } from '@ricochet/e2sm';
import { type KpiWindow } from '@ricochet/radio';

/** Reads one value of a closed window; NaN where there is none. */
export interface Reader {
  readonly kind: 'i' | 'r';
  readonly recorded: (value: number) => number;
  readonly read: (window: KpiWindow, ue: number) => number;
}

/** The values of a report, or of one UE in it, in the order of their readers. */
export function record(readers: readonly Reader[], window: KpiWindow, ue: number): MeasurementRecord {
  let kinds = '';
  const values = readers.map(({ kind, recorded, read }) => {
    const value = read(window, ue);
    const hasValue = !Number.isNaN(value);
    kinds += hasValue ? kind : 'n';
    return hasValue ? recorded(value) : 0;
  });
  return { kinds, values };
}
