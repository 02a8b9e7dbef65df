import { isDeepStrictEqual } from 'node:util';
import { type Bus } from '@ricochet/bus';
import { type SimulationFinished } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { E2_OVER_NATS, type E2Settings } from '../stack/e2-settings.js';
import { type ScenarioFile } from '../stack/scenario-file.js';
import { recordBus, type BusRecording } from './record-bus.js';
import { RecordingWriter } from './recording-writer.js';
import { planOf, type PlanOptions } from './run-plan.js';

/** What became of a recording. */
export interface Recorded {
  readonly file: string;
  readonly messages: number;
  readonly timeMs: number;
  readonly octets: number;
  readonly hash: string;
}

/** Keeps the messages of a run that leaves other files as well. */
export class RunRecorder {
  private recording: BusRecording | undefined;
  private hasEnded = false;

  private constructor(
    private readonly file: string,
    private readonly mode: PlanOptions['mode'],
    private readonly writer: RecordingWriter,
  ) {}

  /** @throws CliError when what the scenario names or the file can not be had */
  static open(file: string, scenario: ScenarioFile, options: PlanOptions): RunRecorder {
    const { header } = planOf(scenario, options);
    return new RunRecorder(file, options.mode, new RecordingWriter(file, header));
  }

  /** Before the run begins. Gives a promise that rejects when what is said can not be kept. */
  listen(bus: Bus): Promise<never> {
    this.recording = recordBus(bus, { mode: this.mode, onMessage: (message) => this.writer.add(message) });
    return this.recording.failed;
  }

  /** @throws CliError when it could not be kept to its end */
  async end({ timeMs, kpiHash }: SimulationFinished): Promise<Recorded> {
    await this.recording?.complete();
    const { hash, messages } = this.writer.end(timeMs, kpiHash);
    this.hasEnded = true;
    return { file: this.file, messages, timeMs, octets: this.writer.octets, hash };
  }

  /** Of a run that did not come to its end: leaves what there is. */
  close(): void {
    if (!this.hasEnded) this.writer.abandon();
  }
}

/** @throws CliError where E2 is spoken in another way than recordings are of */
export function assertRecordable(e2: E2Settings): void {
  if (isDeepStrictEqual(e2, E2_OVER_NATS)) return;
  throw new CliError('--record is of runs with E2 over NATS: leave --e2, --e2-codec and --e2-profile out');
}
