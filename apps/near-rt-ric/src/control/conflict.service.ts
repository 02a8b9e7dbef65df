import { Bus } from '@ricochet/bus';
import {
  conflictDecisionSchema,
  controlConflict,
  RIC_NAME,
  ricConflict,
  type Conflict,
  type ConflictDecision,
  type ControlConflict,
  type ControlKind,
  type RanControl,
} from '@ricochet/contracts';
import { formatSNssai } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Inject, Injectable } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { RunRecorder } from '../recording/run-recorder.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { ControlRefused } from './control-message.js';
import { InfluenceWatch } from './influence-watch.js';
import { ScopeArbiter, type Rival } from './scope-arbiter.js';
import { XAppStandings } from './xapp-standings.service.js';

/** What a decision means for whose control it is about, and for the other side. */
const OUTCOMES: Readonly<
  Record<ConflictDecision, readonly [ControlConflict['outcome'], ControlConflict['outcome']]>
> = {
  refused: ['refused', 'held'],
  overrode: ['held', 'displaced'],
  noted: ['reported', 'reported'],
  'guard-broken': ['reported', 'reported'],
  'rolled-back': ['displaced', 'reported'],
  drift: ['reported', 'reported'],
};

/** Another xApp goes before; that has been told. */
export class ConflictLost extends ControlRefused {}

/** A control that is about to be sent. */
export interface AskedControl {
  readonly controlId: string;
  readonly xapp: string;
  readonly control: RanControl;
}

/** Who may control what at one node. */
interface NodeArbitration {
  readonly arbiters: Readonly<Record<ControlKind, ScopeArbiter>>;
  readonly influences: InfluenceWatch;
}

/**
 * Decides between xApps that want different things of one node. Its time is the end of the node's latest report, so
 * that a lockstep run repeats. Every decision is kept; what comes again and again is told once a hold time.
 */
@Injectable()
export class ConflictService {
  readonly counts = Object.fromEntries(
    conflictDecisionSchema.options.map((decision) => [decision, 0]),
  ) as Record<ConflictDecision, number>;
  private readonly nodes = new WeakMap<E2Node, NodeArbitration>();
  /** By decision and sides: when it was last told. */
  private readonly told = new Map<string, number>();

