import { CliError } from '../cli.error.js';
import { InterruptedError } from '../stack/interrupt.js';
import { formatMeasured } from './format-measured.js';
import { type RunFigures } from '../report/run-figures.js';
import { runScenario, type FinishedRun, type ScenarioRun } from './run-scenario.js';
import { type RunSummary } from './summary.js';

/** What came of one run of a scenario. */
export interface RunOutcome {
  /** The scenario's name. */
  readonly scenario: string;
  readonly seed: number;
  /** Its name among those that it is compared with. */
  readonly method?: string | undefined;
  /** Of all of it, start and end of the stack included. */
  readonly wallMs: number;
  /** Absent when it did not come to its end. */
  readonly summary?: RunSummary;
  /** What reports draw of it; likewise. */
  readonly figures?: RunFigures;
  readonly recorded?: FinishedRun['recorded'];
  /** Why it did not. */
  readonly fault?: string;
}

/** One thing that had to hold of a run. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** What was measured, or why it was not. */
  readonly text: string;
  /** Whether nothing could be measured at all. */
  readonly isFault: boolean;
}

/** What tells a run from the others of its scenario. */
export function runTitle({ method, seed }: Pick<RunOutcome, 'method' | 'seed'>): string {
  return method === undefined ? `seed ${seed}` : `${method}, seed ${seed}`;
}

/** Runs a scenario; a run that does not come to its end has a fault. @throws CliError wrong input, or interrupted */
export async function outcomeOf(run: ScenarioRun): Promise<RunOutcome> {
  const startedMs = performance.now();
  const about = { scenario: run.scenario.name, seed: run.seed, method: run.method };
  const wallMs = (): number => Math.round(performance.now() - startedMs);
  try {
    const finished = await runScenario(run);
    return { ...about, wallMs: wallMs(), ...finished };
  } catch (error) {
    const isFault = error instanceof CliError && error.exitCode === 1 && !(error instanceof InterruptedError);
    if (!isFault) throw error;
    return { ...about, wallMs: wallMs(), fault: error.message };
  }
}

/** The assertions of a run; where there are none, or it did not come to its end, that it does. */
export function checksOf({ summary, fault }: RunOutcome): Check[] {
  const name = 'runs to its end';
  if (summary === undefined)
    return [{ name, passed: false, text: fault ?? 'no reason is known', isFault: true }];
  const { assertions = [], assertionsNotReached } = summary;
  const noAssertions =
    assertionsNotReached === undefined ? 'it has no assertions' : 'it came to none of its assertions';
  if (assertions.length === 0) return [{ name, passed: true, text: noAssertions, isFault: false }];
  return assertions.map((assertion) => {
    const measured = `measured ${formatMeasured(assertion.measured)}`;
    const text = assertion.name === assertion.that ? measured : `${assertion.that}, ${measured}`;
    return { name: assertion.name, passed: assertion.passed, text, isFault: false };
  });
}

/** @throws CliError with exit code 1 when a run did not come to its end */
export function assertEnded(outcomes: readonly RunOutcome[]): void {
  const failed = outcomes.filter(({ fault }) => fault !== undefined);
  const [first] = failed;
  if (first === undefined) return;
  const { fault = '' } = first;
  if (outcomes.length === 1) throw new CliError(fault, 1);
  throw new CliError(`${failed.length} of ${outcomes.length} runs failed: ${runTitle(first)}: ${fault}`, 1);
}

/** @throws CliError with exit code 1 when a run has a fault or an assertion failed */
export function assertPassed(outcomes: readonly RunOutcome[]): void {
  assertEnded(outcomes);
  const checks = outcomes.flatMap(checksOf);
  const failed = checks.filter(({ passed }) => !passed).length;
  if (failed > 0) throw new CliError(`${failed} of ${checks.length} assertions failed`, 1);
}
