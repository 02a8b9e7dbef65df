import type { MeasurementReport } from '@ricochet/ran-types';
import type { HiddenInformation } from '@ricochet/scenario';

type Levels = NonNullable<HiddenInformation['buffers']>;

/** Bytes of a kilobit. */
const BYTES_PER_KBIT = 125;

/** What a buffer is told as: the level above it, or the highest; 0 is told as it is. */
export function coarseBytes(bytes: number, { levels, lowestKbit, ratio }: Levels): number {
  if (bytes <= 0) return bytes;
  const lowest = lowestKbit * BYTES_PER_KBIT;
  const level = Math.ceil(Math.log(bytes / lowest) / Math.log(ratio));
  return lowest * ratio ** Math.min(levels - 1, Math.max(0, level));
}

/** A report as a node that tells its buffers in levels would send it; the PRBs that a backlog needs follow its level. */
export function withCoarseBuffers(report: MeasurementReport, levels: Levels): MeasurementReport {
  const buffer = report.measurements.indexOf('RCT.BufferDl');
  const need = report.measurements.indexOf('RCT.PrbNeedBacklogDl');
  const rows = report.rows.map((row) => {
    const bytes = row.values[buffer] ?? 0;
    const told = coarseBytes(bytes, levels);
    const values = row.values.map((value, column) => {
      if (column === buffer) return told;
      return column === need && value !== null && bytes > 0 ? (value * told) / bytes : value;
    });
    return { ...row, values };
  });
  return { ...report, rows };
}
