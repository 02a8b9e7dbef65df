import { type ControlKind } from '@ricochet/contracts';

/** An xApp has set something at a node. Times are simulation time. */
export interface InfluentialAct {
  readonly xapp: string;
  readonly kind: ControlKind;
  readonly slices: readonly string[];
  /** KPIs that it is known to move. */
  readonly kpis: readonly string[];
  readonly nowMs: number;
}

/** Two xApps move the same KPIs of a node by different parameters, or in different slices. */
export interface IndirectConflict {
  readonly other: string;
  readonly otherKind: ControlKind;
  readonly kpis: readonly string[];
}

/**
 * Finds indirect conflicts at one node, by the influences that xApps declare. That two move the same KPIs is told when
 * it begins, not each time that one of them acts.
 */
export class InfluenceWatch {
  private readonly latest = new Map<string, InfluentialAct>();
  /** By pair: when both last acted. */
  private readonly under = new Map<string, number>();

  constructor(private readonly windowMs: number) {}

  acted(act: InfluentialAct): IndirectConflict[] {
    const { xapp, kind, kpis, nowMs } = act;
    if (kpis.length === 0) return [];
    const begun: IndirectConflict[] = [];
    const own = `${xapp} ${kind}`;
    for (const [key, other] of this.latest) {
      if (other.xapp === xapp || nowMs - other.nowMs >= this.windowMs || isDirect(act, other)) continue;
      const shared = kpis.filter((kpi) => other.kpis.includes(kpi));
      if (shared.length === 0) continue;
      const pair = own < key ? `${own} ${key}` : `${key} ${own}`;
      const sinceMs = nowMs - (this.under.get(pair) ?? -Infinity);
      this.under.set(pair, nowMs);
      if (sinceMs >= this.windowMs) begun.push({ other: other.xapp, otherKind: other.kind, kpis: shared });
    }
    this.latest.set(own, act);
    return begun;
  }
}

function isDirect(a: InfluentialAct, b: InfluentialAct): boolean {
  return a.kind === b.kind && a.slices.some((slice) => b.slices.includes(slice));
}
