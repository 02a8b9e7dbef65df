import { TentativeMap } from './tentative-map.js';

/** An xApp that asks for one parameter of a node in some scopes: all of them, or none. Times are simulation time. */
export interface ScopeAsk {
  readonly xapp: string;
  /** The greater one wins. */
  readonly priority: number;
  /** How long what it is granted is protected. */
  readonly holdMs: number;
  readonly scopes: readonly string[];
  readonly nowMs: number;
}

/** Another xApp that is in the way of an ask, or that had to make way for it. */
export interface Rival {
  readonly xapp: string;
  readonly priority: number;
  /** It holds the scopes, or it asked for them before and has its turn next. */
  readonly by: 'hold' | 'turn';
  readonly scopes: readonly string[];
  /** From then on it is in the way no more, if it does nothing until then. */
  readonly untilMs: number;
}

export type Verdict =
  | {
      readonly granted: true;
      /** Those whose holds end by it. */
      readonly displaced: readonly Rival[];
      /** To be called once: whether the node does it. If not, the holds are as before. */
      readonly settle: (acknowledged: boolean) => void;
    }
  | {
      readonly granted: false;
      /** Those in the way, the one that is there longest first. */
      readonly rivals: readonly Rival[];
    };

interface Hold {
  readonly xapp: string;
  readonly priority: number;
  readonly holdMs: number;
  readonly takenAtMs: number;
  readonly writtenAtMs: number;
}

interface Claim {
  readonly xapp: string;
  readonly priority: number;
  readonly scopes: readonly string[];
  /** The lower one is first. */
  readonly ticket: number;
  readonly lapsesAtMs: number;
  /** None of higher priority is in its way. */
  readonly isNext: boolean;
}

/**
 * Who may set one parameter of one node, scope by scope, when several xApps want to.
 *
 * Whoever sets a scope holds it for its hold time. A higher priority takes it over at once. A lower one waits until
 * the holder has not set it for the hold time. Among equals the last writer wins, but not before the hold time since
 * the holder took it has passed; so they take turns, in the order in which they began to wait.
 */
export class ScopeArbiter {
  private readonly holds = new TentativeMap<Hold>();
  /** Of those that were refused and ask on, by xApp and scopes. */
  private readonly claims = new Map<string, Claim>();
  private tickets = 0;

  ask(ask: ScopeAsk): Verdict {
    const holders = this.othersHolding(ask, protectedUntil);
    const waiting = this.waitingBefore(ask);
    const isHeld = (scope: string): boolean => this.isHolding(ask.xapp, scope, ask.nowMs);
    if (holders.length > 0 || waiting.some(({ scopes }) => !scopes.every(isHeld))) {
      // What it holds now it may have lost when it comes back: those who wait for that are named, too.
      const rivals = [...holders, ...waiting];
      this.wait(ask, rivals);
      return { granted: false, rivals: rivals.sort((a, b) => b.untilMs - a.untilMs) };
    }
    const { xapp, priority, holdMs, scopes, nowMs } = ask;
    if (this.claims.size > 0) this.claims.delete(keyOf(ask));
    const displaced = this.othersHolding(ask, lapseOf);
    const settle = this.holds.set(
      scopes.map((scope) => {
        const held = this.holds.get(scope);
        const isHeldOn = held?.xapp === xapp && nowMs < lapseOf(held);
        const takenAtMs = isHeldOn ? held.takenAtMs : nowMs;
        return [scope, { xapp, priority, holdMs, takenAtMs, writtenAtMs: nowMs }];
      }),
    );
    return { granted: true, displaced, settle };
  }

  /** The others whose holds, of those that are asked for, end later than now. */
  private othersHolding(
    { xapp, priority, scopes, nowMs }: ScopeAsk,
    endOf: (hold: Hold, against: number) => number,
  ): Rival[] {
    const found: (Rival & { scopes: string[]; untilMs: number })[] = [];
    for (const scope of scopes) {
      const hold = this.holds.get(scope);
      if (hold === undefined || hold.xapp === xapp) continue;
      const untilMs = endOf(hold, priority);
      if (nowMs >= untilMs) continue;
      const known = found.find((rival) => rival.xapp === hold.xapp);
      if (known === undefined) {
        found.push({ xapp: hold.xapp, priority: hold.priority, by: 'hold', scopes: [scope], untilMs });
      } else {
        known.scopes.push(scope);
        known.untilMs = Math.max(known.untilMs, untilMs);
      }
    }
    return found;
  }

  /** Equals that have waited longer for what is asked for. */
  private waitingBefore(ask: ScopeAsk): Rival[] {
    if (this.claims.size === 0) return [];
    const { xapp, priority, scopes, nowMs } = ask;
    const ticket = this.claimOf(ask)?.ticket ?? Infinity;
    return [...this.claims.values()]
      .filter(
        (claim) =>
          claim.xapp !== xapp &&
          claim.isNext &&
          claim.priority === priority &&
          claim.ticket < ticket &&
          nowMs < claim.lapsesAtMs,
      )
      .map((claim) => ({
        xapp: claim.xapp,
        priority,
        by: 'turn' as const,
        scopes: claim.scopes.filter((scope) => scopes.includes(scope)),
        untilMs: claim.lapsesAtMs,
      }))
      .filter((rival) => rival.scopes.length > 0);
  }

  /** What it has not set for its hold time it has no more, though nobody else has taken it. */
  private isHolding(xapp: string, scope: string, nowMs: number): boolean {
    const hold = this.holds.get(scope);
    return hold?.xapp === xapp && nowMs < lapseOf(hold);
  }

  private wait(ask: ScopeAsk, rivals: readonly Rival[]): void {
    const { xapp, priority, holdMs, scopes, nowMs } = ask;
    const ticket = this.claimOf(ask)?.ticket ?? ++this.tickets;
    for (const [key, claim] of this.claims) if (nowMs > claim.lapsesAtMs) this.claims.delete(key);
    const isNext = rivals.every((rival) => rival.priority <= priority);
    // Whoever comes back when it was told to has still its place.
    const lapsesAtMs = Math.max(nowMs + holdMs, ...rivals.map(({ untilMs }) => untilMs));
    this.claims.set(keyOf(ask), { xapp, priority, scopes, ticket, lapsesAtMs, isNext });
  }

  /** Its claim, if it has gone on asking for the same. */
  private claimOf(ask: ScopeAsk): Claim | undefined {
    const claim = this.claims.get(keyOf(ask));
    return claim !== undefined && ask.nowMs <= claim.lapsesAtMs ? claim : undefined;
  }
}

function keyOf({ xapp, scopes }: ScopeAsk): string {
  return `${xapp} ${scopes.join(' ')}`;
}

/** The holder has not set it for so long that anybody may. */
function lapseOf({ writtenAtMs, holdMs }: Hold): number {
  return writtenAtMs + holdMs;
}

function protectedUntil(hold: Hold, against: number): number {
  if (against > hold.priority) return -Infinity;
  return against < hold.priority ? lapseOf(hold) : hold.takenAtMs + hold.holdMs;
}
