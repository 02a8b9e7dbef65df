import {
  type AgentProfileName,
  E2apAssociation,
  type E2apCodec,
  type E2SetupResponse,
  E2SetupRefused,
  type PeerProfile,
  requestE2Setup,
  requestNodeConfigurationUpdate,
  requestReset,
  type RicIndication,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { BackOff, messageOf, type Logger } from '@ricochet/platform';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { formatE2NodeId, type GnbNodeId } from '@ricochet/ran-types';
import { type E2Fault } from '@ricochet/scenario';
import { type ReportWindows } from '../report-windows.js';
import { type LatencyMeter } from '../sampling/latency-meter.js';
import { afterSetUp } from './after-set-up.js';
import { callProcessOctets } from './call-process.js';
import { type Du } from './du.js';
import { E2Faults } from './e2-faults.js';
import { NodeControls, type ControlOrder } from './node-controls.js';
import { NodeSubscriptions } from './node-subscriptions.js';
import { type Persona, type PersonaNode } from './personas/persona.js';
import { personas } from './personas/personas.js';
import { f1CellStatus } from './ran-functions.js';
import { UeIds } from './ue-ids.js';

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;

export interface E2NodeOptions {
  readonly globalId: GnbNodeId;
  readonly cell: number;
  readonly radio: RadioNetwork;
  /** The run's, for what faults befall. */
  readonly seed: number;
  readonly windows: ReportWindows;
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
  private association: E2apAssociation | undefined;
  private isSetUp = false;
  private accepted: ReadonlySet<number> = new Set();
  private indications = 0;
  private sentSinceSetUp = 0;
  /** How long it stays away once the association has ended. */
  private awayMs = 0;
  private isStopped = false;
  /** No connection is tried. */
  private suspended = false;
  private wake: (() => void) | undefined;
  private endPause: (() => void) | undefined;

  constructor(private readonly options: E2NodeOptions) {
    const { cell, radio, seed, windows, latency, execute } = options;
    this.persona = personas[options.profile.name];
    this.du = {
      globalId: this.persona.globalId(options.globalId),
      cell,
      radio,
      ueIds: new UeIds(radio.ueCapacity),
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
    this.controls = new NodeControls({ cell, latency, faults, execute, warn: (line) => this.warn(line) });
  }

  get isConnected(): boolean {
    return this.isSetUp;
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
  async run(): Promise<void> {
    const backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
    const { setupRetryMs } = this.persona.profile;
    let complaint: string | undefined;
    while (!this.isStopped) {
      try {
        if (this.suspended) await new Promise<void>((resolve) => (this.wake = resolve));
        this.awayMs = setupRetryMs ?? 0;
        const { closed } = await this.connect();
        backOff.reset();
        complaint = undefined;
        this.warn(`E2 connection lost: ${await closed}`);
        if (this.awayMs > 0) await this.pause(this.awayMs);
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== complaint) this.options.log.info(`${this.nodeId}: no E2 connection yet: ${reason}`);
        complaint = reason;
        const timeToWaitMs = error instanceof E2SetupRefused ? error.timeToWaitMs : 0;
        await this.pause(Math.max(setupRetryMs ?? backOff.next(), timeToWaitMs));
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
   * when the RIC has answered, or will not. A node that begins no Reset loses its connection instead.
   */
  async reset(): Promise<void> {
    if (this.association === undefined) return;
    if (!this.persona.beginsProcedures) return this.association.close('restarted');
    this.forgetSubscriptions();
    await requestReset(this.association, { misc: 'om-intervention' }).catch(this.failed);
  }

  stop(): void {
    this.isStopped = true;
    this.wake?.();
    this.endPause?.();
    this.association?.close('the simulator stops');
  }

  /** Sends the indications of the period that the window has just closed. */
  report(window: KpiWindow): void {
    if (!this.isSetUp || this.association === undefined) return;
    const { isNumbered } = this.persona.kpm;
    for (const indication of this.subscriptions.reports(window)) {
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
    if (!this.isSetUp || this.association === undefined || !this.persona.beginsProcedures) return;
    const { globalId, radio, cell } = this.du;
    const componentConfigurationUpdate = [f1CellStatus(globalId, radio.isCellOn(cell))];
    await requestNodeConfigurationUpdate(this.association, { componentConfigurationUpdate }).catch(
      this.failed,
    );
  }

  /** Opens an association and sets up; gives what resolves with the reason when it closes. */
  private async connect(): Promise<{ closed: Promise<string> }> {
    const { timers, codec, log } = this.options;
    const transport = await this.options.connect(this.nodeId);
    let tellClosed: (reason: string) => void;
    const closed = new Promise<string>((resolve) => (tellClosed = resolve));
    let tellSetUp = (): void => undefined;
    const setUp = new Promise<void>((resolve) => (tellSetUp = resolve));
    const handlers = this.faults.before(this.persona.handlers(this.served()));
    const association = new E2apAssociation(transport, {
      codec,
      timers,
      handlers: afterSetUp(handlers, { isSetUp: () => this.isSetUp, setUp }),
      onClosed: (reason) => {
        this.isSetUp = false;
        this.association = undefined;
        this.forgetSubscriptions();
        tellClosed(reason);
      },
      onTrouble: (line) => this.warn(line),
      onIgnored: (line) => log.info(`${this.nodeId}: ${line}`),
      ...(!this.persona.survivesGarbage && {
        onRefused: ({ reason }: { readonly reason: string }) => this.die(reason),
      }),
    });
    this.association = association;
    try {
      this.setUp(association, await requestE2Setup(association, this.persona.setup(this.du)));
      if (association.isOpen) tellSetUp();
    } catch (error) {
      association.close('E2 Setup failed');
      throw error;
    }
    return { closed };
  }

  private setUp(association: E2apAssociation, response: E2SetupResponse): void {
    const { ranFunctionsAccepted = [], ranFunctionsRejected = [] } = response;
    this.accepted = new Set(ranFunctionsAccepted.map(({ ranFunctionId }) => ranFunctionId));
    if (this.suspended) association.close('the scenario disconnects it');
    if (ranFunctionsRejected.length > 0 && !this.persona.profile.acceptsRejectedFunctions) {
      this.die('a rejected RAN function');
    }
    this.isSetUp = association.isOpen;
    this.sentSinceSetUp = 0;
    this.options.log.info(`${this.nodeId}: connected`);
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
      stayAway: (forMs) => (this.awayMs = forMs),
    };
  }

  private send(indication: RicIndication): void {
    if (this.association === undefined) return;
    this.association.send('RICindication', indication);
    this.indications += 1;
    this.sentSinceSetUp += 1;
  }

  private forgetSubscriptions(): void {
    this.subscriptions.clear();
    this.faults.sweep();
  }

  private die(cause: string): void {
    this.association?.close(`a ${this.persona.profile.name} node's process dies of ${cause}`);
  }

  private warn(line: string): void {
    this.options.log.warn(`${this.nodeId}: ${line}`);
  }

  private readonly failed = (error: unknown): void => this.warn(messageOf(error));

  /** Waits so long, or until `stop`. */
  private async pause(delayMs: number): Promise<void> {
    if (this.isStopped) return;
    await new Promise<void>((resolve) => {
      const cancel = this.options.timers.after(delayMs, resolve);
      this.endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}
