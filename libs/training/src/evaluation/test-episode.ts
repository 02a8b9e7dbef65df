import {
  type ClairvoyantOracle,
  type DuPolicy,
  type EnvironmentStep,
  LabMeter,
  type LabResult,
  play,
  quotaOf,
  type SlicingEnvironment,
  SPLIT_PERIOD_MS,
  seedOfNode,
} from '@ricochet/control';
import { type TaskFamily, type TaskSplit } from '@ricochet/scenario';
import { taskEnvironment } from '../trainer/task-environment.js';

/** Which DUs, under which traffic, for how long. */
export interface TestEpisodeOptions {
  readonly family: TaskFamily;
  readonly split: TaskSplit;
  /** Of the DUs and of all that happens to them: methods that are compared have the same. */
  readonly seed: number;
  /** Measured, after the warm-up; multiples of 100 ms, both. */
  readonly durationMs: number;
  readonly warmUpMs: number;
}

/** The DUs of a split that a seed names. */
export function testNetwork({ family, split, seed }: TestEpisodeOptions): SlicingEnvironment {
  return taskEnvironment({ family, split, network: 0, seed });
}

/** Lets policies act on the DUs and measures what comes of it. @param policies one a DU, made by the network */
export function playTestEpisode(
  options: TestEpisodeOptions,
  policies: (environment: SlicingEnvironment) => readonly DuPolicy[],
): LabResult {
  const { environment, first, untilMs, warmUpMs } = begin(options);
  const acting = { policies: policies(environment), quotaMode: options.family.quotaMode };
  const warm = play(environment, first, { ...acting, untilMs: warmUpMs });
  const meter = new LabMeter(environment, {}, options.durationMs);
  play(environment, warm, { ...acting, untilMs, onStep: (step) => meter.step(step) });
  return meter.result();
}

/** The same for the oracle, which needs no reports but the future. */
export function playOracle(
  options: TestEpisodeOptions,
  oracleOf: (environment: SlicingEnvironment) => ClairvoyantOracle,
): LabResult {
  const { environment, first, untilMs, warmUpMs } = begin(options);
  const oracle = oracleOf(environment);
  let meter = warmUpMs === 0 ? new LabMeter(environment, {}, options.durationMs) : undefined;
  let step: EnvironmentStep = first;
  while (step.timeMs < untilMs) {
    if (step.timeMs === warmUpMs) meter = new LabMeter(environment, {}, options.durationMs);
    const { slices } = environment.network;
    const decided = step.timeMs % SPLIT_PERIOD_MS === 0 ? oracle.decide() : undefined;
    step = environment.step(
      Array.from({ length: environment.duCount }, (_, du) => {
        const shares = decided?.[du];
        return shares === undefined ? {} : { quotas: quotaOf(shares, slices, options.family.quotaMode) };
      }),
    );
    meter?.step(step);
  }
  if (meter === undefined) throw new RangeError('nothing was measured');
  return meter.result();
}

function begin(options: TestEpisodeOptions) {
  const environment = testNetwork(options);
  const first = environment.reset(
    seedOfNode(options.seed, `${options.family.name} ${options.split} traffic`),
  );
  return { environment, first, untilMs: options.warmUpMs + options.durationMs, warmUpMs: options.warmUpMs };
}
