import type { KpiLevel, KpiName, MeasurementReport, MeasurementRow, SNssai } from '@ricochet/ran-types';
import { ObservationError } from './observation.error.js';

/** Reads rows of one report by measurement name, wherever the report puts it. */
export class ReportReader<Name extends KpiName> {
  private readonly columns = new Map<string, number>();

  /** @throws ObservationError when the level differs or a measurement is missing. */
  constructor(
    private readonly report: MeasurementReport,
    level: KpiLevel,
    names: readonly Name[],
  ) {
    if (report.level !== level) {
      throw new ObservationError(report.nodeId, `expected level ${level}, got ${report.level}`);
    }
    report.measurements.forEach((name, column) => this.columns.set(name, column));
    const missing = names.filter((name) => !this.columns.has(name));
    if (missing.length > 0) {
      throw new ObservationError(report.nodeId, `measurement ${missing.join(', ')} is missing`);
    }
  }

  /** The value of a row, or the default where the node had none to give. */
  value(row: MeasurementRow, name: Name, fallback: number): number {
    return row.values[this.columns.get(name) ?? -1] ?? fallback;
  }

  /** @throws ObservationError when the row does not tell its slice. */
  snssai(row: MeasurementRow): SNssai {
    if (row.snssai !== undefined) return row.snssai;
    const whose = row.ueId === undefined ? 'a row' : `UE ${row.ueId}`;
    throw new ObservationError(this.report.nodeId, `${whose} does not tell its S-NSSAI`);
  }
}
