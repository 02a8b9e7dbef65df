import { type Bus } from '@ricochet/bus';
import {
  ricFaults,
  simulationFinished,
  simulationSample,
  type RunDescription,
  type SimulationCounts,
  type SimulationPositions,
} from '@ricochet/contracts';
import { connectE2, nodeTimers, type E2Address } from '@ricochet/e2-transport';
import { type AgentProfileName, type E2apCodec, type PeerProfile } from '@ricochet/e2ap';
import { type Logger } from '@ricochet/platform';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { timeLine, type Scenario, type ScenarioEvent } from '@ricochet/scenario';
import { describeEvent } from './describe-event.js';
import { RicFaults } from './faults/ric-faults.js';
import { Injections, type Injected } from './injection/injections.js';
import { E2Node } from './node/e2-node.js';
import { type ControlOrder } from './node/node-controls.js';
import { positionsOf } from './positions/positions.js';
import { BASE_PERIOD_MS, type DueWindow, type ReportPeriod, ReportWindows } from './report-windows.js';
import { LatencyMeter } from './sampling/latency-meter.js';
import { Sampler, SAMPLE_PERIOD_MS } from './sampling/sampler.js';
import { type SliceTotals } from './sampling/slice-totals.js';

const PLMN = { mcc: '001', mnc: '01' } as const;
const GNB_ID = 1;
const CONNECT_TIMEOUT_MS = 2_000;
const TELL_TIMEOUT_MS = 2_000;
const SAMPLE: ReportPeriod = { periodMs: SAMPLE_PERIOD_MS, phaseMs: 0 };
/**
 * DUs are not in step with each other: in real time the longer report periods of each begin at instants of its own. Those
 * of one DU nest.
 */
const OFFSET_STEP_MS = 11 * BASE_PERIOD_MS;
/** Each has its windows. */
const OFFSETS = 10;

export interface SimulationOptions {
  readonly scenario: Scenario;
  readonly run: RunDescription;
  readonly bus: Bus;
  /** Where the nodes' RIC is. */
  readonly address: E2Address;
  /** Whose E2 agent the nodes behave like. */
  readonly profile: PeerProfile<AgentProfileName>;
  readonly codec: E2apCodec;
  readonly log: Logger;
  /** Wall clock, ms. */
  readonly nowMs: () => number;
  /** The time line begins again after the scenario's duration. */
  readonly repeat: boolean;
}

interface PendingControl {
  readonly order: ControlOrder;
  readonly execute: () => void;
}

/**
 * The simulated network and its E2 nodes, one step of simulation time after the other. The clock that calls
 * `step` decides how simulation time relates to the wall's.
 */
export class Simulation {
  readonly nodes: readonly E2Node[];
  readonly latency = new LatencyMeter();
  private readonly radio: RadioNetwork;
  private readonly windows: ReportWindows;
  private readonly sampler: Sampler;
  private readonly events: readonly ScenarioEvent[];
  private readonly injections = new Injections();
  private due: readonly DueWindow[] = [];
  private nextEvent = 0;
  private timeLineStartMs = 0;
  private readonly resumeAtMs = new Map<E2Node, number>();
  private disturbed = true;
  private readonly begun = new Set<Promise<void>>();
  private readonly ricFaults: RicFaults;
  private isWarmingUp = true;
  private told: string[] = [];
  private readonly pending: PendingControl[] = [];
  private startedMs = 0;
  private measuredFromMs = 0;
  private pace = { wallMs: 0, simMs: 0, factor: 0 };

  constructor(private readonly options: SimulationOptions) {
    const { scenario, run, bus, address, profile, codec, log } = options;
    this.radio = new RadioNetwork(resolveRadioConfig(scenario.network), run.seed);
    this.windows = new ReportWindows(this.radio);
    this.windows.ensure(SAMPLE);
    this.events = timeLine(scenario);
    this.ricFaults = new RicFaults({
      tell: (inForce) => bus.request(ricFaults, inForce, TELL_TIMEOUT_MS),
      mode: run.mode,
      speed: run.speed,
      onUntold: (reason) => log.warn(reason),
    });
    this.nodes = Array.from(
      { length: this.radio.cellCount },
      (_, cell) =>
        new E2Node({
          globalId: { plmn: PLMN, gnbId: GNB_ID, gnbDuId: cell + 1 },
          cell,
          radio: this.radio,
          seed: run.seed,
          windows: this.windows,
          reportOffsetMs: run.mode === 'lockstep' ? 0 : (cell % OFFSETS) * OFFSET_STEP_MS,
          connect: (nodeId) =>
            connectE2({ address, bus, nodeId, ppid: profile.ppid, timeoutMs: CONNECT_TIMEOUT_MS }),
          timers: nodeTimers,
          profile,
          codec,
          latency: this.latency,
          log,
          execute: (order, execute) => this.execute(order, execute),
        }),
    );
    this.sampler = new Sampler(this.radio, {
      scenario,
      nodeIds: this.nodes.map(({ nodeId }) => nodeId),
      hashes: run.mode === 'lockstep',
    });
  }

