import { type SimulationSample } from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { type Make } from './makes.js';

/** Within what can be at all. */
export function expectPlausible({ measurements, rows }: MeasurementReport): void {
  expect(rows.length).toBeGreaterThan(0);
  const ids = rows.flatMap(({ ueId }) => (ueId === undefined ? [] : [ueId]));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { values } of rows) {
    expect(values).toHaveLength(measurements.length);
    measurements.forEach((name, m) => {
      const value = values[m] ?? 0;
      expect(value).toBeGreaterThanOrEqual(0);
      if (name === 'RRU.PrbTotDl') expect(value).toBeLessThanOrEqual(100);
    });
  }
}

/** All kilobits of a report, or those of one slice. */
export function volumeOf({ measurements, rows }: MeasurementReport, { volume }: Make, sst?: number): number {
  const column = measurements.indexOf(volume);
  const counted = rows.filter(({ snssai }) => sst === undefined || snssai?.sst === sst);
  return counted.reduce((total, { values }) => total + (values[column] ?? 0), 0);
}

/** Whether the report tells what the simulator says that the node did in a period which that may be. */
export function isTrue(report: MeasurementReport, sample: SimulationSample, make: Make): boolean {
  const { clockMs, roundingKbit } = make;
  const startMs = sample.timeMs - report.periodMs;
  if (Math.floor(startMs / clockMs) * clockMs !== report.timeMs - report.periodMs) return false;
  const node = sample.nodes.find(({ nodeId }) => nodeId === report.nodeId);
  if (node === undefined) return false;
  const told = [...new Set(report.rows.map(({ snssai }) => snssai?.sst))];
  return told.every((sst) => {
    const slices = node.slices.filter(({ snssai }) => sst === undefined || snssai.sst === sst);
    const trueKbit = slices.reduce((total, { deliveredKbit }) => total + deliveredKbit, 0);
    const missingKbit = trueKbit - volumeOf(report, make, sst);
    return missingKbit > -0.01 && missingKbit < roundingKbit * report.rows.length + 0.01;
  });
}
