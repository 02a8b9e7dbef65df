import type { KpiWindow, RadioNetwork, RadioState, SlicePolicy } from '@ricochet/radio';
import { SPLIT_PERIOD_MS } from '../environment/environment.js';
import { reportOf } from '../environment/report-of.js';
import { highReward } from '../learning/high-state.js';
import {
  type Carrier,
  observeSlices,
  SLICE_MEASUREMENTS,
  type SliceObservation,
} from '../observation/slice-observation.js';
import { type QuotaMode, quotaOf } from '../quota.js';
import { shifted, shiftsOf, splitLattice } from './split-lattice.js';

/** What a split has made of a period of one cell. */
export interface SplitOutcome {
  readonly cell: number;
  readonly slices: readonly SliceObservation[];
  /** The split that was tried, in the order of the slices. */
  readonly shares: readonly number[];
}

export interface OracleOptions {
  readonly network: RadioNetwork;
  readonly quotaMode: QuotaMode;
  /** What is maximised in each cell; {@link highReward} when absent. */
  readonly reward?: (outcome: SplitOutcome) => number;
  /** Scheduler inside the slices, one that the MAC has built in: the network is put under it. */
  readonly policy?: SlicePolicy;
  /** Step of the lattice of splits that are tried; 0.2 when absent. */
  readonly step?: number;
  /** Shares that are then shifted between two slices around the best split so far, one pass each; .1, .05, .03. */
  readonly fineSteps?: readonly number[];
}

const STEP = 0.2;
const FINE_STEPS = [0.1, 0.05, 0.03];

interface Best {
  readonly shares: readonly number[];
  readonly reward: number;
}

/**
 * The controller that knows the future: before each split period it plays the period that is to come, with its true
 * arrivals and fading, under one split after the other, and takes for each cell the one with the highest reward. A
 * yardstick, not a bound: it looks one period ahead.
 *
 * Cells meet through interference alone, so a candidate is played in all cells at once and judged in each; the passes
 * with fine steps play around the best of every cell, which are then in force next door.
 */
export class ClairvoyantOracle {
  private readonly window: KpiWindow;
  private readonly carrier: Carrier;
  private readonly lattice: readonly (readonly number[])[];
  private state: RadioState | undefined;

  constructor(private readonly options: OracleOptions) {
    const { network, policy = 'srpt', step = STEP } = options;
    this.window = network.openWindow(SPLIT_PERIOD_MS);
    this.carrier = { prbs: network.config.prbsPerCell, slotMs: 1 };
    this.lattice = splitLattice(network.sliceCount, step);
    for (const cell of this.cells) {
      network.slices.forEach((_, slice) => network.setSlicePolicy(cell, slice, policy));
    }
  }

  /** Shares of each cell for the period that begins now, in the order of the slices. Leaves the network as it is. */
  decide(): number[][] {
    const { network, fineSteps = FINE_STEPS } = this.options;
    this.window.roll();
    const state = network.save(this.state);
    this.state = state;
    let bests = this.best(
      state,
      this.lattice.map((shares) => () => shares),
    );
    for (const step of fineSteps) {
      const centres = bests;
      const around = shiftsOf(network.sliceCount).map(
        (shift) => (cell: number) => shifted(centres[cell]?.shares ?? [], shift, step),
      );
      bests = this.best(state, [(cell) => centres[cell]?.shares ?? [], ...around]);
    }
    network.restore(state);
    return bests.map(({ shares }) => [...shares]);
  }

  /** The best candidate of each cell, the first of equals. */
  private best(state: RadioState, candidates: readonly ((cell: number) => readonly number[])[]): Best[] {
    const bests: Best[] = this.cells.map(() => ({ shares: [], reward: -Infinity }));
    for (const candidate of candidates) {
      const splits = this.cells.map(candidate);
      this.play(state, splits).forEach((reward, cell) => {
        const best = bests[cell];
        if (best === undefined || reward > best.reward) bests[cell] = { shares: splits[cell] ?? [], reward };
      });
    }
    return bests;
  }

  /** Rewards of the cells, had they these splits over the period. */
  private play(state: RadioState, splits: readonly (readonly number[])[]): number[] {
    const { network, quotaMode, reward = ({ slices }) => highReward(slices) } = this.options;
    network.restore(state);
    splits.forEach((shares, cell) => {
      quotaOf(shares, network.slices, quotaMode).forEach((ratio, slice) =>
        network.setSliceQuota(cell, slice, ratio),
      );
    });
    network.advance(SPLIT_PERIOD_MS);
    this.window.roll();
    return splits.map((shares, cell) => {
      const measurements = SLICE_MEASUREMENTS;
      const report = reportOf({ network, window: this.window, cell, level: 'slice', measurements });
      return reward({ cell, slices: observeSlices(report, this.carrier), shares });
    });
  }

  private get cells(): number[] {
    return Array.from({ length: this.options.network.cellCount }, (_, cell) => cell);
  }
}
