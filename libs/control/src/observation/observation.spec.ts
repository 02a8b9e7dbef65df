import { type MeasurementReport, sNssaiOf } from '@ricochet/ran-types';
import { ObservationError } from './observation.error.js';
import { observeSlices, SLICE_MEASUREMENTS } from './slice-observation.js';
import { observeUes, UE_MEASUREMENTS } from './ue-observation.js';

const NODE = { nodeId: 'gnb-001-01-1-du-3', timeMs: 500 };

function sliceReport(values: readonly (number | null)[]): MeasurementReport {
  const rows = [{ snssai: sNssaiOf('URLLC'), values }];
  return { ...NODE, level: 'slice', periodMs: 100, measurements: SLICE_MEASUREMENTS, rows };
}

function ueReport(values: readonly (number | null)[]): MeasurementReport {
  const rows = [{ snssai: sNssaiOf('mMTC'), ueId: 7, values }];
  return { ...NODE, level: 'ue', periodMs: 10, measurements: UE_MEASUREMENTS, rows };
}

describe('observeSlices', () => {
  it('tells needs as shares of the carrier', () => {
    const [slice] = observeSlices(sliceReport([0.9, 7, 25, 30, 28, 1000, 50, 2500]));
    expect(slice).toEqual({
      snssai: { sst: 2 },
      type: 'URLLC',
      qos: 0.9,
      connectedUes: 7,
      quota: 0.25,
      offeredKbit: 30,
      deliveredKbit: 28,
      bufferKbit: 8,
      arrivalNeed: 0.5,
      backlogNeed: 0.25,
    });
  });

  it('takes what a node could not measure for an idle slice of full quality', () => {
    const [slice] = observeSlices(sliceReport(SLICE_MEASUREMENTS.map(() => null)));
    expect(slice).toMatchObject({ qos: 1, quota: 0, arrivalNeed: 0, backlogNeed: 0 });
  });

  it('reads by name, not by place', () => {
    const report = sliceReport([0.9, 7, 25, 30, 28, 1000, 50, 2500]);
    const reversed = {
      ...report,
      measurements: report.measurements.toReversed(),
      rows: report.rows.map((row) => ({ ...row, values: row.values.toReversed() })),
    };
    expect(observeSlices(reversed)).toEqual(observeSlices(report));
  });

  it('names the node and the measurement that is missing', () => {
    const report = { ...sliceReport([0.9]), measurements: ['RCT.QosDl'] };
    expect(() => observeSlices(report)).toThrow(ObservationError);
    expect(() => observeSlices(report)).toThrow(/gnb-001-01-1-du-3: measurement RRC\.ConnMean,/);
  });

  it('refuses a report of another level', () => {
    expect(() => observeSlices(ueReport([]))).toThrow('expected level slice, got ue');
  });
});

describe('observeUes', () => {
  it('reads a row', () => {
    expect(observeUes(ueReport([500, 3, 2, 4.5, 12]))).toEqual([
      {
        ueId: 7,
        snssai: { sst: 3 },
        bufferKbit: 4,
        offeredKbit: 3,
        deliveredKbit: 2,
        spectralEfficiency: 4.5,
        holDelayMs: 12,
      },
    ]);
  });

  it('takes an unmeasured channel for that of the cell edge', () => {
    expect(observeUes(ueReport([0, 0, 0, null, null]))[0]).toMatchObject({
      spectralEfficiency: 0.1,
      holDelayMs: 0,
    });
  });

  it('refuses a UE that does not tell its slice or its id', () => {
    const report = ueReport([0, 0, 0, 1, 0]);
    const rows = (row: object) => ({ ...report, rows: [{ values: [0, 0, 0, 1, 0], ...row }] });
    expect(() => observeUes(rows({ ueId: 7 }))).toThrow('UE 7 does not tell its S-NSSAI');
    expect(() => observeUes(rows({ snssai: { sst: 1 } }))).toThrow('does not tell its UE id');
  });
});
