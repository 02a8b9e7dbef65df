import { type NodeSample } from '@ricochet/contracts';
import { sliceTypeOf, type SliceType, SLICE_TYPES } from '@ricochet/ran-types';
import { type Scenario, type ScenarioEvent } from '@ricochet/scenario';
import { meanOrNull } from './mean.js';

/** A slice counts as recovered when its SLA holds again for so many periods in a row. */
const STEADY_PERIODS = 5;

type Surge = Extract<ScenarioEvent, { kind: 'surge' }>;

/** How long a slice took to meet its SLA again, after one surge. */
export interface SliceRecovery {
  /** Mean and largest over the DUs of the surge, from its end; 0 where the SLA held, null where no DU recovered. */
  readonly meanMs: number | null;
  readonly maxMs: number | null;
  /** DUs in which it had not recovered when the next surge began or the run ended. */
  readonly notRecovered: number;
}

export interface SurgeRecovery {
  readonly slice: SliceType;
  readonly atMs: number;
  readonly endMs: number;
  readonly recovery: Readonly<Record<SliceType, SliceRecovery>>;
}

interface Sample {
  readonly timeMs: number;
  readonly nodes: readonly NodeSample[];
}

/** Recovery of every slice after every surge of the scenario that ended within the run. */
export function recoveries(scenario: Scenario, samples: readonly Sample[]): SurgeRecovery[] {
  const lastMs = samples.at(-1)?.timeMs ?? 0;
  const surges = scenario.events.filter((event): event is Surge => event.kind === 'surge');
  return surges
    .filter(({ atMs, durationMs }) => atMs + durationMs < lastMs)
    .map((surge) => {
      const endMs = surge.atMs + surge.durationMs;
      const untilMs = Math.min(lastMs, ...surges.map(({ atMs }) => atMs).filter((atMs) => atMs >= endMs));
      const after = samples.filter(({ timeMs }) => timeMs > endMs && timeMs <= untilMs);
      const cells = surge.cells ?? scenarioCells(scenario);
      const ofSlice = (type: SliceType): SliceRecovery => sliceRecovery(after, { cells, type, endMs });
      const recovery = Object.fromEntries(SLICE_TYPES.map((type) => [type, ofSlice(type)]));
      return { slice: surge.slice, atMs: surge.atMs, endMs, recovery: recovery as SurgeRecovery['recovery'] };
    });
}

function sliceRecovery(
  samples: readonly Sample[],
  { cells, type, endMs }: { cells: readonly number[]; type: SliceType; endMs: number },
): SliceRecovery {
  const times = cells.map((cell) => {
    const met = samples.map(
      ({ nodes }) => nodes[cell]?.slices.find(({ snssai }) => sliceTypeOf(snssai) === type)?.slaMet ?? true,
    );
    const first = met.findIndex(
      (_, i) => i + STEADY_PERIODS <= met.length && met.slice(i, i + STEADY_PERIODS).every(Boolean),
    );
    if (first < 0) return undefined;
    return first === 0 ? 0 : (samples[first]?.timeMs ?? endMs) - endMs;
  });
  const recovered = times.filter((time) => time !== undefined);
  return {
    meanMs: meanOrNull(recovered),
    maxMs: recovered.length === 0 ? null : Math.max(...recovered),
    notRecovered: times.length - recovered.length,
  };
}

function scenarioCells({ network }: Scenario): number[] {
  return Array.from({ length: network.cells }, (_, cell) => cell);
}
