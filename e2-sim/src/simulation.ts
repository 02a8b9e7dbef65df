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
import { type Scenario } from '@ricochet/scenario';
import { EventPlayer } from './events/event-player.js';
import { RicFaults } from './faults/ric-faults.js';
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
 * The simulated network and its E2 nodes, one step of simulation time after the other. The clock that
 * calls `advance` decides how simulation time relates to the wall's.
 */
export class Simulation {
  readonly nodes: readonly E2Node[];
  readonly events: EventPlayer;
  readonly latency = new LatencyMeter();
  private readonly radio: RadioNetwork;
  private readonly windows: ReportWindows;
  private readonly sampler: Sampler;
  private due: readonly DueWindow[] = [];
  private isWarmingUp = true;
  private readonly pending: PendingControl[] = [];
  private startedMs = 0;
  private measuredFromMs = 0;
  private pace = { wallMs: 0, simMs: 0, factor: 0 };

  constructor(private readonly options: SimulationOptions) {
    const { scenario, run, bus, address, profile, codec, log, repeat } = options;
    this.radio = new RadioNetwork(resolveRadioConfig(scenario.network), run.seed);
    this.windows = new ReportWindows(this.radio);
    this.windows.ensure(SAMPLE);
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
    this.events = new EventPlayer({
      scenario,
      repeat,
      radio: this.radio,
      nodes: this.nodes,
      ricFaults: new RicFaults({
        tell: (inForce) => bus.request(ricFaults, inForce, TELL_TIMEOUT_MS),
        mode: run.mode,
        speed: run.speed,
        onUntold: (reason) => log.warn(reason),
      }),
    });
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

  /** Indications that each connected node has sent since its set-up. */
  get indicationsSent(): Record<string, number> {
    const connected = this.nodes.filter(({ isConnected }) => isConnected);
    return Object.fromEntries(
      connected.map(({ nodeId, indicationsSinceSetUp }) => [nodeId, indicationsSinceSetUp]),
    );
  }

  /** Lets the nodes connect. */
  connect(): void {
    for (const node of this.nodes) void node.run();
    this.events.start();
  }

  /** Ends the nodes' connections, and what goes wrong inside the RIC. */
  async disconnect(): Promise<void> {
    for (const node of this.nodes) node.stop();
    await this.events.end();
  }

  /** Where cells and connected UEs are now. */
  positions(): SimulationPositions {
    const { runId } = this.options.run;
    const nodeIds = this.nodes.map(({ nodeId }) => nodeId);
    return positionsOf(this.radio, { runId, nodeIds });
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
   * The reports of the periods that have just ended, one call for each node that has any: the shortest period first, as
   * who decides most often must not wait for the rest. The clock sends them, before the next period ends.
   */
  dueReports(): (() => void)[] {
    return [...this.due]
      .sort((a, b) => a.periodMs - b.periodMs)
      .flatMap((due) =>
        this.nodes.filter((node) => node.hasReports(due)).map((node) => () => node.report(due)),
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

  private publishSample(timeMs: number, nodes: ReturnType<Sampler['sample']>): void {
    this.measurePace();
    this.options.bus.publish(simulationSample, {
      run: this.options.run,
      index: this.sampler.count - 1,
      timeMs,
      realTimeFactor: this.pace.factor,
      connectedNodes: this.nodes.filter(({ isConnected }) => isConnected).length,
      nodes,
      events: this.events.takeTold(),
      counts: this.counts(),
      loopLatency: this.latency.ofLate,
    });
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
