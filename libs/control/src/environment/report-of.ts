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
  const valuesBy = (read: (name: KpiName) => number) =>
    measurements.map((name, i) => {
      const value = read(name);
      return Number.isNaN(value) ? null : recorders[i]!(value);
    });
  switch (level) {
    case 'cell':
      return [{ values: valuesBy((name) => window.cell(name, cell)) }];
    case 'slice':
      return network.slices.map(({ snssai }, index) => ({
        snssai,
        values: valuesBy((name) => window.slice(name, cell, index)),
      }));
    case 'ue':
      return network.slices.flatMap(({ snssai }, index) =>
        Array.from(network.membersOf(cell, index), (ue) => ({
          // `UeInfo.ueId`, without an object for each.
          ueId: ue,
          snssai,
          values: valuesBy((name) => window.ue(name, ue)),
        })),
      );
  }
}
