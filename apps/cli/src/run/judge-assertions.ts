import {
  type NodeSample,
  type RicCounts,
  type SimulationCounts,
  type SliceSample,
} from '@ricochet/contracts';
import { sliceTypeOf } from '@ricochet/ran-types';
import {
  formatAssertion,
  type Assertion,
  type Quantity,
  type RunCount,
  type ScenarioAssertion,
} from '@ricochet/scenario';
import { quantile } from '@ricochet/training';
import { meanOrNull } from './mean.js';

/** What came of an assertion. */
export interface AssertionResult {
  readonly name: string;
  /** The assertion as a scenario has it. */
  readonly that: string;
  /** `null` when there was no value: that is a failure. */
  readonly measured: number | null;
  readonly passed: boolean;
}

/** What assertions are held against. */
export interface JudgedRun {
  /** In the order of their times; `nodes` in the order of the cells. */
  readonly samples: readonly { readonly timeMs: number; readonly nodes: readonly NodeSample[] }[];
  readonly warmUpMs: number;
  readonly counts: SimulationCounts & { readonly ric: RicCounts | null };
}

/** One value of a DU, a slice and 100 ms. */
interface Value {
  readonly timeMs: number;
  readonly value: number;
}

type SampledQuantity = Exclude<Quantity, { kind: 'count' }>;

/** How far a run came. */
interface RunExtent {
  readonly endMs: number;
  /** Of the scenario. */
  readonly durationMs: number;
}

/** Those that a run can tell of, and those over times that it did not come to, or of counts that had still to grow. */
export function reachedBy(
  { endMs, durationMs }: RunExtent,
  assertions: readonly ScenarioAssertion[],
): readonly [reached: ScenarioAssertion[], notReached: ScenarioAssertion[]] {
  const isReached = (assertion: ScenarioAssertion): boolean =>
    assertion.over === undefined
      ? endMs >= durationMs || !isToGrow(assertion)
      : assertion.over.fromMs < endMs;
  return [assertions.filter(isReached), assertions.filter((assertion) => !isReached(assertion))];
}

/** Whether it asks for at least so much of what is counted until the end. */
function isToGrow({ quantity, comparison, bound }: Assertion): boolean {
  if (quantity.kind !== 'count') return false;
  return comparison === '>' || comparison === '>=' || (comparison === '==' && bound > 0);
}

export function judgeAssertions(assertions: readonly ScenarioAssertion[], run: JudgedRun): AssertionResult[] {
  return assertions.map((assertion) => {
    const measured = measure(assertion, run);
    const passed = measured !== null && holds(measured, assertion);
    return { name: assertion.name, that: formatAssertion(assertion), measured, passed };
  });
}

function measure(
  { quantity, cells, over }: Assertion,
  { samples, warmUpMs, counts }: JudgedRun,
): number | null {
  if (quantity.kind === 'count') return COUNTS[quantity.count](counts) ?? null;
  const { fromMs, toMs } = over ?? { fromMs: warmUpMs, toMs: Infinity };
  const values = samples
    .filter(({ timeMs }) => timeMs > fromMs && timeMs <= toMs)
    .flatMap(({ timeMs, nodes }) =>
      nodes
        .filter((_, cell) => cells?.includes(cell) ?? true)
        .flatMap(({ slices }) => valuesOf(slices, quantity))
        .map((value): Value => ({ timeMs, value })),
    );
  return values.length === 0 ? null : aggregate(values, quantity);
}

function valuesOf(slices: readonly SliceSample[], quantity: SampledQuantity): number[] {
  return slices
    .filter(({ snssai }) => quantity.slice === 'all' || sliceTypeOf(snssai) === quantity.slice)
    .map((slice) => (quantity.kind === 'sla' ? Number(slice.slaMet) : slice[quantity.kpi]))
    .filter((value) => value !== null);
}

/** @param all one at least */
function aggregate(all: readonly Value[], quantity: SampledQuantity): number | null {
  const values = all.map(({ value }) => value);
  switch (quantity.kind === 'sla' ? 'mean' : quantity.aggregate) {
    case 'mean':
      return meanOrNull(values);
    case 'min':
      return quantile(values, 0);
    case 'max':
      return quantile(values, 1);
    case 'p50':
      return quantile(values, 0.5);
    case 'p90':
      return quantile(values, 0.9);
    case 'p95':
      return quantile(values, 0.95);
    case 'p99':
      return quantile(values, 0.99);
    case 'last': {
      const last = all.at(-1)?.timeMs;
      return meanOrNull(all.filter(({ timeMs }) => timeMs === last).map(({ value }) => value));
    }
  }
}

function holds(measured: number, { comparison, bound }: Assertion): boolean {
  switch (comparison) {
    case '<':
      return measured < bound;
    case '<=':
      return measured <= bound;
    case '>':
      return measured > bound;
    case '>=':
      return measured >= bound;
    case '==':
      return measured === bound;
  }
}

/** The RIC's are not there when it did not answer at the end. */
const COUNTS: Readonly<Record<RunCount, (counts: JudgedRun['counts']) => number | undefined>> = {
  'controls.applied': ({ controlsApplied }) => controlsApplied,
  'controls.failed': ({ controlsFailed }) => controlsFailed,
  'controls.refused': ({ ric }) => ric?.controlsRefused,
  'controls.effective': ({ ric }) => ric?.effectsEffective,
  'controls.ineffective': ({ ric }) => ric?.effectsIneffective,
  'indications.missed': ({ ric }) => ric?.missed,
};
