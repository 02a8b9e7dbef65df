import { type KpmActionDefinition, type KpmDialect } from '@ricochet/e2sm';
import { type KpiWindow } from '@ricochet/radio';
import { type Du } from './du.js';

/** Encodes the report of one action over a closed period; `undefined` when there is nothing to send for it. */
export type ReportEncoder = (window: KpiWindow) => Uint8Array | undefined;

/** How a kind of node reports by KPM. */
export interface KpmManner {
  /** The one form in which it reads action definitions; any when left out. */
  readonly dialect?: KpmDialect;
  /** Indications carry a sequence number and a RIC call process id. */
  readonly isNumbered: boolean;
  /** @throws E2smError naming the measurement, label or condition that the node can not report */
  compile(du: Du, action: KpmActionDefinition): ReportEncoder;
  /** @param startMs of the reported period, simulation time */
  header(startMs: number): Uint8Array;
}
