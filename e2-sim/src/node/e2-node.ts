import {
  type AgentProfileName,
  type E2apCodec,
  type E2SetupResponse,
  type PeerProfile,
  requestNodeConfigurationUpdate,
  requestReset,
  type RicIndication,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { messageOf, type Logger } from '@ricochet/platform';
import { E2Link, f1CellStatus } from '@ricochet/e2-node';
import { type RadioNetwork } from '@ricochet/radio';
import { formatE2NodeId, type GnbNodeId } from '@ricochet/ran-types';
import { type E2Fault } from '@ricochet/scenario';
import { type DueWindow, type ReportWindows } from '../report-windows.js';
import { type LatencyMeter } from '../sampling/latency-meter.js';
import { callProcessOctets } from './call-process.js';
import { type Du } from './du.js';
import { E2Faults } from './e2-faults.js';
import { NodeControls, type ControlOrder } from './node-controls.js';
import { NodeSubscriptions } from './node-subscriptions.js';
import { type Persona, type PersonaNode } from './personas/persona.js';
import { personas } from './personas/personas.js';
import { nrCgiOf } from './ran-functions.js';
import { UeIds } from './ue-ids.js';

export interface E2NodeOptions {
  readonly globalId: GnbNodeId;
  readonly cell: number;
  readonly radio: RadioNetwork;
  /** The run's, for what faults befall. */
  readonly seed: number;
  readonly windows: ReportWindows;
  /** Its report periods begin so long after their multiples, ms of simulation time; 0 when absent. */
  readonly reportOffsetMs?: number;
  /** Opens an association with the RIC. */
  readonly connect: (nodeId: string) => Promise<Transport>;
  readonly timers: Timers;
  /** Whose E2 agent it behaves like. */
  readonly profile: PeerProfile<AgentProfileName>;
  readonly codec: E2apCodec;
  readonly latency: LatencyMeter;
  readonly log: Logger;
  /** Executes what a control asks for: at once, or at the end of the lockstep period. */
  readonly execute: (order: ControlOrder, control: () => void) => void;
}

/** One simulated gNB-DU as an E2 node: keeps connected to its RIC, reports, and executes controls. */
export class E2Node {
  readonly nodeId: string;
  private readonly du: Du;
  private readonly persona: Persona;
  private readonly subscriptions: NodeSubscriptions;
  private readonly controls: NodeControls;
  private readonly faults: E2Faults;
  private readonly link: E2Link;
  private accepted: ReadonlySet<number> = new Set();
  private indications = 0;
  private sentSinceSetUp = 0;

  constructor(private readonly options: E2NodeOptions) {
    const { cell, radio, seed, windows, latency, execute } = options;
    this.persona = personas[options.profile.name];
    this.du = {
      globalId: this.persona.globalId(options.globalId),
      cell,
      radio,
      ueIds: new UeIds(radio.ueCapacity),
      reportOffsetMs: options.reportOffsetMs ?? 0,
    };
    this.nodeId = formatE2NodeId(this.du.globalId);
    this.subscriptions = new NodeSubscriptions(this.du, windows, this.persona.kpm);
    this.faults = new E2Faults({
      seed,
      cell,
      nowMs: () => radio.timeMs,
      asked: (indication) => this.subscriptions.asked(indication),
      send: (indication) => this.send(indication),
    });
    const { faults } = this;
    this.link = new E2Link({
      nodeId: this.nodeId,
      connect: () => options.connect(this.nodeId),
      timers: options.timers,
      codec: options.codec,
      setupRequest: () => this.persona.setup(this.du),
      handlers: () => this.faults.before(this.persona.handlers(this.served())),
      setupRetryMs: this.persona.profile.setupRetryMs,
      onResponse: (response) => this.answered(response),
      onSetUp: () => this.setUp(),
      onClosed: () => this.forgetSubscriptions(),
      onGarbage: this.persona.survivesGarbage ? undefined : (reason) => this.die(reason),
      log: options.log,
    });
    this.controls = new NodeControls({ cell, latency, faults, execute, warn: (line) => this.warn(line) });
  }

  get isConnected(): boolean {
    return this.link.isSetUp;
  }

  get counts(): {
    readonly indications: number;
    readonly controlsApplied: number;
    readonly controlsFailed: number;
  } {
    const { applied: controlsApplied, failed: controlsFailed } = this.controls;
    return { indications: this.indications, controlsApplied, controlsFailed };
  }

  /** Indications sent since the latest E2 Setup. */
  get indicationsSinceSetUp(): number {
    return this.sentSinceSetUp;
  }

  /** Connects, and again whenever the connection is lost, until `stop`. */
  run(): Promise<void> {
    return this.link.run();
  }

  /** Loses the connection on purpose, and keeps it lost until `resume`. */
  suspend(reason: string): void {
    this.link.suspend(reason);
  }

  resume(): void {
    this.link.resume();
  }

  /**
   * Reset (E2AP clause 8.3.3), begun by the node: its subscriptions are forgotten on both sides. Gives what resolves
   * when the RIC has answered, or will not. A node that begins no Reset loses its connection instead.
   */
  async reset(): Promise<void> {
    if (this.link.association === undefined) return;
    if (!this.persona.beginsProcedures) return this.link.association.close('restarted');
    this.forgetSubscriptions();
    await requestReset(this.link.association, { misc: 'om-intervention' }).catch(this.failed);
  }

  stop(): void {
    this.link.stop('the simulator stops');
  }

  /** Whether it has reports of this period to send. */
  hasReports(due: DueWindow): boolean {
    return this.subscriptions.areDueAt(due);
  }

  /** Sends the indications of the period that the window has just closed. */
  report(due: DueWindow): void {
    if (!this.link.isSetUp || this.link.association === undefined) return;
    const { isNumbered } = this.persona.kpm;
    for (const indication of this.subscriptions.reports(due)) {
      const tag = isNumbered && {
        ricCallProcessId: callProcessOctets(this.options.latency.indicationSent()),
      };
      const tagged = { ...indication, ...tag };
      if (this.faults.isQuiet) this.send(tagged);
      else this.faults.indicate(tagged);
    }
  }

  /** A fault of its E2 begins. */
  fault(fault: E2Fault): void {
    if (fault.kind === 'ue-id-churn') this.du.ueIds.renew();
    else this.faults.begin(fault);
  }

  /** Simulation time has gone on: indications that a fault has held up may go out. */
  proceed(): void {
    if (!this.faults.isQuiet) this.faults.proceed();
  }

  /**
   * E2 Node Configuration Update (E2AP clause 8.3.5): the cell is on or off. Gives what resolves when the RIC has
   * answered, or will not.
   */
  async configurationChanged(): Promise<void> {
    if (!this.link.isSetUp || this.link.association === undefined || !this.persona.beginsProcedures) return;
    const { globalId, radio, cell } = this.du;
    const status = { nrCgi: nrCgiOf(globalId), active: radio.isCellOn(cell) };
    const componentConfigurationUpdate = [f1CellStatus(globalId.gnbDuId ?? 0, status)];
    await requestNodeConfigurationUpdate(this.link.association, { componentConfigurationUpdate }).catch(
      this.failed,
    );
  }

  private answered({ ranFunctionsAccepted = [], ranFunctionsRejected = [] }: E2SetupResponse): void {
    this.accepted = new Set(ranFunctionsAccepted.map(({ ranFunctionId }) => ranFunctionId));
    if (ranFunctionsRejected.length > 0 && !this.persona.profile.acceptsRejectedFunctions) {
      this.die('a rejected RAN function');
    }
  }

  private setUp(): void {
    this.sentSinceSetUp = 0;
    // It is set up with its cell in service.
    if (!this.du.radio.isCellOn(this.du.cell)) void this.configurationChanged();
  }

  /** What the persona's handlers act on. */
  private served(): PersonaNode {
    return {
      du: this.du,
      subscribe: (request) => this.subscriptions.add(request),
      unsubscribe: (ricRequestId) => {
        const isKnown = this.subscriptions.delete(ricRequestId);
        this.faults.sweep();
        return isKnown;
      },
      forgetSubscriptions: () => this.forgetSubscriptions(),
      control: (request, prepare) => this.controls.run(request, prepare),
      isAccepted: (ranFunctionId) => this.accepted.has(ranFunctionId),
      warn: (line) => this.warn(line),
      die: (cause) => this.die(cause),
      stayAway: (forMs) => this.link.stayAway(forMs),
    };
  }

  private send(indication: RicIndication): void {
    if (this.link.association === undefined) return;
    this.link.association.send('RICindication', indication);
    this.indications += 1;
    this.sentSinceSetUp += 1;
  }

  private forgetSubscriptions(): void {
    this.subscriptions.clear();
    this.faults.sweep();
  }

  private die(cause: string): void {
    this.link.association?.close(`a ${this.persona.profile.name} node's process dies of ${cause}`);
  }

  private warn(line: string): void {
    this.options.log.warn(`${this.nodeId}: ${line}`);
  }

  private readonly failed = (error: unknown): void => this.warn(messageOf(error));
}
