import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
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
import { RunRecorder } from '../recording/run-recorder.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { ControlRefused, failureOf, notInForce, packControl } from './control-message.js';
import { EffectService } from './effect.service.js';
import { QuotaArbiter } from './quota-arbiter.js';

/** What an xApp asks, with the name that its subject tells. */
type Request = ControlRequest & { readonly xapp: string };

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
  private readonly idPrefix = randomUUID().slice(0, 8);
  /** xApps by requestor id: those deployed in their order, then others as they come. */
  private readonly xapps: string[];
  private sent = 0;
  private underWay = 0;
  private settledListener: (() => void) | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly effects: EffectService,
    private readonly store: Store,
    private readonly runs: RunRecorder,
    private readonly log: OperatorLog,
    @Inject(RIC_CONFIG) config: RicConfig,
  ) {
    this.xapps = config.RICOCHET_XAPPS.map(({ name }) => name);
  }

  /** Controls that their node has not answered yet. */
  get inFlight(): number {
    return this.underWay;
  }

  /** Told whenever a control has been answered. */
  onSettled(listener: () => void): void {
    this.settledListener = listener;
  }

  /** Carries one control out and says what became of it. */
  async control(request: Request): Promise<ControlReply> {
    const startedMs = performance.now();
    const requestedAtMs = Date.now();
    const controlId = `${this.idPrefix}-${++this.sent}`;
    const node = this.registry.find(request.nodeId);
    this.underWay += 1;
    const { outcome, cause } = await this.carryOut(node, request);
    this.underWay -= 1;
    this.counts[outcome] += 1;
    const { xapp, nodeId, control } = request;
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
    if (outcome !== 'acknowledged')
      this.log.warn(`${control.kind} of ${xapp} at ${nodeId} ${outcome}: ${cause}`);
    this.effects.expect({ controlId, xapp, nodeId, control, outcome, cause, answeredAtSimMs });
    this.settledListener?.();
    return { controlId, outcome, cause };
  }

  /** Judges it by the node's definition, the quotas in force and the node's profile, and sends what may be sent. */
  private async carryOut(
    node: E2Node | undefined,
    request: Request,
  ): Promise<Pick<ControlReply, 'outcome' | 'cause'>> {
    const { control, xapp, sequence, callProcessId } = request;
    if (node?.association === undefined) {
      return { outcome: 'refused', cause: `${request.nodeId} is not connected` };
    }
    let settle: ((acknowledged: boolean) => void) | undefined;
    try {
      const fault = this.faultOf(node, control);
      if (fault !== undefined) throw new ControlRefused(`${node.nodeId}: ${fault}`);
      const message = packControl(node, control);
      if (control.kind === 'slice-quota') settle = this.arbiterOf(node).accept(control.ratios);
      await requestControl(node.association, {
        ricRequestId: { requestorId: this.requestorIdOf(xapp), instanceId: sequence % INSTANCE_IDS },
        ...(callProcessId !== undefined && { ricCallProcessId: Buffer.from(callProcessId, 'hex') }),
        ...message,
      });
      settle?.(true);
      return { outcome: 'acknowledged', cause: notInForce(node, control) };
    } catch (error) {
      settle?.(false);
      if (error instanceof ProcedureFailure) return { outcome: 'failed', cause: failureOf(error, control) };
      return { outcome: outcomeOf(error), cause: messageOf(error) };
    }
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
