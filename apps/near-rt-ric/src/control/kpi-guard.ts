import { type ControlKind, type KpiGuard } from '@ricochet/contracts';
import { formatSNssai, isSameSNssai, type MeasurementReport, type RrmPolicyRatio } from '@ricochet/ran-types';

/** A control that a node has acknowledged. Times are simulation time. */
export interface GuardedChange {
  readonly controlId: string;
  readonly xapp: string;
  readonly priority: number;
  readonly kind: ControlKind;
  readonly slices: readonly string[];
  readonly atMs: number;
}

/** A KPI has left its bounds after controls. */
export interface GuardBreak {
  /** The latest change of each xApp within the window, latest first. */
  readonly changes: readonly [GuardedChange, ...GuardedChange[]];
  /** What was in force when the KPI was last within its bounds. */
  readonly lastGood: readonly RrmPolicyRatio[] | undefined;
  readonly text: string;
}

/** Watches one guard at one node: that a KPI keeps within its bounds for a while after a control. */
export class KpiGuardWatch {
  private readonly changes = new Map<string, GuardedChange>();
  private lastGood: readonly RrmPolicyRatio[] | undefined;
  private fault: string | undefined;
  private brokenAs: string | undefined;
  private hasSeen = false;

  constructor(private readonly guard: KpiGuard) {}

  /** Whether a report has had the KPI. */
  get hasJudged(): boolean {
    return this.hasSeen;
  }

  /** How the KPI left its bounds after a control, until it is within them again. */
  get broken(): string | undefined {
    return this.brokenAs;
  }

  changed(change: GuardedChange): void {
    this.changes.set(change.xapp, change);
  }

  /** Holds a report against the bounds; a break is told once, until the KPI is within them again. */
  judge(report: MeasurementReport, inForce: readonly RrmPolicyRatio[] | undefined): GuardBreak | undefined {
    const values = this.valuesOf(report);
    if (values.length === 0) return undefined;
    this.hasSeen = true;
    const hadFault = this.fault !== undefined;
    this.fault = values.map(({ of, value }) => this.faultOf(of, value)).find((text) => text !== undefined);
    if (this.fault === undefined) {
      this.brokenAs = undefined;
      this.lastGood = inForce;
      return undefined;
    }
    if (hadFault) return undefined;
    const [latest, ...rest] = [...this.changes.values()]
      .filter(({ atMs }) => atMs < report.timeMs && report.timeMs - atMs <= this.guard.windowMs)
      .sort((a, b) => b.atMs - a.atMs);
    if (latest === undefined) return undefined;
    this.brokenAs = this.fault;
    return { changes: [latest, ...rest], lastGood: this.lastGood, text: this.fault };
  }

  private valuesOf({ level, measurements, rows }: MeasurementReport): { of: string; value: number }[] {
    const { guard } = this;
    const column = measurements.indexOf(guard.kpi);
    if (level !== guard.level || column < 0) return [];
    return rows.flatMap(({ snssai, values }) => {
      const value = values[column];
      if (value === null || value === undefined) return [];
      if (guard.snssai && !(snssai && isSameSNssai(snssai, guard.snssai))) return [];
      return [{ of: snssai ? ` of slice ${formatSNssai(snssai)}` : '', value }];
    });
  }

  private faultOf(of: string, value: number): string | undefined {
    const { kpi, min = -Infinity, max = Infinity } = this.guard;
    if (value < min) return `${kpi}${of} is ${round(value)}, below ${min}`;
    return value > max ? `${kpi}${of} is ${round(value)}, above ${max}` : undefined;
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
