import { type KpiLevel, type MeasurementReport, type MeasurementRow, type SNssai } from '@ricochet/ran-types';
import { type QuantityOf } from './quantity.js';
import { type Subscription } from './subscription.js';

/** A row with the labels that its level has. */
export type RowAt<L extends KpiLevel> = L extends 'slice'
  ? MeasurementRow & { readonly snssai: SNssai }
  : L extends 'ue'
    ? MeasurementRow & { readonly ueId: number }
    : MeasurementRow;

/** A report and where it stands among its kin. */
export interface Report<
  N extends string = string,
  L extends KpiLevel = KpiLevel,
  M extends string = string,
> extends MeasurementReport {
  /** Name of the subscription that it answers. */
  readonly subscription: N;
  readonly level: L;
  readonly rows: readonly RowAt<L>[];
  /** Reports of this subscription and node that were lost directly before this one. */
  readonly missed: number;
  /** Simulation time waits until the handler has settled. */
  readonly lockstep: boolean;
  /** A1 is out: no policy comes, and so no model, until it is back. */
  readonly a1Out: boolean;
  /** A row's value of a measurement, `null` where the node had none. @throws RangeError when it was not asked for */
  value<K extends M>(row: MeasurementRow, name: K): QuantityOf<K> | null;
}

/** Reports that answer a subscription; of several, one of theirs, told apart by `subscription`. */
export type ReportOf<S extends Subscription> =
  S extends Subscription<infer N, infer L, infer M> ? Report<N, L, M> : never;

type Placed = Pick<Report, 'subscription' | 'missed' | 'lockstep' | 'a1Out'>;

/** A report as it came. */
export class ReceivedReport implements Report {
  readonly nodeId: string;
  readonly level: KpiLevel;
  readonly timeMs: number;
  readonly periodMs: number;
  readonly measurements: readonly string[];
  readonly rows: readonly RowAt<KpiLevel>[];
  readonly subscription: string;
  readonly missed: number;
  readonly lockstep: boolean;
  readonly a1Out: boolean;

  constructor(report: MeasurementReport, { subscription, missed, lockstep, a1Out }: Placed) {
    this.nodeId = report.nodeId;
    this.level = report.level;
    this.timeMs = report.timeMs;
    this.periodMs = report.periodMs;
    this.measurements = report.measurements;
    this.rows = report.rows;
    this.subscription = subscription;
    this.missed = missed;
    this.lockstep = lockstep;
    this.a1Out = a1Out;
  }

  value<K extends string>({ values }: MeasurementRow, name: K): QuantityOf<K> | null {
    const column = this.measurements.indexOf(name);
    if (column < 0) {
      const has = this.measurements.join(', ');
      throw new RangeError(`subscription ${this.subscription} does not ask for ${name}; it has ${has}`);
    }
    return (values[column] ?? null) as QuantityOf<K> | null;
  }
}
