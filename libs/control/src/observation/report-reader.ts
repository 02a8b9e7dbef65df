import type { KpiLevel, KpiName, MeasurementReport, MeasurementRow, SNssai } from '@ricochet/ran-types';
import { ObservationError } from './observation.error.js';

/** Reads rows of one report by measurement name, wherever the report puts it. */
export class ReportReader<Name extends KpiName> {
  /** @throws ObservationError when the level differs or a measurement is missing. */
  constructor(
    private readonly report: MeasurementReport,
    level: KpiLevel,
    names: readonly Name[],
  ) {
    if (report.level !== level) {
      throw new ObservationError(report.nodeId, `expected level ${level}, got ${report.level}`);
    }
    const missing = names.filter((name) => !report.measurements.includes(name));
    if (missing.length > 0) {
      throw new ObservationError(report.nodeId, `measurement ${missing.join(', ')} is missing`);
    }
  }

  /** Gives the value of a row, or the default where the node had none to give. */
  of(name: Name, fallback: number): (row: MeasurementRow) => number {
    const column = this.report.measurements.indexOf(name);
    return ({ values }) => values[column] ?? fallback;
  }

  /** @throws ObservationError when the row does not tell its slice. */
  snssai(row: MeasurementRow): SNssai {
    if (row.snssai !== undefined) return row.snssai;
    const whose = row.ueId === undefined ? 'a row' : `UE ${row.ueId}`;
    throw new ObservationError(this.report.nodeId, `${whose} does not tell its S-NSSAI`);
  }
}
