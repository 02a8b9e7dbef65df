import { type KpiLevel } from '@ricochet/ran-types';

/** Names of measurements by level. */
export type MeasurementsByLevel = Readonly<Record<KpiLevel, readonly string[]>>;

/** What the RAN behind a node really does: its RAN function definitions say no more, and often less. */
export interface RanCapabilities {
  /** Make and releases. */
  readonly ran: string;
  /** How it is reached. */
  readonly reached: string;
  /** What it measures. */
  readonly measured: MeasurementsByLevel;
  /** What an adapter reckons from that and from its configuration: as good as its assumptions. */
  readonly derived: MeasurementsByLevel;
  /** What it does not do, or does otherwise than one would think; a plain sentence each. */
  readonly limits: readonly string[];
}

export const NO_MEASUREMENTS: MeasurementsByLevel = { cell: [], slice: [], ue: [] };
