import {
  type KpiWindow,
  type RadioInput,
  RadioNetwork,
  type RadioState,
  resolveRadioConfig,
} from '@ricochet/radio';
import {
  formatSNssai,
  type KpiName,
  type MeasurementReport,
  type RrmPolicyRatio,
  type UeWeight,
} from '@ricochet/ran-types';
import type { HiddenInformation } from '@ricochet/scenario';
import { observeSlices, type SliceObservation } from '../observation/slice-observation.js';
import { UE_MEASUREMENTS } from '../observation/ue-observation.js';
import { seedOfNode } from '../per-node.js';
import { SeededRandom } from '../seeded-random.js';
import { SHIELDED_SLICE_MEASUREMENTS } from '../shield/shield-measurements.js';
import { withCoarseBuffers } from './coarse-buffers.js';
import { drawHiddenTask, type HiddenTask } from './hidden-task.js';
import { type BurstState, InterferenceBursts } from './interference-bursts.js';
import { type ChannelState, ReportChannel } from './report-channel.js';
import { reportOf } from './report-of.js';
import { taskReward } from './task-reward.js';

/** Period of the split and of the reward. */
export const SPLIT_PERIOD_MS = 100;
/** Period of the scheduling weights, and of a step. */
export const WEIGHT_PERIOD_MS = 10;

export interface EnvironmentOptions {
  readonly network: RadioInput;
  /** Of what the DUs are: their mix, load and hidden parts. */
  readonly taskSeed: number;
  /** Nothing is hidden when absent. */
  readonly hidden?: HiddenInformation;
}

/** What the controllers of one DU ask for; nothing changes where nothing is asked. */
export interface DuAction {
  readonly quotas?: readonly RrmPolicyRatio[];
  readonly weights?: readonly UeWeight[];
}

/** What a step brings, for each DU. */
export interface EnvironmentStep {
  readonly timeMs: number;
  /** UE-level reports of {@link WEIGHT_PERIOD_MS}; none where none arrived. */
  readonly ueReports: readonly (MeasurementReport | undefined)[];
  /** At the end of a split period alone. */
  readonly split?: SplitStep;
}

/** The end of a split period, for each DU. */
export interface SplitStep {
  /** Slice-level reports; none where none arrived. */
  readonly reports: readonly (MeasurementReport | undefined)[];
  /** What the period that ended was worth, 0..1 less the cost of moving shares; told even where its report is late. */
  readonly rewards: readonly number[];
}

/** What an environment came to. */
export interface EnvironmentState {
  readonly radio: RadioState;
  readonly dus: readonly {
    readonly sliceReports: ChannelState;
    readonly ueReports: ChannelState;
    readonly bursts?: BurstState;
    readonly lastShares?: readonly number[];
  }[];
}

interface DuParts {
  readonly task: HiddenTask;
  readonly sliceReports: ReportChannel;
  readonly ueReports: ReportChannel;
  readonly bursts: InterferenceBursts | undefined;
  /** Shares in force in the period before. */
  lastShares: readonly number[] | undefined;
}

/**
 * The control problem without the wire: `reset`, then `step` by step of 10 ms, all DUs of a radio network at once,
 * on two time scales. Reports are those of the wire, and what is done with them is the same code. A decision made on
 * a report is in force from the slot of its arrival on, as in lockstep.
 *
 * The DUs are the same after each reset; what happens in them is a matter of the reset's seed.
 */
export class SlicingEnvironment {
  readonly duCount: number;
  private readonly config: ReturnType<typeof resolveRadioConfig>;
  private running: Running | undefined;

  /** @throws RadioConfigError for a network that can not be */
  constructor(private readonly options: EnvironmentOptions) {
    this.config = resolveRadioConfig(options.network);
    this.duCount = this.config.cells;
  }

  /** The network of now. @throws Error before the first reset */
  get network(): RadioNetwork {
    return this.now.network;
  }

  /** What the controllers of a DU are not told. @throws Error before the first reset */
  hiddenTask(du: number): HiddenTask {
    return this.partsOf(du).task;
  }

  /** Begins anew at time 0 and simulates the first {@link WEIGHT_PERIOD_MS}. */
  reset(seed: number): EnvironmentStep {
    const { taskSeed, hidden = {} } = this.options;
    const network = new RadioNetwork(this.config, seed, taskSeed);
    const dus = Array.from({ length: this.duCount }, (_, du): DuParts => {
      const task = drawHiddenTask(hidden, taskSeed, du);
      const way = { delayMs: task.reportDelayMs, loss: task.reportLoss };
      const random = (what: string) => new SeededRandom(seedOfNode(seed, `${what} of ${du}`));
      const { interference } = hidden;
      return {
        task,
        sliceReports: new ReportChannel(way, random('slice reports')),
        ueReports: new ReportChannel(way, random('UE reports')),
        bursts:
          interference &&
          new InterferenceBursts({ ...interference, riseDb: task.noiseRiseDb, cell: du }, random('bursts')),
        lastShares: undefined,
      };
    });
    this.running = {
      network,
      dus,
      weightWindow: network.openWindow(WEIGHT_PERIOD_MS),
      splitWindow: network.openWindow(SPLIT_PERIOD_MS),
    };
    return this.advance();
  }

