import { createHash } from 'node:crypto';
import {
  assertIdentity,
  type Checkpoint,
  CheckpointError,
  formatModel,
  type LoadedCheckpoint,
  type RoundReport,
  type StoredModel,
  type TrainerState,
  type TrainingIdentity,
  TrainingRun,
} from '@ricochet/training';
import { type EngineKind } from '@ricochet/rl';
import { CliError } from '../cli.error.js';
import { type FamilyFile } from '../stack/family-file.js';
import { versions } from '../versions.js';
import { resumeCommand } from './resume-command.js';
import { CurvesCsv } from './curves-csv.js';
import { type TrainingFolder } from './training-folder.js';
import { TrainingProgress } from './training-progress.js';
import { trainingSummary, type TrainingSummary } from './training-summary.js';

export interface TrainingSessionOptions {
  readonly name: string;
  readonly family: FamilyFile;
  readonly config: TrainingIdentity['config'];
  readonly seed: number;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly folder: TrainingFolder;
  /** Rounds from one checkpoint to the next, at least. */
  readonly checkpointEvery: number;
  readonly plain: boolean;
  readonly signal: AbortSignal;
}

/** One sitting of a training: from the start or a checkpoint to the end or an interruption, with its files. */
export class TrainingSession {
  private readonly run: TrainingRun;
  private readonly identity: TrainingIdentity;
  private history: RoundReport[] = [];
  /** The last state that there was to keep. */
  private kept: Checkpoint | undefined;
  /** Round of the newest checkpoint on disk. */
  private savedRound: number | undefined;

  constructor(private readonly options: TrainingSessionOptions) {
    const { family, config, seed, engine, threads } = options;
    this.run = new TrainingRun({
      ...{ family: family.family, config, seed, engine, threads },
      now: () => performance.now(),
    });
    this.identity = {
      ...{ family: family.family.name, familySha256: sha256(family.text), config, seed },
      engine: this.run.engine,
    };
  }

  /** Name of what computes. */
  get engine(): string {
    return this.run.engine;
  }

  /** @throws CliError when it is interrupted, or a file can not be written */
  async train(loaded: LoadedCheckpoint | undefined): Promise<TrainingSummary> {
    try {
      const from = loaded === undefined ? undefined : this.goOn(loaded);
      const done = await this.rounds(from);
      // The model before the curves: it is what the training was for.
      const summary = done ? this.finish() : undefined;
      await this.draw();
      if (summary === undefined) throw this.interrupted();
      return summary;
    } finally {
      await this.run.stop();
    }
  }

  /** @returns whether all rounds are done */
  private async rounds(from: TrainerState | undefined): Promise<boolean> {
    const { config, plain, folder, signal } = this.options;
    const csv = new CurvesCsv(folder.file('curves.csv'), this.history);
    const progress = new TrainingProgress({ rounds: config.rounds, from: this.history.length, plain });
    try {
      return await this.run.run({
        ...(from && { from }),
        signal,
        onState: (state) => this.keep(state),
        onRound: (report) => {
          this.history.push(report);
          csv.add(report);
          progress.add(report, performance.now());
        },
      });
    } finally {
      progress.stop();
    }
  }

  private goOn({ checkpoint, path, fault }: LoadedCheckpoint): TrainerState {
    try {
      assertIdentity(checkpoint.identity, this.identity, path);
    } catch (error) {
      if (error instanceof CheckpointError) throw new CliError(error.message);
      throw error;
    }
    if (fault !== undefined) process.stderr.write(`${fault}; the one before it is used\n`);
    if (checkpoint.nodeVersion !== process.version) {
      process.stderr.write(
        `checkpoint ${path} is of Node ${checkpoint.nodeVersion}, this is ${process.version}: ` +
          'the last bits may come out different\n',
      );
    }
    process.stderr.write(`going on from round ${checkpoint.state.round}\n`);
    this.history = [...checkpoint.history];
    if (fault === undefined) this.savedRound = checkpoint.state.round;
    return checkpoint.state;
  }

  /** Takes a state in; to disk only so often, but the first and the last in any case. */
  private keep(state: TrainerState): void {
    const { checkpointEvery, config } = this.options;
    const { identity, history } = this;
    this.kept = { identity, state, history: [...history], nodeVersion: process.version };
    const isDue = this.savedRound === undefined || state.round - this.savedRound >= checkpointEvery;
    if (isDue || state.round >= config.rounds) this.save();
  }

  private save(): void {
    const round = this.kept?.state.round;
    if (this.kept === undefined || round === this.savedRound) return;
    this.options.folder.checkpoints.save(this.kept);
    this.savedRound = round;
  }

  private async draw(): Promise<void> {
    // Only now: charts take half a second to load.
    const { curvesPage } = await import('./curves-page.js');
    const { folder, name, seed } = this.options;
    folder.write('curves.html', curvesPage(`Training of ${name}, seed ${seed}`, this.history));
  }

  private interrupted(): CliError {
    this.save();
    const again = resumeCommand(process.argv.slice(2));
    return new CliError(
      `interrupted after round ${this.history.length}; the checkpoint is of round ${this.savedRound}: go on by ${again}`,
      1,
    );
  }

  private finish(): TrainingSummary {
    const { name, config, folder } = this.options;
    const { ricochet, ...others } = versions();
    const model: StoredModel = {
      name,
      preset: config.preset,
      models: this.run.models,
      training: { ...this.identity, rounds: this.history.length, createdBy: `ricochet ${ricochet}` },
    };
    const summary = trainingSummary(model, this.history, { ricochet: ricochet ?? '', ...others });
    folder.write('model.json', formatModel(model));
    folder.write('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
    return summary;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
