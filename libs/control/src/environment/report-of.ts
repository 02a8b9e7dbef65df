import type { KpiWindow, RadioNetwork } from '@ricochet/radio';
import {
  type KpiLevel,
  type KpiName,
  type MeasurementReport,
  type MeasurementRow,
  recorderOf,
} from '@ricochet/ran-types';

/** What to report, and from where. */
export interface ReportSource {
  readonly network: RadioNetwork;
  /** Just rolled. */
  readonly window: KpiWindow;
  readonly cell: number;
  readonly level: KpiLevel;
  readonly measurements: readonly KpiName[];
}

/** How reports name the node of a cell. */
export function nodeIdOf(cell: number): string {
  return `cell-${cell}`;
}

/** The report that an E2 node would send of one cell, without the wire between. */
export function reportOf(source: ReportSource): MeasurementReport {
  const { network, window, cell, level, measurements } = source;
  return {
    nodeId: nodeIdOf(cell),
    level,
    timeMs: network.timeMs,
    periodMs: window.periodMs,
    measurements,
    rows: rowsOf(source),
  };
}

function rowsOf({ network, window, cell, level, measurements }: ReportSource): MeasurementRow[] {
  const recorders = measurements.map(recorderOf);
  const valuesBy = (read: (name: KpiName) => number) => {
    const values = new Array<number | null>(measurements.length);
    for (let i = 0; i < values.length; i++) {
      const value = read(measurements[i]!);
      values[i] = Number.isNaN(value) ? null : recorders[i]!(value);
    }
    return values;
  };
  if (level === 'cell') return [{ values: valuesBy((name) => window.cell(name, cell)) }];
  const rows: MeasurementRow[] = [];
  network.slices.forEach(({ snssai }, index) => {
    if (level === 'slice') {
      rows.push({ snssai, values: valuesBy((name) => window.slice(name, cell, index)) });
      return;
    }
    // `UeInfo.ueId` is the index, without an object for each.
    for (const ueId of network.membersOf(cell, index)) {
      rows.push({ ueId, snssai, values: valuesBy((name) => window.ue(name, ueId)) });
    }
  });
  return rows;
}
