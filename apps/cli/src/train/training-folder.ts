import { join, resolve } from 'node:path';
import { CheckpointError, CheckpointStore, type LoadedCheckpoint } from '@ricochet/training';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { writeWhole } from '../write-whole.js';
import { pathFault } from '../path-fault.js';

/** The folder of one training. */
export class TrainingFolder {
  readonly path: string;
  readonly checkpoints: CheckpointStore;

  /** Makes it. @throws CliError */
  constructor(folder: string) {
    this.path = resolve(folder);
    try {
      makeFolder(this.path);
    } catch (error) {
      throw new CliError(`--out ${pathFault(error, this.path)}`);
    }
    this.checkpoints = new CheckpointStore(join(this.path, 'checkpoint'));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /**
   * The checkpoint to go on from; none to begin anew.
   * @throws CliError when there is one and it is not to be gone on from, or can not be read
   */
  checkpoint(resume: boolean): LoadedCheckpoint | undefined {
    const loaded = this.load();
    if (loaded !== undefined && !resume) {
      throw new CliError(
        `--out ${this.path} has a training at round ${loaded.checkpoint.state.round}: go on with it by --resume, ` +
          'or give another folder',
      );
    }
    return loaded;
  }

  /** Puts a file in its place, whole. @throws CliError */
  write(name: string, text: string): void {
    writeWhole(this.file(name), text);
  }

  private load(): LoadedCheckpoint | undefined {
    try {
      return this.checkpoints.load();
    } catch (error) {
      if (error instanceof CheckpointError) throw new CliError(error.message);
      throw error;
    }
  }
}
