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
  /** `not-reached`: the run ended before; `fault`: it did not come to its end. */
  readonly verdict: 'passed' | 'failed' | 'not-reached' | 'fault';
  /** What was measured, or why it was not. */
  readonly text: string;
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
  if (summary === undefined) return [{ name, verdict: 'fault', text: fault ?? 'no reason is known' }];
  const { assertions = [], assertionsNotReached = [] } = summary;
  if (assertions.length + assertionsNotReached.length === 0) {
    return [{ name, verdict: 'passed', text: 'it has no assertions' }];
  }
  return [
    ...assertions.map((assertion): Check => {
      const measured = `measured ${formatMeasured(assertion.measured)}`;
      const text = assertion.name === assertion.that ? measured : `${assertion.that}, ${measured}`;
      return { name: assertion.name, verdict: assertion.passed ? 'passed' : 'failed', text };
    }),
    ...assertionsNotReached.map((name): Check => ({
      name,
      verdict: 'not-reached',
      text: 'the run ended before',
    })),
  ];
}

/** So many of a run or several have this verdict. */
export function countOf(checks: readonly Check[], ...verdicts: readonly Check['verdict'][]): number {
  return checks.filter(({ verdict }) => verdicts.includes(verdict)).length;
}

/** Names of the assertions that runs did not come to. */
export function notReachedIn(outcomes: readonly RunOutcome[]): string[] {
  return [...new Set(outcomes.flatMap(({ summary }) => summary?.assertionsNotReached ?? []))];
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
  const failed = countOf(checks, 'failed');
  const judged = failed + countOf(checks, 'passed');
  if (failed > 0) throw new CliError(`${failed} of ${judged} assertions failed`, 1);
}
