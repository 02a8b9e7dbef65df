import { formatSNssai, type ControlEffect, type RanControl } from '@ricochet/xapp-sdk';
import { Patience } from './patience.js';
import { decide, type GuardState, type SliceGrant } from './decide.js';
import { type GuardConfig, type Targets } from './guard.config.js';
import { needOf } from './slice-need.js';
import { type SliceView } from './slice-view.js';

type Ratio = Extract<RanControl, { kind: 'slice-quota' }>['ratios'][number];

/**
 * While another xApp sets the same slices, ours are set anew before the RIC's hold of 1 s ends. What a node has not put
 * in force by then is lost.
 */
const HOLD_ANEW_MS = 500;

/** What is kept of a node, to go on with in another life. */
export interface NodeRecord {
  readonly timeMs: number;
  readonly acting: boolean;
  readonly slices: Readonly<Record<string, SliceGrant & { readonly baseMaxPercent: number }>>;
}

export interface NodeGuardOptions {
  readonly config: () => GuardConfig;
  readonly targetsOf: (slice: string) => Targets | undefined;
  /** Something that an operator should know, once. */
  readonly tell: (line: string) => void;
}

/** Keeps the SLAs of one node's slices. */
export class NodeGuard {
  private readonly patience = new Patience();
  private readonly sliceAdvice = new Map<string, Patience>();
  private readonly baseMax = new Map<string, number>();
  private state: GuardState = { grants: [], calmPeriods: 0 };
  private slices: readonly string[] = [];
  /** Between the first danger and the last percent given back. */
  private acting = false;
  private rivalUntilMs = -Infinity;
  private askedAtMs = -Infinity;

  constructor(private readonly options: NodeGuardOptions) {}

  /** Goes on where a former life was. */
  resume(record: NodeRecord): void {
    if (!record.acting) return;
    this.acting = true;
    this.slices = Object.keys(record.slices);
    this.state = { grants: Object.values(record.slices), calmPeriods: 0 };
    for (const [slice, { baseMaxPercent }] of Object.entries(record.slices)) {
      this.baseMax.set(slice, baseMaxPercent);
    }
  }

  /** @returns the ratios to ask for; `undefined`: what is in force may stay */
  follow(
    views: readonly SliceView[],
    { timeMs, periodMs, carrierPrbs }: { timeMs: number; periodMs: number; carrierPrbs: number },
  ): readonly Ratio[] | undefined {
    this.lookAt(views);
    const config = this.options.config();
    const needs = views.map((view, i) => {
      const floorPercent = floorOf(config, view.slice);
      const { minPercent } = this.state.grants[i] ?? NOTHING;
      const targets = this.options.targetsOf(view.slice);
      const context = { config, floorPercent, carrierPrbs, periodMs, minPercent };
      return { ...needOf(view, targets, context), mayRise: !this.adviceOf(view.slice).isOut(timeMs) };
    });
    const next = decide(this.state, needs, {
      dangerAt: config.dangerAt,
      safeAt: config.safeAt,
      stepPercent: config.stepPercent,
      calmPeriods: Math.ceil(config.calmMs / periodMs),
      givePeriods: Math.ceil(config.giveBackMs / periodMs),
    });
    if (this.patience.isOut(timeMs)) return undefined;
    const changed = next.grants.some(({ minPercent }, i) => minPercent !== this.state.grants[i]?.minPercent);
    const mustHold = timeMs < this.rivalUntilMs || views.some(({ inForce }, i) => this.isLost(inForce, i));
    this.state = next;
    const isDue = this.acting && timeMs - this.askedAtMs >= HOLD_ANEW_MS;
    if (!changed && !(mustHold && isDue)) return undefined;
    this.askedAtMs = timeMs;
    this.acting = next.grants.some(
      ({ minPercent, basePercent, inDanger }) => inDanger || minPercent !== basePercent,
    );
    return views.map(({ snssai, slice }, i) => ({
      snssai,
      minRatio: next.grants[i]?.minPercent ?? 0,
      maxRatio: this.acting ? 100 : (this.baseMax.get(slice) ?? 100),
      dedicatedRatio: 0,
    }));
  }

