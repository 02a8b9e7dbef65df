import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus } from '@ricochet/bus';
import {
  E2apAssociation,
  type E2apCodec,
  type PeerProfile,
  ProcedureFailure,
  type RicControlRequest,
  type TimeToWait,
} from '@ricochet/e2ap';
import { nodeTimers, type E2Address } from '@ricochet/e2-transport';
import { rc } from '@ricochet/e2sm';
import { BackOff, messageOf, type Logger } from '@ricochet/platform';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { formatE2NodeId, type GnbNodeId } from '@ricochet/ran-types';
import { type ReportWindows } from '../report-windows.js';
import { type LatencyMeter } from '../sampling/latency-meter.js';
import { connectE2 } from './connect.js';
import { ControlRejected, failureOutcome, prepareControl } from './control-executor.js';
import { NodeSubscriptions } from './node-subscriptions.js';
import { f1CellStatus, f1Setup, ranFunctions } from './ran-functions.js';

const ANSWER_TIMEOUT_MS = 2_000;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;
const TRANSACTION_IDS = 256;
const TIME_TO_WAIT_MS: Readonly<Record<TimeToWait, number>> = {
  v1s: 1_000,
  v2s: 2_000,
  v5s: 5_000,
  v10s: 10_000,
  v20s: 20_000,
  v60s: 60_000,
};

export interface E2NodeOptions {
  readonly globalId: GnbNodeId;
  readonly cell: number;
  readonly radio: RadioNetwork;
  readonly windows: ReportWindows;
  readonly bus: Bus;
  /** Where the RIC is. */
  readonly address: E2Address;
  /** Whose E2 agent it behaves like. */
  readonly profile: PeerProfile;
  readonly codec: E2apCodec;
  readonly latency: LatencyMeter;
  readonly log: Logger;
  /** Executes what a control asks for: at once, or at the end of the lockstep period. */
  readonly execute: (order: ControlOrder, control: () => void) => void;
}

/** Puts the controls of one instant in one order: by node, then requestor (its xApp), then sequence. */
export interface ControlOrder {
  readonly cell: number;
  readonly requestorId: number;
  readonly instanceId: number;
}

/** One simulated gNB-DU as an E2 node: keeps connected to its RIC, reports, and executes controls. */
export class E2Node {
  readonly nodeId: string;
  readonly counts = { indications: 0, controlsApplied: 0, controlsFailed: 0 };
  private readonly subscriptions: NodeSubscriptions;
  private association: E2apAssociation | undefined;
  private isSetUp = false;
  private sentSinceSetUp = 0;
  private transactions = 0;
  /** Aborted at `stop`; while `suspended`, no connection is tried. */
  private readonly stopped = new AbortController();
  private suspended = false;
  private wake: (() => void) | undefined;

  constructor(private readonly options: E2NodeOptions) {
    this.nodeId = formatE2NodeId(options.globalId);
    this.subscriptions = new NodeSubscriptions(options.radio, options.windows, options.cell);
  }

  get isConnected(): boolean {
    return this.isSetUp;
  }

  /** Indications sent since the latest E2 Setup. */
  get indicationsSinceSetUp(): number {
    return this.sentSinceSetUp;
  }