  get timeMs(): number {
    return this.radio.timeMs;
  }

  /** What the slices of each node were offered and got. */
  get sliceTotals(): SliceTotals {
    return this.sampler.totals;
  }

  /** Nodes that should be connected now. */
  get expectedNodes(): string[] {
    return this.nodes.filter((node) => !this.resumeAtMs.has(node)).map(({ nodeId }) => nodeId);
  }

  /** Nodes that the scenario has disconnected. */
  get goneNodes(): string[] {
    return [...this.resumeAtMs.keys()].map(({ nodeId }) => nodeId);
  }

  /** Indications that each connected node has sent since its set-up. */
  get indicationsSent(): Record<string, number> {
    const connected = this.nodes.filter(({ isConnected }) => isConnected);
    return Object.fromEntries(
      connected.map(({ nodeId, indicationsSinceSetUp }) => [nodeId, indicationsSinceSetUp]),
    );
  }

  /** Whether nodes came, went or have to be subscribed to since this was last asked. */
  takeDisturbed(): boolean {
    const { disturbed } = this;
    this.disturbed = false;
    return disturbed;
  }

  /**
   * Resolves when the procedures that events had nodes begin are answered, or have failed.
   * @throws RicFaultError in lockstep, when the RIC does not play the faults of the scenario
   */
  async proceduresEnded(): Promise<void> {
    await Promise.all(this.begun);
  }

  /** Lets the nodes connect. */
  connect(): void {
    for (const node of this.nodes) void node.run();
    this.begin(this.ricFaults.start());
  }

  /** Ends the nodes' connections, and what goes wrong inside the RIC. */
  async disconnect(): Promise<void> {
    for (const node of this.nodes) node.stop();
    await this.ricFaults.end();
  }

  /**
   * Lets an event happen with the next ones that are played. Gives what was done.
   * @throws EventError the event is none, or the network can not play it; RadioConfigError likewise
   */
  inject(event: Readonly<Record<string, unknown>>): Promise<Injected> {
    return this.injections.add(event, this.radio.cellCount);
  }

  /** Where cells and connected UEs are now. */
  positions(): SimulationPositions {
    const { runId } = this.options.run;
    const nodeIds = this.nodes.map(({ nodeId }) => nodeId);
    return positionsOf(this.radio, { runId, nodeIds });
  }

  /** Plays the events that are due; the slots after them come by `step`. */
  playEvents(): void {
    this.injections.play(this.timeMs, (event) => {
      this.play(event);
      return describeEvent(event);
    });
    this.playTimeLine();
  }

  private playTimeLine(): void {
    const { scenario, repeat } = this.options;
    this.begin(this.ricFaults.proceed(this.timeMs));
    for (const [node, atMs] of this.resumeAtMs) {
      if (this.timeMs < atMs) continue;
      this.resumeAtMs.delete(node);
      this.disturbed = true;
      node.resume();
    }
    if (repeat && this.timeMs - this.timeLineStartMs >= scenario.durationMs) {
      this.timeLineStartMs += scenario.durationMs;
      this.nextEvent = 0;
    }
    for (;;) {
      const event = this.events[this.nextEvent];
      if (event === undefined || this.timeLineStartMs + event.atMs > this.timeMs) return;
      this.nextEvent += 1;
      this.play(event);
    }
  }

  /** Some slots of a base period, or all of them. */
  advance(slots: number): void {
    if (this.timeMs === 0) this.startedMs = this.options.nowMs();
    if (this.isWarmingUp && this.timeMs >= this.options.scenario.warmUpMs) {
      this.isWarmingUp = false;
      this.latency.restart();
      this.measuredFromMs = this.options.nowMs();
    }
    this.radio.advance(slots);
  }

  /** A base period has ended: closes the report periods that end with it. */
  endPeriod(): void {
    this.due = this.windows.roll();
    for (const node of this.nodes) node.proceed();
  }

