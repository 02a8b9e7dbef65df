import { type MeasurementReport } from '@ricochet/ran-types';

/** When a DU was last decided on, and whether a model did or the fallback rule. */
export interface LastDecision {
  /** Simulation time, ms. */
  readonly timeMs: number;
  readonly byModel: boolean;
}

/** Whether the report is about the period that the last decision began: none was lost between. */
export function follows({ timeMs, periodMs }: MeasurementReport, last: LastDecision | undefined): boolean {
  return last !== undefined && timeMs - last.timeMs === periodMs;
}