  /** Connects, and again whenever the connection is lost, until `stop`. */
  async run(): Promise<void> {
    const backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
    let complaint: string | undefined;
    while (!this.stopped.signal.aborted) {
      try {
        if (this.suspended) await new Promise<void>((resolve) => (this.wake = resolve));
        const { closed } = await this.connect();
        backOff.reset();
        complaint = undefined;
        this.options.log.warn(`${this.nodeId}: E2 connection lost: ${await closed}`);
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== complaint) this.options.log.info(`${this.nodeId}: no E2 connection yet: ${reason}`);
        complaint = reason;
        await this.pause(Math.max(backOff.next(), timeToWaitOf(error)));
      }
    }
  }

  /** Loses the connection on purpose, and keeps it lost until `resume`. */
  suspend(reason: string): void {
    this.suspended = true;
    this.association?.close(reason);
  }

  resume(): void {
    this.suspended = false;
    this.wake?.();
  }

  /**
   * Reset (E2AP clause 8.3.3), begun by the node: its subscriptions are forgotten on both sides. Gives what resolves
   * when the RIC has answered, or will not.
   */
  async reset(): Promise<void> {
    this.subscriptions.clear();
    await this.association
      ?.call(
        'Reset',
        { transactionId: this.nextTransaction(), cause: { misc: 'om-intervention' } },
        ANSWER_TIMEOUT_MS,
      )
      .catch((error: unknown) => this.options.log.warn(`${this.nodeId}: ${messageOf(error)}`));
  }

  stop(): void {
    this.stopped.abort();
    this.wake?.();
    this.association?.close('the simulator stops');
  }

  /** Sends the indications of the period that the window has just closed. */
  report(window: KpiWindow): void {
    if (!this.isSetUp || this.association === undefined) return;
    for (const indication of this.subscriptions.reports(window)) {
      const ricCallProcessId = callProcessOctets(this.options.latency.indicationSent());
      this.association.send('RICindication', { ...indication, ricCallProcessId });
      this.counts.indications += 1;
      this.sentSinceSetUp += 1;
    }
  }

  /**
   * E2 Node Configuration Update (E2AP clause 8.3.4): the cell is on or off. Gives what resolves when the RIC has
   * answered, or will not.
   */
  async configurationChanged(): Promise<void> {
    if (!this.isSetUp || this.association === undefined) return;
    const { globalId, radio, cell } = this.options;
    const transactionId = this.nextTransaction();
    const status = f1CellStatus(globalId, radio.isCellOn(cell));
    await this.association
      .call(
        'E2nodeConfigurationUpdate',
        { transactionId, componentConfigurationUpdate: [status] },
        ANSWER_TIMEOUT_MS,
      )
      .catch((error: unknown) => this.options.log.warn(`${this.nodeId}: ${messageOf(error)}`));
  }

  /** Opens an association and sets up; gives what resolves with the reason when it closes. */
  private async connect(): Promise<{ closed: Promise<string> }> {
    const { address, profile, bus, codec, globalId, radio, cell, log } = this.options;
    const slices = radio.slices.map(({ snssai }) => snssai);
    const transport = await connectE2({
      address,
      bus,
      nodeId: this.nodeId,
      ppid: profile.ppid,
      timeoutMs: ANSWER_TIMEOUT_MS,
    });
    let tellClosed: (reason: string) => void;
    const closed = new Promise<string>((resolve) => (tellClosed = resolve));
    const association = new E2apAssociation(transport, {
      codec,
      timers: nodeTimers,
      handlers: {
        RICsubscriptionRequest: (request) => this.subscribe(association, request),
        RICsubscriptionDeleteRequest: ({ ricRequestId, ranFunctionId }) => {
          if (this.subscriptions.delete(ricRequestId)) {
            association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
          } else {
            const cause = { ricRequest: 'request-id-unknown' } as const;
            association.send('RICsubscriptionDeleteFailure', { ricRequestId, ranFunctionId, cause });
          }
        },
        RICcontrolRequest: (request) => this.control(association, request),
        ResetRequest: ({ transactionId }) => {
          this.subscriptions.clear();
          association.send('ResetResponse', { transactionId });
        },
      },
      onClosed: (reason) => {
        this.isSetUp = false;
        this.association = undefined;
        this.subscriptions.clear();
        tellClosed(reason);
      },
      onTrouble: (line) => log.warn(`${this.nodeId}: ${line}`),
      onIgnored: (line) => log.info(`${this.nodeId}: ${line}`),
    });
    this.association = association;
    try {
      await association.call(
        'E2setup',
        {
          transactionId: this.nextTransaction(),
          globalE2NodeId: globalId,
          ranFunctionsAdded: ranFunctions(slices),
          componentConfigurationAddition: [f1Setup(globalId, { prbs: radio.config.prbsPerCell, slices })],
        },
        ANSWER_TIMEOUT_MS,
      );
    } catch (error) {
      association.close('E2 Setup failed');
      throw error;
    }
    if (this.suspended) association.close('the scenario disconnects it');
    this.isSetUp = association.isOpen;
    this.sentSinceSetUp = 0;
    log.info(`${this.nodeId}: connected`);
    // F1 is set up with cells in service.
    if (!radio.isCellOn(cell)) void this.configurationChanged();
    return { closed };
  }

  private subscribe(association: E2apAssociation, request: Parameters<NodeSubscriptions['add']>[0]): void {
    const { ricRequestId, ranFunctionId } = request;
    const answer = this.subscriptions.add(request);
    if ('cause' in answer) {
      this.options.log.warn(`${this.nodeId}: subscription refused: ${answer.reason}`);
      association.send('RICsubscriptionFailure', { ricRequestId, ranFunctionId, cause: answer.cause });
      return;
    }
    association.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: answer.admitted,
      ...(answer.notAdmitted.length > 0 && { ricActionsNotAdmitted: answer.notAdmitted }),
    });
  }

  private control(association: E2apAssociation, request: RicControlRequest): void {
    const { radio, cell, latency, execute, log } = this.options;
    const { ricRequestId, ranFunctionId, ricCallProcessId } = request;
    const key = { ricRequestId, ranFunctionId, ...(ricCallProcessId && { ricCallProcessId }) };
    try {
      const { execute: change, outcome } = prepareControl(request, radio, cell);
      execute({ cell, ...ricRequestId }, change);
      if (ricCallProcessId) latency.controlApplied(callProcessNumber(ricCallProcessId));
      this.counts.controlsApplied += 1;
      if (request.ricControlAckRequest !== 'ack') return;
      association.send('RICcontrolAcknowledge', { ...key, ...(outcome && { ricControlOutcome: outcome }) });
    } catch (error) {
      if (!(error instanceof ControlRejected)) throw error;
      this.counts.controlsFailed += 1;
      log.warn(`${this.nodeId}: control refused: ${error.message}`);
      const outcome = failureOutcome(ranFunctionId, error.message);
      association.send('RICcontrolFailure', {
        ...key,
        cause: error.e2apCause,
        ...(outcome && { ricControlOutcome: outcome }),
      });
    }
  }

  private nextTransaction(): number {
    return this.transactions++ % TRANSACTION_IDS;
  }

  private async pause(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

function timeToWaitOf(error: unknown): number {
  if (!(error instanceof ProcedureFailure) || error.pdu.message !== 'E2setupFailure') return 0;
  const { timeToWait } = error.pdu.value;
  return timeToWait === undefined ? 0 : TIME_TO_WAIT_MS[timeToWait];
}

/** In the form that E2SM-RC asks for; KPM leaves it to us. */
function callProcessOctets(ranCallProcessId: number): Uint8Array {
  return rc.callProcessId.encode({ format1: { ranCallProcessId } });
}

/** 0, which is no number of ours, for what somebody else made. */
function callProcessNumber(octets: Uint8Array): number {
  try {
    return rc.callProcessId.decode(octets).format1.ranCallProcessId;
  } catch {
    return 0;
  }
}
