import { type RicCounts, type SimulationFinished, type SliceSample } from '@ricochet/contracts';
import { jainIndex } from '@ricochet/control';
import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import { type Scenario } from '@ricochet/scenario';
import { judgeAssertions, reachedBy, type AssertionResult } from './judge-assertions.js';
import { recoveries, type SurgeRecovery } from './recovery.js';
import { type LearningSummary } from './learning-recording.js';
import { meanOrNull } from './mean.js';
import { type RunRecording } from './run-recording.js';

/** KPIs of a slice over all DUs and periods after the warm-up. */
export interface SliceSummary {
  readonly offeredMbps: number;
  readonly deliveredMbps: number;
  /** Delivered of offered bits. */
  readonly servedShare: number;
  /** Means over DUs and 100 ms periods that had a value. */
  readonly delayMeanMs: number | null;
  readonly delayP99Ms: number | null;
  readonly delayMaxMs: number | null;
  readonly dropRate: number;
  readonly prbShare: number;
  /** Mean slice quality, 0..1. */
  readonly qos: number;
  /** Share of DU periods of 100 ms that met the scenario's limits. */
  readonly slaSatisfaction: number;
}

export interface RunSummary {
  readonly scenario: string;
  readonly seed: number;
  readonly controller: string;
  readonly mode: string;
  readonly configHash: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly simulatedMs: number;
  readonly warmUpMs: number;
  readonly wallMs: number;
  /** Simulated over wall time, after the warm-up. */
  readonly realTimeFactor: number;
  /** SHA-256 over all KPI samples, in lockstep alone; holds for one Node version. */
  readonly kpiHash: string | null;
  readonly slices: Readonly<Record<SliceType, SliceSummary>>;
  /** Mean over slices of the slice quality. */
  readonly meanQos: number;
  readonly slaSatisfaction: number;
  readonly recovery: readonly SurgeRecovery[];
  /** Jain's index over the UEs' served to offered bits. */
  readonly jainIndex: number;
  readonly loopLatency: SimulationFinished['loopLatency'];
  /** Absent where no level learned. */
  readonly learning?: LearningSummary;
  readonly counts: SimulationFinished['counts'] & { readonly ric: RicCounts | null };
  /** Absent where the scenario has none. */
  readonly assertions?: readonly AssertionResult[];
  /** Names of those over times that the run did not come to; absent where there are none. */
  readonly assertionsNotReached?: readonly string[];
  readonly fault?: string;
}

export interface SummaryInput {
  readonly scenario: Scenario;
  readonly recording: RunRecording;
  readonly finished: SimulationFinished;
  readonly learning: LearningSummary | undefined;
  readonly ricCounts: RicCounts | null;
  readonly versions: Readonly<Record<string, string>>;
}

const PERIOD_S = 0.1;
const KBIT_PER_MBIT = 1_000;

export function summarise({
  scenario,
  recording,
  finished,
  learning,
  ricCounts,
  versions,
}: SummaryInput): RunSummary {
  const measured = recording.samples.filter(({ timeMs }) => timeMs > scenario.warmUpMs);
  const ofType = (type: SliceType): { sample: SliceSample; prbAvailable: number }[] => {
    return measured.flatMap(({ nodes }) =>
      nodes.flatMap(({ slices, prbAvailable }) =>
        slices
          .filter(({ snssai }) => sliceTypeOf(snssai) === type)
          .map((sample) => ({ sample, prbAvailable })),
      ),
    );
  };
  const slices = Object.fromEntries(
    SLICE_TYPES.map((type) => [type, summariseSlice(ofType(type), measured.length * PERIOD_S)]),
  ) as Record<SliceType, SliceSummary>;
  const { run } = finished;
  const counts = { ...finished.counts, ric: ricCounts };
  const { samples } = recording;
  const [reached, notReached] = reachedBy(
    { endMs: finished.timeMs, durationMs: scenario.durationMs },
    scenario.assertions,
  );
  const assertions = judgeAssertions(reached, { samples, warmUpMs: scenario.warmUpMs, counts });
  return {
    scenario: run.scenario,
    seed: run.seed,
    controller: run.controller,
    mode: run.mode,
    configHash: run.configHash,
    versions,
    simulatedMs: finished.timeMs,
    warmUpMs: scenario.warmUpMs,
    wallMs: Math.round(finished.wallMs),
    realTimeFactor: (finished.timeMs - scenario.warmUpMs) / finished.measuredWallMs,
    kpiHash: finished.kpiHash,
    slices,
    meanQos: meanOrNull(SLICE_TYPES.map((type) => slices[type].qos)) ?? 0,
    slaSatisfaction: meanOrNull(SLICE_TYPES.map((type) => slices[type].slaSatisfaction)) ?? 0,
    recovery: recoveries(scenario, recording.samples),
    jainIndex: jainIndex(
      finished.ues.filter(({ offeredBits }) => offeredBits > 0).map((ue) => ue.servedBits / ue.offeredBits),
    ),
    loopLatency: finished.loopLatency,
    ...(learning !== undefined && { learning }),
    counts,
    ...(assertions.length > 0 && { assertions }),
    ...(notReached.length > 0 && { assertionsNotReached: notReached.map(({ name }) => name) }),
    ...(finished.fault !== undefined && { fault: finished.fault }),
  };
}

function summariseSlice(
  all: readonly { sample: SliceSample; prbAvailable: number }[],
  seconds: number,
): SliceSummary {
  const samples = all.map(({ sample }) => sample);
  const sum = (name: 'offeredKbit' | 'deliveredKbit'): number =>
    samples.reduce((total, sample) => total + sample[name], 0);
  const meanOf = (name: 'delayMeanMs' | 'delayP99Ms' | 'delayMaxMs' | 'dropRate' | 'qos'): number | null =>
    meanOrNull(samples.map((sample) => sample[name]));
  const [offered, delivered] = [sum('offeredKbit'), sum('deliveredKbit')];
  return {
    offeredMbps: seconds > 0 ? offered / KBIT_PER_MBIT / seconds : 0,
    deliveredMbps: seconds > 0 ? delivered / KBIT_PER_MBIT / seconds : 0,
    servedShare: offered > 0 ? delivered / offered : 1,
    delayMeanMs: meanOf('delayMeanMs'),
    delayP99Ms: meanOf('delayP99Ms'),
    delayMaxMs: meanOf('delayMaxMs'),
    dropRate: meanOf('dropRate') ?? 0,
    prbShare:
      meanOrNull(
        all.map(({ sample, prbAvailable }) => (prbAvailable > 0 ? sample.prbUsed / prbAvailable : 0)),
      ) ?? 0,
    qos: meanOf('qos') ?? 1,
    slaSatisfaction: meanOrNull(samples.map(({ slaMet }) => (slaMet ? 1 : 0))) ?? 1,
  };
}
