import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  type controlRequest,
  type ControlOutcome,
  type RanControl,
  type ReplyOf,
  type RequestOf,
} from '@ricochet/contracts';
import { NoAnswer, ProcedureFailure, type RicControlRequest } from '@ricochet/e2ap';
import { packSlicePrbQuota, rc, ricochet, SLICE_PRB_QUOTA, textOfOutcome } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { formatSNssai, isSameSNssai, plmnOf } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Inject, Injectable } from '@nestjs/common';
import { ranFunctionOf, type E2Node } from '../e2/e2-node.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { RunRecorder } from '../recording/run-recorder.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { EffectService } from './effect.service.js';
import { QuotaArbiter } from './quota-arbiter.js';

type Request = RequestOf<typeof controlRequest>;
type Reply = ReplyOf<typeof controlRequest>;

/** Requestor ids from here on stand for xApps; a node in lockstep orders controls by them. */
const FIRST_XAPP_REQUESTOR_ID = 2;
const INSTANCE_IDS = 65_536;
const ANSWER_TIMEOUT_MS = 1_000;

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
  async control(request: Request): Promise<Reply> {
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

  private async carryOut(
    node: E2Node | undefined,
    request: Request,
  ): Promise<Pick<Reply, 'outcome' | 'cause'>> {
    if (node?.association === undefined) {
      return { outcome: 'refused', cause: `${request.nodeId} is not connected` };
    }
    const { control } = request;
    const refusal = this.refusalOf(node, control);
    if (refusal !== undefined) return { outcome: 'refused', cause: refusal };
    const ricRequestId = {
      requestorId: this.requestorIdOf(request.xapp),
      instanceId: request.sequence % INSTANCE_IDS,
    };
    const callProcess =
      request.callProcessId === undefined
        ? {}
        : { ricCallProcessId: Buffer.from(request.callProcessId, 'hex') };
    const takeBack = control.kind === 'slice-quota' ? this.arbiterOf(node).accept(control.ratios) : undefined;
    try {
      await node.association.call(
        'RICcontrol',
        { ricRequestId, ...callProcess, ...pack(node, request), ricControlAckRequest: 'ack' },
        ANSWER_TIMEOUT_MS,
      );
      return { outcome: 'acknowledged' };
    } catch (error) {
      takeBack?.();
      if (error instanceof ProcedureFailure) return { outcome: 'failed', cause: failureOf(error, control) };
      return { outcome: error instanceof NoAnswer ? 'timed-out' : 'failed', cause: messageOf(error) };
    }
  }

  private requestorIdOf(xapp: string): number {
    if (!this.xapps.includes(xapp)) this.xapps.push(xapp);
    return FIRST_XAPP_REQUESTOR_ID + this.xapps.indexOf(xapp);
  }

  /** Why the RIC does not even send it, or `undefined`. */
  private refusalOf(node: E2Node, control: RanControl): string | undefined {
    const model = control.kind === 'slice-quota' ? rc : ricochet;
    if (ranFunctionOf(node, model) === undefined) return `${node.nodeId} offers no ${model.shortName}`;
    const served = node.cell?.slices;
    if (control.kind === 'slice-quota') {
      const fault = this.arbiterOf(node).faultOf(control.ratios, served);
      return fault && `${node.nodeId}: ${fault}`;
    }
    const unknown = control.slices.find(
      ({ snssai }) => served !== undefined && !served.some((slice) => isSameSNssai(slice, snssai)),
    );
    return unknown && `${node.nodeId}: slice ${formatSNssai(unknown.snssai)} is not served there`;
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

/** Service model, header and message of a control. */
function pack(
  node: E2Node,
  { control }: Request,
): Pick<RicControlRequest, 'ranFunctionId' | 'ricControlHeader' | 'ricControlMessage'> {
  if (control.kind === 'slice-quota') {
    return {
      ranFunctionId: ranFunctionOf(node, rc)?.ranFunctionId ?? rc.ranFunctionId,
      ricControlHeader: rc.controlHeader.encode({ format1: { ueId: NO_UE, ...SLICE_PRB_QUOTA } }),
      ricControlMessage: rc.controlMessage.encode(packSlicePrbQuota(plmnOf(node.globalId), control.ratios)),
    };
  }
  return {
    ranFunctionId: ranFunctionOf(node, ricochet)?.ranFunctionId ?? ricochet.ranFunctionId,
    ricControlHeader: ricochet.controlHeader.encode({ controlStyle: 1 }),
    ricControlMessage: ricochet.controlMessage.encode({
      slices: control.slices.map(({ snssai, weights }) => ({ snssai, ues: weights })),
    }),
  };
}

/** The header wants a UE id even where the control is about the cell. */
const NO_UE = { gnbDuUeId: { gnbCuUeF1apId: 0 } } as const;

/** What went wrong, with what the node says of it in the outcome of the control's service model. */
function failureOf({ pdu, message }: ProcedureFailure, control: RanControl): string {
  if (pdu.message !== 'RICcontrolFailure' || pdu.value.ricControlOutcome === undefined) return message;
  const { ricControlOutcome } = pdu.value;
  try {
    const text =
      control.kind === 'slice-quota'
        ? textOfOutcome(rc.controlOutcome.decode(ricControlOutcome))
        : ricochet.controlOutcome.decode(ricControlOutcome).text;
    return text === undefined ? message : `${message}: ${text}`;
  } catch {
    return message;
  }
}