  private readonly listeners: ((conflict: Conflict) => void)[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly runs: RunRecorder,
    private readonly standings: XAppStandings,
    private readonly log: OperatorLog,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  /**
   * Grants a control what it is about; what is given back is to be called with whether the node has acknowledged it.
   * @throws ConflictLost, with by whom and until when, when another xApp goes before
   */
  arbitrate(node: E2Node, asked: AskedControl): (acknowledged: boolean) => void {
    const { controlId, xapp, control } = asked;
    const { priority, holdMs } = this.standings.of(xapp);
    const slices = slicesOf(control);
    const nowMs = node.reportedUntilMs;
    const arbitration = this.arbitrationOf(node);
    const verdict = arbitration.arbiters[control.kind].ask({ xapp, priority, holdMs, scopes: slices, nowMs });
    const about = {
      kind: 'direct' as const,
      nodeId: node.nodeId,
      control: control.kind,
      slices,
      atMs: nowMs,
      xapp,
      priority,
      controlId,
    };
    if (!verdict.granted) {
      for (const rival of verdict.rivals) {
        const { untilMs } = rival;
        const text = refusalOf(rival);
        this.decide({ ...about, ...sideOf(rival), decision: 'refused', untilMs, text });
      }
      throw new ConflictLost(`${node.nodeId}: ${verdict.rivals.map(refusalOf).join('; ')}`);
    }
    return (acknowledged) => {
      verdict.settle(acknowledged);
      if (!acknowledged) return;
      for (const rival of verdict.displaced) {
        const untilMs = nowMs + holdMs;
        const text = takeOverOf(rival, priority);
        this.decide({ ...about, ...sideOf(rival), decision: 'overrode', untilMs, text });
      }
      this.noteIndirect(arbitration, about);
    };
  }

  /** Told of every conflict that is told to its sides. */
  onTold(listener: (conflict: Conflict) => void): void {
    this.listeners.push(listener);
  }

  /** Keeps a decision, and tells both sides of it and who watches. */
  decide(conflict: Conflict): void {
    const { xapp, other, decision, nodeId, atMs: simTimeMs, ...rest } = conflict;
    this.counts[decision] += 1;
    this.store.appendConflict({ ...rest, runId: this.runs.runId, decision, nodeId, simTimeMs, xapp, other });
    if (decision === 'refused' && this.wasTold(conflict)) return;
    const [outcome, ofOther] = OUTCOMES[decision];
    this.tell(xapp, conflict, { with: other ?? RIC_NAME, outcome });
    if (other !== undefined) this.tell(other, conflict, { with: xapp, outcome: ofOther });
    this.bus.publish(ricConflict, conflict);
    for (const listener of this.listeners) listener(conflict);
    this.log.warn(
      `${conflict.control} of ${xapp} (priority ${conflict.priority}) at ${nodeId} ${decision}: ${conflict.text}`,
    );
  }

  private tell(
    xapp: string,
    { kind, nodeId, control, slices, text, atMs, untilMs }: Conflict,
    side: Pick<ControlConflict, 'with' | 'outcome'>,
  ): void {
    if (xapp === RIC_NAME) return;
    const what = { kind, nodeId, control, scopes: slices, reason: text, timeMs: atMs, untilMs };
    this.bus.publish(controlConflict(xapp), { ...what, ...side });
  }

  /** Two that ask on for the same would have it told with every control. */
  private wasTold({ nodeId, control, xapp, other, atMs }: Conflict): boolean {
    const key = `${nodeId} ${control} ${xapp} ${other}`;
    const sinceMs = atMs - (this.told.get(key) ?? -Infinity);
    if (sinceMs >= 0 && sinceMs < this.config.RICOCHET_CONFLICTS.holdMs) return true;
    this.told.set(key, atMs);
    return false;
  }

  private noteIndirect({ influences }: NodeArbitration, about: Omit<Conflict, 'decision' | 'text'>): void {
    const { xapp, control, slices, atMs } = about;
    const kpis = this.standings.of(xapp).influences[control] ?? [];
    for (const { other, otherKind, kpis: shared } of influences.acted({
      xapp,
      kind: control,
      slices,
      kpis,
      nowMs: atMs,
    })) {
      const otherPriority = this.standings.of(other).priority;
      const text = `moves ${shared.join(', ')}, as ${otherKind} of ${other} (priority ${otherPriority}) does`;
      this.decide({ ...about, kind: 'indirect', decision: 'noted', other, otherPriority, text });
    }
  }

  private arbitrationOf(node: E2Node): NodeArbitration {
    let known = this.nodes.get(node);
    if (known === undefined) {
      known = {
        arbiters: { 'slice-quota': new ScopeArbiter(), 'ue-weights': new ScopeArbiter() },
        influences: new InfluenceWatch(this.config.RICOCHET_CONFLICTS.holdMs),
      };
      this.nodes.set(node, known);
    }
    return known;
  }
}

/** Text form of the slices that a control is about. */
export function slicesOf(control: RanControl): string[] {
  const slices = control.kind === 'slice-quota' ? control.ratios : control.slices;
  return slices.map(({ snssai }) => formatSNssai(snssai));
}

function sideOf({ xapp: other, priority: otherPriority, scopes }: Rival) {
  return { other, otherPriority, slices: [...scopes] };
}

function nameOf({ scopes }: Rival): string {
  return `slice${scopes.length > 1 ? 's' : ''} ${scopes.join(', ')}`;
}

function refusalOf(rival: Rival): string {
  const { xapp, priority, by, untilMs } = rival;
  const who = `${xapp} (priority ${priority})`;
  return by === 'hold'
    ? `${nameOf(rival)} held by ${who} until ${untilMs} ms`
    : `${nameOf(rival)} kept for ${who}, which asked before, until ${untilMs} ms`;
}

function takeOverOf(rival: Rival, priority: number): string {
  const how = priority > rival.priority ? 'by higher priority' : 'as the last writer, after its hold time';
  return `${nameOf(rival)} taken over from ${rival.xapp} (priority ${rival.priority}) ${how}`;
}
