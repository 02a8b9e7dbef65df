import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  RIC_NAME,
  type ControlKind,
  type ControlOutcome,
  type ControlReply,
  type ControlRequest,
  type RanControl,
} from '@ricochet/contracts';
import { NoAnswer, ProcedureFailure, ProcedureNotAllowed, requestControl } from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { formatSNssai, isSameSNssai } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Inject, Injectable } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { RunRecorder } from '../recording/run-recorder.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { ControlRefused, failureOf, notInForce, packControl } from './control-message.js';
import { ConflictLost, ConflictService, type AskedControl } from './conflict.service.js';
import { ControlTurns } from './control-turns.js';
import { EffectService } from './effect.service.js';
import { QuotaArbiter } from './quota-arbiter.js';
import { XAppStandings } from './xapp-standings.service.js';

/** What an xApp asks, with the name that its subject tells. */
type Request = ControlRequest & { readonly xapp: string };

/** A control that its node has acknowledged. */
export interface AcknowledgedControl extends AskedControl {
  readonly nodeId: string;
  /** When it was asked for: end of the node's latest report, simulation time. */
  readonly atMs: number;
}

/** How far a control has come. One that is refused goes from `asked` to `answered`. */
export type ControlProgress = AskedControl & { readonly nodeId: string } & (
    | { readonly stage: 'asked' | 'arbitrated' }
    | {
        readonly stage: 'answered';
        readonly outcome: ControlOutcome;
        readonly cause?: string | undefined;
        /** From the request, wall clock. */
        readonly latencyMs: number;
      }
  );

/** Requestor ids from here on stand for xApps; a node in lockstep orders controls by them. */
const FIRST_XAPP_REQUESTOR_ID = 2;
const INSTANCE_IDS = 65_536;

