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
  const columns = (reader: (name: KpiName) => Column['read']) =>
    measurements.map((name): Column => ({ read: reader(name), record: recorderOf(name) }));
  if (level === 'cell') {
    return [
      {
        values: valuesOf(
          columns((name) => (at) => window.cell(name, at)),
          cell,
        ),
      },
    ];
  }
  if (level === 'slice') {
    const ofSlice = columns((name) => (index) => window.slice(name, cell, index));
    return network.slices.map(({ snssai }, index) => ({ snssai, values: valuesOf(ofSlice, index) }));
  }
  const ofUe = columns((name) => window.ueReader(name));
  const rows: MeasurementRow[] = [];
  network.slices.forEach(({ snssai }, index) => {
    // `UeInfo.ueId` is the index, without an object for each.
    for (const ueId of network.membersOf(cell, index)) {
      rows.push({ ueId, snssai, values: valuesOf(ofUe, ueId) });
    }
  });
  return rows;
}

/** One measurement, of the cell, slice or UE with an index, and how reports tell its values. */
interface Column {
  readonly read: (index: number) => number;
  readonly record: (value: number) => number;
}

function valuesOf(columns: readonly Column[], index: number): (number | null)[] {
  const values = new Array<number | null>(columns.length);
  for (let i = 0; i < values.length; i++) {
    const { read, record } = columns[i]!;
    const value = read(index);
    values[i] = Number.isNaN(value) ? null : record(value);
  }
  return values;
}
