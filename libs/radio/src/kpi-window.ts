import { type KpiName } from '@ricochet/ran-types';

/**
 * One report period's view of the radio. Opening or rolling a window never changes how the radio evolves.
 * Values are of the last closed period, NaN where there is none (no packet delivered, KPI not offered at this level).
 */
export interface KpiWindow {
  readonly periodMs: number;
  /** When the last closed period ended, ms of simulation time. */
  readonly endMs: number;
  /** Closes the period that ends now, `periodMs` after the one before. */
  roll(): void;
  cell(name: KpiName, cell: number): number;
  slice(name: KpiName, cell: number, sliceIndex: number): number;
  ue(name: KpiName, ueIndex: number): number;
  /** {@link ue} of one KPI, for many UEs and however many periods. */
  ueReader(name: KpiName): (ueIndex: number) => number;
  /** Members of a slice when the period closed, in order of index. */
  membersOf(cell: number, sliceIndex: number): Int32Array;
  /** Wideband CQI reports of a cell with this CQI, 0 to 15. */
  cqiCount(cell: number, cqi: number): number;
}
