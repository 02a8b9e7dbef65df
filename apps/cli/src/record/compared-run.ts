import { CliError } from '../cli.error.js';
import { Comparison } from './divergence.js';
import { recordedRun, type RecordedRunOptions } from './recorded-run.js';
import { openRecording, type RecordingReader } from './recording-reader.js';
import { differencesOf, planAgain, type RunPlan } from './run-plan.js';
import { type LocalRecording } from './streamed.js';
import { type SimulationFinished } from '@ricochet/contracts';

/** A recording that has been read to its end, all of it as it was written. @throws RecordingError */
export function checked({ path, name }: Pick<LocalRecording, 'path' | 'name'>): RecordingReader {
  const reader = openRecording(path, name);
  for (const message of reader.messages()) void message;
  return reader;
}

export interface ComparedRunOptions extends Pick<RecordedRunOptions, 'changes'> {
  readonly path: string;
  readonly recording: RecordingReader;
  /** Up to this simulation time the same must come; absent: to the end. */
  readonly sameUntilMs?: number;
  /** Simulation time of the end; absent: the recording's. */
  readonly untilMs?: number | undefined;
  readonly onMessage?: RecordedRunOptions['onMessage'];
}

/**
 * Runs a recording again and holds what comes against it. Gives how many messages were the same.
 * @throws CliError where the run goes another way
 */
export async function comparedRun(
  options: ComparedRunOptions,
): Promise<{ end: SimulationFinished; same: number }> {
  const { path, recording, changes, sameUntilMs = Infinity, onMessage } = options;
  for (const line of differencesOf(recording.header)) {
    process.stderr.write(`${line}: the hash need not be the same\n`);
  }
  const comparison = new Comparison(openRecording(path, recording.name).messages());
  const throwIfDiverged = (): void => {
    if (comparison.divergence === undefined) return;
    throw new CliError(`${recording.name}: the run goes another way\n${comparison.divergence.text}`, 1);
  };
  let isOver = false;
  const { plan, dispose } = planAgain(recording.header, recording.name);
  try {
    const end = await recordedRun({
      plan: withEnd(plan, options.untilMs),
      changes,
      onMessage: (message) => {
        isOver ||= message.timeMs >= sameUntilMs;
        if (!isOver) {
          comparison.add(message);
          throwIfDiverged();
        }
        onMessage?.(message);
      },
    });
    if (sameUntilMs === Infinity) comparison.end();
    throwIfDiverged();
    return { end, same: comparison.count };
  } finally {
    dispose();
  }
}

function withEnd(plan: RunPlan, untilMs = plan.untilMs): RunPlan {
  return { ...plan, untilMs };
}

/** What a recording that can not be run again is told with. */
export function lockstepOnly({ header, name }: RecordingReader, command: string): void {
  if (header.mode === 'lockstep') return;
  throw new CliError(`${name} was recorded in real time: ${command} needs a recording of a lockstep run`);
}
