import { onInterrupt } from '../stack/interrupt.js';
import { inParallel } from './in-parallel.js';
import { outcomeOf, runTitle, type RunOutcome } from './run-outcome.js';
import { checkRun, endMsOf, type ScenarioRun } from './run-scenario.js';
import { clearResults } from './run-folder.js';
import { SimulationBar } from './simulation-bar.js';

export interface RunAllOptions {
  /** Folder of what is told of all runs together; what a former command left there is removed. */
  readonly out?: string;
  /** Runs at the same time. */
  readonly jobs: number;
  /** Told of each outcome, in the order of the runs. */
  readonly onOutcome?: ((outcome: RunOutcome, index: number) => void) | undefined;
}

/**
 * Runs each on a stack of its own, several at a time; what comes of one does not depend on the others. Gives the outcomes
 * in the order of the runs.
 * @throws CliError on wrong input, before any is started, or when interrupted, when all that had been started have ended
 */
export async function runAll(
  runs: readonly ScenarioRun[],
  { jobs, onOutcome, out }: RunAllOptions,
): Promise<RunOutcome[]> {
  for (const run of runs) checkRun(run);
  if (out !== undefined) clearResults(out);
  void onInterrupt();
  const progress = new RunProgress(runs);
  progress.start();
  try {
    return await inParallel(runs, {
      jobs,
      work: (run, index) => outcomeOf(progress.followed(run, index)),
      onDone: (outcome, index) => progress.above(() => onOutcome?.(outcome, index)),
    });
  } finally {
    progress.stop();
  }
}

/** One bar for all runs. */
class RunProgress extends SimulationBar {
  private readonly timesMs: number[];

  constructor(private readonly runs: readonly ScenarioRun[]) {
    super(runs.reduce((sum, run) => sum + endMsOf(run), 0));
    this.timesMs = runs.map(() => 0);
  }

  /** The run, telling here how far it has come, and with its name before its lines where there are others. */
  followed(run: ScenarioRun, index: number): ScenarioRun {
    const prefix = this.runs.length > 1 ? `${runTitle(run)}: ` : '';
    return {
      ...run,
      onProgress: (timeMs) => {
        this.timesMs[index] = timeMs;
        this.update(this.timesMs.reduce((sum, one) => sum + one, 0));
      },
      onLine: (line) => this.above(() => process.stderr.write(`${prefix}${line}\n`)),
    };
  }
}