  /** Carries the actions out, one a DU, and simulates the next {@link WEIGHT_PERIOD_MS}. */
  step(actions: readonly DuAction[]): EnvironmentStep {
    actions.forEach((action, du) => this.carryOut(du, action));
    return this.advance();
  }

  /** All that the way from here on depends on, to come back to; plain data. */
  save(): EnvironmentState {
    const { network, dus } = this.now;
    return {
      radio: network.save(),
      dus: dus.map(({ sliceReports, ueReports, bursts, lastShares }) => ({
        sliceReports: sliceReports.save(),
        ueReports: ueReports.save(),
        ...(bursts !== undefined && { bursts: bursts.save() }),
        ...(lastShares !== undefined && { lastShares }),
      })),
    };
  }

  /** Goes on from a state of the same reset, as often as wanted. @throws RadioConfigError for another's state */
  restore(state: EnvironmentState): void {
    const { network, dus } = this.now;
    network.restore(state.radio);
    state.dus.forEach(({ sliceReports, ueReports, bursts, lastShares }, du) => {
      const parts = dus[du]!;
      parts.sliceReports.restore(sliceReports);
      parts.ueReports.restore(ueReports);
      if (bursts !== undefined) parts.bursts?.restore(bursts);
      parts.lastShares = lastShares;
    });
  }

  /** The reward of a period that a DU ends with these slices; see {@link taskReward}. */
  rewardOf(du: number, slices: readonly SliceObservation[]): number {
    const { task, lastShares } = this.partsOf(du);
    return taskReward(task, slices, { before: lastShares, after: slices.map(({ quota }) => quota) });
  }

  private carryOut(du: number, { quotas = [], weights = [] }: DuAction): void {
    const { network } = this.now;
    for (const quota of quotas) {
      const key = formatSNssai(quota.snssai);
      const slice = network.slices.findIndex(({ snssai }) => formatSNssai(snssai) === key);
      network.setSliceQuota(du, slice, quota);
    }
    const { servingCells } = network;
    for (const { ueId, weight } of weights) {
      // `UeInfo.ueId` is the index. A report that came late may name a UE that has gone to another DU.
      if (servingCells[ueId] === du) network.setUeWeight(ueId, weight);
    }
  }

  private advance(): EnvironmentStep {
    const { network, dus, weightWindow, splitWindow } = this.now;
    for (const { bursts } of dus) bursts?.begin(network);
    network.advance(WEIGHT_PERIOD_MS);
    weightWindow.roll();
    const ueReports = dus.map(({ ueReports }, du) =>
      ueReports.pass(this.report(weightWindow, { cell: du, level: 'ue', measurements: UE_MEASUREMENTS })),
    );
    const { timeMs } = network;
    if (timeMs % SPLIT_PERIOD_MS !== 0) return { timeMs, ueReports };
    splitWindow.roll();
    const rewards: number[] = [];
    const reports = dus.map((parts, cell) => {
      const measurements = SHIELDED_SLICE_MEASUREMENTS;
      const report = reportOf({ network, window: splitWindow, cell, level: 'slice', measurements });
      const slices = observeSlices(report);
      rewards.push(this.rewardOf(cell, slices));
      parts.lastShares = slices.map(({ quota }) => quota);
      return parts.sliceReports.pass(this.coarse(report));
    });
    return { timeMs, ueReports, split: { reports, rewards } };
  }

  private report(
    window: KpiWindow,
    what: { readonly cell: number; readonly level: 'ue'; readonly measurements: readonly KpiName[] },
  ): MeasurementReport {
    return this.coarse(reportOf({ network: this.now.network, window, ...what }));
  }

  private coarse(report: MeasurementReport): MeasurementReport {
    const levels = this.options.hidden?.buffers;
    return levels === undefined ? report : withCoarseBuffers(report, levels);
  }

  private partsOf(du: number): DuParts {
    const parts = this.now.dus[du];
    if (parts === undefined) throw new RangeError(`DU ${du} of ${this.duCount}`);
    return parts;
  }

  private get now(): Running {
    if (this.running === undefined) throw new Error('the environment was not reset yet');
    return this.running;
  }
}

interface Running {
  readonly network: RadioNetwork;
  readonly dus: readonly DuParts[];
  readonly weightWindow: KpiWindow;
  readonly splitWindow: KpiWindow;
}