/** Controls that xApps ask for: judged, packed, sent, answered, recorded, and handed to effect measurement. */
@Injectable()
export class ControlService {
  readonly counts: Record<ControlOutcome, number> = {
    acknowledged: 0,
    refused: 0,
    failed: 0,
    'timed-out': 0,
  };
  private readonly arbiters = new WeakMap<E2Node, QuotaArbiter>();
  private readonly turns = new ControlTurns();
  /** Those that have asked for controls of a kind, and those that may. */
  private readonly askers: Record<ControlKind, Set<string>> = {
    'slice-quota': new Set(),
    'ue-weights': new Set(),
  };
  private readonly acknowledgedListeners: ((change: AcknowledgedControl) => void)[] = [];
  private watcher: ((progress: ControlProgress) => void) | undefined;
  private readonly idPrefix = randomUUID().slice(0, 8);
  /** xApps by requestor id: those deployed in their order, then others as they come. */
  private readonly xapps: string[];
  /** The latest trouble of an xApp with a node. */
  private readonly told = new Map<string, string>();
  private sent = 0;
  private underWay = 0;
  private settledListener: (() => void) | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly effects: EffectService,
    private readonly conflicts: ConflictService,
    private readonly standings: XAppStandings,
    private readonly lockstep: LockstepMode,
    private readonly store: Store,
    private readonly runs: RunRecorder,
    private readonly log: OperatorLog,
    @Inject(RIC_CONFIG) config: RicConfig,
  ) {
    this.xapps = config.RICOCHET_XAPPS.map(({ name }) => name);
    if (config.RICOCHET_CONFLICTS.guards.some(({ rollBack }) => rollBack)) {
      this.askers['slice-quota'].add(RIC_NAME);
    }
  }

  /** A guard may put quotas back: in lockstep the RIC is one of those who may meet. */
  expectRollBacks(): void {
    this.askers['slice-quota'].add(RIC_NAME);
  }

  /** Controls that their node has not answered yet. */
  get inFlight(): number {
    return this.underWay;
  }

  /** Handlers of an xApp whose controls wait for others of their instant. */
  waitingOf(xapp: string): number {
    return this.turns.waitingOf(xapp);
  }

  get hasWaiting(): boolean {
    return !this.turns.isEmpty;
  }

  /** All controls of this instant have come: those that wait are carried out, in one order whatever order they came in. */
  releaseWaiting(): void {
    this.turns.release();
  }

  /** Told of every control that its node has acknowledged. */
  onAcknowledged(listener: (control: AcknowledgedControl) => void): void {
    this.acknowledgedListeners.push(listener);
  }

  /** Told of every step of every control; `undefined`: nobody is, which costs nothing. */
  watch(watcher: ((progress: ControlProgress) => void) | undefined): void {
    this.watcher = watcher;
  }

  /** Told whenever a control has been answered, or waits for others. */
  onSettled(listener: () => void): void {
    this.settledListener = listener;
  }

  /** Carries one control out and says what became of it. */
  async control(request: Request): Promise<ControlReply> {
    const startedMs = performance.now();
    const requestedAtMs = Date.now();
    const controlId = `${this.idPrefix}-${++this.sent}`;
    const { xapp, nodeId, control } = request;
    const node = this.registry.find(nodeId);
    const askedAtSimMs = node?.reportedUntilMs ?? 0;
    this.watcher?.({ stage: 'asked', controlId, xapp, nodeId, control });
    this.underWay += 1;
    const turn = this.turnOf(request);
    if (turn !== undefined) await turn;
    const { outcome, cause, isTold } = await this.carryOut(node, controlId, request);
    this.underWay -= 1;
    this.counts[outcome] += 1;
    // Reports that come after the answer end after the control was applied.
    const answeredAtSimMs = node?.reportedUntilMs ?? 0;
    this.store.appendControl({
      controlId,
      runId: this.runs.runId,
      xapp,
      nodeId,
      kind: control.kind,
      asked: recordOf(control),
      simTimeMs: answeredAtSimMs,
      requestedAtMs,
      outcome,
      cause,
      ackLatencyMs: performance.now() - startedMs,
    });
    if (!isTold) this.tell(request, outcome, cause);
    this.effects.expect({ controlId, xapp, nodeId, control, outcome, cause, askedAtSimMs, answeredAtSimMs });
    if (outcome === 'acknowledged') {
      for (const listener of this.acknowledgedListeners) {
        listener({ controlId, xapp, nodeId, control, atMs: askedAtSimMs });
      }
    }
    this.watcher?.({
      stage: 'answered',
      controlId,
      xapp,
      nodeId,
      control,
      outcome,
      cause,
      latencyMs: performance.now() - startedMs,
    });
    this.settledListener?.();
    return { controlId, outcome, cause };
  }

  /** The same of the same again and again is one line, until a control of the kind is acknowledged. */
  private tell({ xapp, nodeId, control }: Request, outcome: ControlOutcome, cause?: string): void {
    const what = `${control.kind} of ${xapp} at ${nodeId}`;
    if (outcome === 'acknowledged') {
      this.told.delete(what);
      return;
    }
    const words = `${what} ${outcome}: ${cause}`;
    if (this.told.get(what) === words) return;
    this.told.set(what, words);
    this.log.warn(words);
  }

  /** In lockstep it must not matter which of two xApps that may meet is quicker. */
  private turnOf({ xapp, sequence, callProcessId, control: { kind } }: Request): Promise<void> | undefined {
    if (!this.lockstep.isOn) return undefined;
    const askers = this.askers[kind];
    askers.add(xapp);
    for (const [name, { influences, guard }] of this.standings.all()) {
      if (influences[kind] !== undefined) askers.add(name);
      if (guard?.rollBack && kind === 'slice-quota') askers.add(RIC_NAME);
    }
    if (askers.size < 2 || xapp === RIC_NAME) return undefined;
    const { priority } = this.standings.of(xapp);
    const requestorId = this.requestorIdOf(xapp);
    const turn = this.turns.wait({ xapp, priority, requestorId, sequence, callProcessId });
    // Not before it is awaited: those whose turns come go on in the order in which they were awaited.
    queueMicrotask(() => this.settledListener?.());
    return turn;
  }

  /** Judges it by the node's definition, the quotas in force, other xApps and the node's profile, and sends what may be sent. */
  private async carryOut(
    node: E2Node | undefined,
    controlId: string,
    request: Request,
  ): Promise<Pick<ControlReply, 'outcome' | 'cause'> & { readonly isTold?: boolean }> {
    const { control, xapp, nodeId, sequence, callProcessId } = request;
    if (node?.association === undefined) {
      return { outcome: 'refused', cause: `${nodeId} is not connected` };
    }
    let settle: ((acknowledged: boolean) => void) | undefined;
    try {
      const fault = this.faultOf(node, control);
      if (fault !== undefined) throw new ControlRefused(`${node.nodeId}: ${fault}`);
      const message = packControl(node, control);
      settle = this.grant(node, { controlId, xapp, control });
      this.watcher?.({ stage: 'arbitrated', controlId, xapp, nodeId, control });
      await requestControl(node.association, {
        ...message,
        ricRequestId: { requestorId: this.requestorIdOf(xapp), instanceId: sequence % INSTANCE_IDS },
        ...(callProcessId !== undefined && { ricCallProcessId: Buffer.from(callProcessId, 'hex') }),
      });
      settle(true);
      return { outcome: 'acknowledged', cause: notInForce(node, control) };
    } catch (error) {
      settle?.(false);
      if (error instanceof ProcedureFailure) return { outcome: 'failed', cause: failureOf(error, control) };
      return { outcome: outcomeOf(error), cause: messageOf(error), isTold: error instanceof ConflictLost };
    }
  }

  /** @throws ConflictLost when another xApp goes before */
  private grant(node: E2Node, asked: AskedControl): (acknowledged: boolean) => void {
    const settleConflict = this.conflicts.arbitrate(node, asked);
    if (asked.control.kind !== 'slice-quota') return settleConflict;
    const settleQuota = this.arbiterOf(node).accept(asked.control.ratios);
    return (acknowledged) => {
      settleQuota(acknowledged);
      settleConflict(acknowledged);
    };
  }

  private requestorIdOf(xapp: string): number {
    if (!this.xapps.includes(xapp)) this.xapps.push(xapp);
    return FIRST_XAPP_REQUESTOR_ID + this.xapps.indexOf(xapp);
  }

  /** Why a control of what the node serves can not be, whatever its definition allows. */
  private faultOf(node: E2Node, control: RanControl): string | undefined {
    const served = node.cell?.slices;
    if (control.kind === 'slice-quota') return this.arbiterOf(node).faultOf(control.ratios, served);
    const unknown = control.slices.find(
      ({ snssai }) => served !== undefined && !served.some((slice) => isSameSNssai(slice, snssai)),
    );
    return unknown && `slice ${formatSNssai(unknown.snssai)} is not served there`;
  }

  private arbiterOf(node: E2Node): QuotaArbiter {
    let arbiter = this.arbiters.get(node);
    if (arbiter === undefined) this.arbiters.set(node, (arbiter = new QuotaArbiter()));
    return arbiter;
  }
}

/**
 * What is kept of a control: quotas whole; of UE weights, a hundred times as many, how many UEs of each slice. The
 * weights themselves stand in the node's next UE-level report, and to write each cost a quarter of the loop's time.
 */
function recordOf(control: RanControl): object {
  if (control.kind === 'slice-quota') return control;
  return {
    kind: control.kind,
    slices: control.slices.map(({ snssai, weights }) => ({ snssai, ues: weights.length })),
  };
}

function outcomeOf(error: unknown): ControlOutcome {
  if (error instanceof ControlRefused || error instanceof ProcedureNotAllowed) return 'refused';
  return error instanceof NoAnswer ? 'timed-out' : 'failed';
}
