import type { ControlKind } from './records.js';

/** How the RIC decided when the will of one xApp met that of another. */
export interface ConflictRecord {
  readonly runId?: number | undefined;
  readonly kind: 'direct' | 'indirect' | 'implicit';
  readonly decision: 'refused' | 'overrode' | 'noted' | 'guard-broken' | 'rolled-back' | 'drift';
  readonly nodeId: string;
  readonly control: ControlKind;
  /** Text form of their S-NSSAIs. */
  readonly slices: readonly string[];
  readonly simTimeMs: number;
  /** Whose control it is about. */
  readonly xapp: string;
  readonly priority: number;
  /** Whom it met. */
  readonly other?: string | undefined;
  readonly otherPriority?: number | undefined;
  /** Until when it stands, simulation time. */
  readonly untilMs?: number | undefined;
  readonly controlId?: string | undefined;
  /** One line for an operator. */
  readonly text: string;
}

export interface StoredConflict extends ConflictRecord {
  readonly id: number;
}

export interface ConflictQuery {
  readonly runId?: number | undefined;
  /** Either side. */
  readonly xapp?: string | undefined;
  readonly nodeId?: string | undefined;
  /** Those about one of these controls. */
  readonly controlIds?: readonly string[] | undefined;
  /** At most this many, 10,000 at the utmost. */
  readonly limit: number;
}