  /**
   * The reports of the periods that have just ended, one call a node: the shortest period first, as who decides most
   * often must not wait for the rest. The clock sends them, before the next period ends.
   */
  dueReports(): (() => void)[] {
    return [...this.due]
      .sort((a, b) => a.periodMs - b.periodMs)
      .flatMap((due) =>
        this.nodes.filter((node) => node.isInPhase(due)).map((node) => () => node.report(due)),
      );
  }

  /** Takes the sample of the period that has just ended, when one is due: after the reports are on their way. */
  sample(): void {
    const due = this.due.find(({ periodMs, phaseMs }) => periodMs === SAMPLE.periodMs && phaseMs === 0);
    if (due !== undefined) this.publishSample(due.window.endMs, this.sampler.sample(due.window));
  }

  /** Executes what the controls of this instant ask for, in one order whatever order they came in. */
  executePending(): void {
    const controls = this.pending.splice(0);
    controls.sort(
      ({ order: a }, { order: b }) =>
        a.cell - b.cell || a.requestorId - b.requestorId || a.instanceId - b.instanceId,
    );
    for (const { execute } of controls) execute();
  }

  /** Tells that the run is over. */
  finish(fault?: string): void {
    this.options.bus.publish(simulationFinished, {
      run: this.options.run,
      timeMs: this.timeMs,
      samples: this.sampler.count,
      wallMs: this.options.nowMs() - this.startedMs,
      measuredWallMs: this.options.nowMs() - this.measuredFromMs,
      kpiHash: this.sampler.kpiHash,
      ues: this.sampler.ueTotals(),
      counts: this.counts(),
      loopLatency: this.latency.overall,
      fault,
    });
  }

  private execute(order: ControlOrder, execute: () => void): void {
    if (this.options.run.mode === 'lockstep') this.pending.push({ order, execute });
    else execute();
  }

  private play(event: ScenarioEvent): void {
    this.told.push(describeEvent(event));
    switch (event.kind) {
      case 'e2-disconnect':
        for (const node of this.nodesOf(event.cells)) {
          this.resumeAtMs.set(node, this.timeMs + event.durationMs);
          node.suspend('the scenario disconnects it');
        }
        this.disturbed = true;
        return;
      case 'e2-reset':
        for (const node of this.nodesOf(event.cells)) this.begin(node.reset());
        this.disturbed = true;
        return;
      case 'cell-on':
      case 'cell-off':
        this.radio.apply(event);
        for (const node of this.nodesOf(event.cells)) this.begin(node.configurationChanged());
        return;
      case 'surge':
      case 'ue-arrival':
      case 'ue-departure':
      case 'mobility':
      case 'interference':
        this.radio.apply(event);
        return;
      case 'indication-loss':
      case 'indication-duplicate':
      case 'indication-reorder':
      case 'indication-delay':
      case 'control-without-effect':
      case 'control-silence':
      case 'control-failure':
      case 'ue-id-churn':
        for (const node of this.nodesOf(event.cells)) node.fault(event);
        return;
      case 'nats-outage':
      case 'a1-outage':
        this.begin(this.ricFaults.begin(event, this.timeMs));
        return;
    }
  }

  private begin(procedure: Promise<void>): void {
    this.begun.add(procedure);
    const ended = (): unknown => this.begun.delete(procedure);
    procedure.then(ended, ended);
  }

  private nodesOf(cells: readonly number[]): E2Node[] {
    return this.nodes.filter((_, cell) => cells.includes(cell));
  }

  private publishSample(timeMs: number, nodes: ReturnType<Sampler['sample']>): void {
    this.measurePace();
    this.options.bus.publish(simulationSample, {
      run: this.options.run,
      index: this.sampler.count - 1,
      timeMs,
      realTimeFactor: this.pace.factor,
      connectedNodes: this.nodes.filter(({ isConnected }) => isConnected).length,
      nodes,
      events: this.told,
      counts: this.counts(),
      loopLatency: this.latency.ofLate,
    });
    this.told = [];
  }

  private measurePace(): void {
    const wallMs = this.options.nowMs();
    const elapsedMs = wallMs - this.pace.wallMs;
    if (elapsedMs < PACE_OVER_MS) return;
    this.pace = { wallMs, simMs: this.timeMs, factor: (this.timeMs - this.pace.simMs) / elapsedMs };
  }

  private counts(): SimulationCounts {
    const sum = (key: keyof SimulationCounts): number =>
      this.nodes.reduce((total, { counts }) => total + counts[key], 0);
    return {
      indications: sum('indications'),
      controlsApplied: sum('controlsApplied'),
      controlsFailed: sum('controlsFailed'),
    };
  }
}

const PACE_OVER_MS = 1_000;