  /** The control was not let through, or the node did not take it. */
  refused(timeMs: number, reason: string): void {
    this.letGo();
    this.backOff(timeMs, reason);
  }

  /** Another xApp has these slices until then. */
  displaced(untilMs: number): void {
    this.letGo();
    this.patience.until(untilMs);
  }

  /** Another xApp wants these slices. */
  rival(timeMs: number): void {
    this.rivalUntilMs = timeMs + 2 * HOLD_ANEW_MS;
  }

  /** What a control of ours did. */
  judge({ effective, cause, reason, shares }: ControlEffect, timeMs: number): void {
    if (!effective) {
      const isKnown = cause !== undefined && cause !== 'superseded' && cause !== 'node-lost';
      if (isKnown) this.backOff(timeMs, reason ?? cause);
      return;
    }
    this.patience.restore();
    for (const { of: slice, asked, achieved, limit } of shares) {
      const advice = this.adviceOf(slice);
      const isInDanger = this.state.grants[this.slices.indexOf(slice)]?.inDanger === true;
      if (!isInDanger || achieved >= asked - ONE_PERCENT) {
        advice.restore();
        continue;
      }
      if (advice.isOut(timeMs)) continue;
      const why = limit === undefined ? 'it does not use what it has' : `capped by ${limit}`;
      const waitMs = advice.lose(timeMs);
      this.options.tell(`slice ${slice} is in danger, but more is no help for ${waitMs} ms: ${why}`);
    }
  }

  record(timeMs: number): NodeRecord {
    const entries = this.slices.flatMap((slice, i) => {
      const grant = this.state.grants[i];
      return grant === undefined
        ? []
        : [[slice, { ...grant, baseMaxPercent: this.baseMax.get(slice) ?? 100 }] as const];
    });
    return { timeMs, acting: this.acting, slices: Object.fromEntries(entries) };
  }

  /** Takes what is in force for the base while we do nothing, and new slices in. */
  private lookAt(views: readonly SliceView[]): void {
    const slices = views.map(({ slice }) => slice);
    const isSame = slices.join() === this.slices.join();
    const { calmPeriods } = this.state;
    const grants = views.map(({ slice, inForce }) => {
      const known = this.state.grants[this.slices.indexOf(slice)];
      if (known !== undefined && (this.acting || inForce === undefined)) return known;
      if (inForce === undefined) return NOTHING;
      this.baseMax.set(slice, inForce.maxPercent);
      return { ...NOTHING, minPercent: inForce.minPercent, basePercent: inForce.minPercent };
    });
    this.slices = slices;
    this.state = { grants, calmPeriods: isSame ? calmPeriods : 0 };
  }

  private isLost(inForce: SliceView['inForce'], index: number): boolean {
    return inForce !== undefined && inForce.minPercent !== this.state.grants[index]?.minPercent;
  }

  private letGo(): void {
    this.acting = false;
    // Where the node does not tell what is in force, we know of nothing.
    this.state = { grants: this.state.grants.map(() => NOTHING), calmPeriods: 0 };
  }

  private backOff(timeMs: number, reason: string): void {
    if (this.patience.isOut(timeMs)) return;
    const waitMs = this.patience.lose(timeMs);
    this.options.tell(`asks for nothing for ${waitMs} ms: ${reason}`);
  }

  private adviceOf(slice: string): Patience {
    let advice = this.sliceAdvice.get(slice);
    if (advice === undefined) this.sliceAdvice.set(slice, (advice = new Patience()));
    return advice;
  }
}

const ONE_PERCENT = 0.01;
const NOTHING: SliceGrant = { minPercent: 0, basePercent: 0, inDanger: false };

function floorOf({ sla, floorPercent }: GuardConfig, slice: string): number {
  return sla.find(({ snssai }) => formatSNssai(snssai) === slice)?.floorPercent ?? floorPercent;
}
