import { type NodeSample, type SimulationFinished, type SliceSample } from '@ricochet/contracts';
import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import { type Scenario } from '@ricochet/scenario';
import { percentiles } from '@ricochet/training';
import { type LearningRecording } from '../run/learning-recording.js';
import { type RunRecording } from '../run/run-recording.js';
import { learningFigures, type LearningFigures } from './learning-figures.js';
import { meanOrNull } from '../run/mean.js';
import { inGroups } from './thinned.js';

/** What a report draws of a run: small, whatever the run was. */
export interface RunFigures {
  /** Ends of the periods that the time series are of, s. */
  readonly timesS: readonly number[];
  readonly slices: Readonly<Record<SliceType, SliceFigures>>;
  readonly learning: readonly LearningFigures[];
  readonly happenings: readonly { readonly timeMs: number; readonly text: string }[];
}

/** Time series by period, `null` where there was no value; distributions as their 101 percentiles after the warm-up. */
export interface SliceFigures {
  /** Of all DUs together. */
  readonly offeredMbps: readonly number[];
  readonly deliveredMbps: readonly number[];
  /** Mean over the DUs. */
  readonly delayP99Ms: readonly (number | null)[];
  /** DUs that met the limits, %. */
  readonly slaMet: readonly (number | null)[];
  /** Of the DUs that surges of the slice befall, or of all: quota, PRBs used and PRBs that the offered bits want, % of the carrier. */
  readonly quota: readonly (number | null)[];
  readonly used: readonly (number | null)[];
  readonly wanted: readonly (number | null)[];
  /** Mean rates of the UEs. */
  readonly ueRatesMbps: readonly number[];
  /** 99th percentiles of the delay by DU and 100 ms. */
  readonly delaysMs: readonly number[];
}

/** A period of a DU. */
interface Cell {
  readonly sample: SliceSample;
  readonly prbAvailable: number;
  readonly cell: number;
}

const PERIOD_MS = 100;
const KBIT_PER_MBIT = 1_000;

export function runFigures(
  scenario: Scenario,
  { samples, happenings }: Pick<RunRecording, 'samples' | 'happenings'>,
  { ues, timeMs: endMs }: Pick<SimulationFinished, 'ues' | 'timeMs'>,
  { rounds }: Pick<LearningRecording, 'rounds'>,
): RunFigures {
  const groups = inGroups(samples);
  const figuresOf = (type: SliceType): SliceFigures => {
    const watched = watchedCells(scenario, type);
    const periods = groups.map((group) =>
      periodOf(
        group.map(({ nodes }) => cellsOf(nodes, type)),
        watched,
      ),
    );
    const measured = samples.filter(({ timeMs }) => timeMs > scenario.warmUpMs);
    const delays = measured.flatMap(({ nodes }) =>
      cellsOf(nodes, type).flatMap(({ sample }) => sample.delayP99Ms ?? []),
    );
    const rates = ues
      .filter(({ snssai, offeredBits }) => sliceTypeOf(snssai) === type && offeredBits > 0)
      .map(({ servedBits }) => servedBits / (endMs - scenario.warmUpMs) / KBIT_PER_MBIT);
    const series = <K extends keyof Period>(name: K): Period[K][] => periods.map((period) => period[name]);
    return {
      offeredMbps: series('offeredMbps'),
      deliveredMbps: series('deliveredMbps'),
      delayP99Ms: series('delayP99Ms'),
      slaMet: series('slaMet'),
      quota: series('quota'),
      used: series('used'),
      wanted: series('wanted'),
      ueRatesMbps: percentiles(rates),
      delaysMs: percentiles(delays),
    };
  };
  return {
    timesS: groups.map((group) => (group.at(-1)?.timeMs ?? 0) / 1_000),
    slices: Object.fromEntries(SLICE_TYPES.map((type) => [type, figuresOf(type)])) as RunFigures['slices'],
    learning: learningFigures(rounds),
    happenings,
  };
}

/** Cells whose quota is worth a look: those that surges of the slice befall; without any, `undefined` for all. */
export function watchedCells({ events }: Scenario, type: SliceType): number[] | undefined {
  const surges = events.flatMap((event) => (event.kind === 'surge' && event.slice === type ? [event] : []));
  const cells = [...new Set(surges.flatMap(({ cells }) => cells ?? []))].sort((a, b) => a - b);
  return cells.length === 0 || surges.some((surge) => surge.cells === undefined) ? undefined : cells;
}

function cellsOf(nodes: readonly NodeSample[], type: SliceType): Cell[] {
  return nodes.flatMap(({ slices, prbAvailable }, cell) => {
    const sample = slices.find(({ snssai }) => sliceTypeOf(snssai) === type);
    return sample === undefined ? [] : [{ sample, prbAvailable, cell }];
  });
}

type Period = ReturnType<typeof periodOf>;

/** @param samples the DUs of each sample */
function periodOf(samples: readonly Cell[][], watched: readonly number[] | undefined) {
  const cells = samples.flat();
  const looked = watched === undefined ? cells : cells.filter(({ cell }) => watched.includes(cell));
  const seconds = (samples.length * PERIOD_MS) / 1_000;
  const sum = (of: readonly Cell[], name: 'offeredKbit' | 'deliveredKbit'): number =>
    of.reduce((total, { sample }) => total + sample[name], 0);
  const used = meanOrNull(
    looked.map(({ sample, prbAvailable }) =>
      prbAvailable > 0 ? (100 * sample.prbUsed) / prbAvailable : null,
    ),
  );
  const delivered = sum(looked, 'deliveredKbit');
  return {
    offeredMbps: sum(cells, 'offeredKbit') / KBIT_PER_MBIT / seconds,
    deliveredMbps: sum(cells, 'deliveredKbit') / KBIT_PER_MBIT / seconds,
    delayP99Ms: meanOrNull(cells.map(({ sample }) => sample.delayP99Ms)),
    slaMet: meanOrNull(cells.map(({ sample }) => (sample.slaMet ? 100 : 0))),
    quota: meanOrNull(looked.map(({ sample }) => sample.minRatio)),
    used,
    // At what a PRB carried just then.
    wanted: used === null || delivered === 0 ? null : (used * sum(looked, 'offeredKbit')) / delivered,
  };
}
