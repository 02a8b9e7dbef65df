import { DEFAULT_XAPP_PRIORITY, RIC_NAME, type Influences, type KpiGuard } from '@ricochet/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { ceilingOf } from '../xapps/xapp-ceilings.js';

/** The RIC's own controls go before those of any xApp. */
const RIC_PRIORITY = 101;

/** What counts when an xApp meets another. */
export interface XAppStanding {
  readonly priority: number;
  /** How long what it is granted is protected, simulation time. */
  readonly holdMs: number;
  /** Whether it wants to hear what its controls did. */
  readonly hearsEffects: boolean;
  /** KPIs that its controls move, by kind, if it says so. */
  readonly influences: Influences;
  readonly guard?: KpiGuard | undefined;
}

/** What xApps say of themselves when they register. */
export interface XAppDeclaration {
  readonly priority?: number | undefined;
  readonly effects?: boolean | undefined;
  readonly influences?: Influences | undefined;
  readonly guard?: KpiGuard | undefined;
}

/** What each xApp says of itself, and what the operator says of it. */
@Injectable()
export class XAppStandings {
  private readonly standings = new Map<string, XAppStanding>();
  private readonly assigned = new Map<string, number>();
  private readonly listeners: ((xapp: string, standing: XAppStanding) => void)[] = [];

  constructor(@Inject(RIC_CONFIG) private readonly config: RicConfig) {}

  /** Told of each xApp whenever it registers. */
  onDeclared(listener: (xapp: string, standing: XAppStanding) => void): void {
    this.listeners.push(listener);
  }

  /** The priority of its deployment, if the operator gave it one: before what the xApp says of itself. */
  assign(xapp: string, priority: number | undefined): void {
    if (this.assigned.get(xapp) === priority) return;
    if (priority === undefined) this.assigned.delete(xapp);
    else this.assigned.set(xapp, priority);
    const standing = this.standings.get(xapp);
    // Until it registers again, which is a matter of a second.
    if (standing !== undefined && priority !== undefined) this.standings.set(xapp, { ...standing, priority });
  }

  /** An xApp has registered, for the first time or again. */
  declare(xapp: string, { priority, effects, influences, guard }: XAppDeclaration): XAppStanding {
    const { holdMs, xapps } = this.config.RICOCHET_CONFLICTS;
    const own = xapp === RIC_NAME ? RIC_PRIORITY : this.allowed(xapp, priority);
    const standing = {
      priority: xapps[xapp]?.priority ?? this.assigned.get(xapp) ?? own,
      holdMs: xapps[xapp]?.holdMs ?? holdMs,
      hearsEffects: effects ?? false,
      influences: influences ?? {},
      guard,
    };
    this.standings.set(xapp, standing);
    for (const listener of this.listeners) listener(xapp, standing);
    return standing;
  }

  /** What it says of itself may not match its descriptor. */
  private allowed(xapp: string, priority = DEFAULT_XAPP_PRIORITY): number {
    const { priority: most = Infinity } = ceilingOf(this.config.RICOCHET_XAPP_CEILINGS, xapp);
    return Math.min(priority, most);
  }

  /** Of one that has not registered: as of one that says nothing. */
  of(xapp: string): XAppStanding {
    return this.standings.get(xapp) ?? this.declare(xapp, {});
  }

  all(): Iterable<readonly [string, XAppStanding]> {
    return this.standings;
  }
}
