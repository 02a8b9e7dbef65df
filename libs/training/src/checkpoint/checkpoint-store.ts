import { readFileSync } from 'node:fs';
import { CheckpointError } from './checkpoint.error.js';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint-format.js';
import { replaceFile } from './replace-file.js';

export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The file it is from. */
  readonly path: string;
  /** Why it is not from the newest file: one line. */
  readonly fault?: string;
}

/** The checkpoints of one training: the newest, and the one before it as `<path>.previous`. */
export class CheckpointStore {
  /** Whether what is at `path` is worth keeping as the one before. */
  private isGood = false;

  constructor(readonly path: string) {}

  get previousPath(): string {
    return `${this.path}.previous`;
  }

  /**
   * The newest checkpoint that can be read; `undefined` when there is none at all.
   * @throws CheckpointError when there is one and none can be read
   */
  load(): LoadedCheckpoint | undefined {
    const newest = read(this.path);
    this.isGood = 'checkpoint' in newest;
    if ('checkpoint' in newest) return { ...newest, path: this.path };
    const previous = read(this.previousPath);
    if ('checkpoint' in previous) return { ...previous, path: this.previousPath, ...newest };
    const faults = [newest, previous].flatMap(({ fault }) => fault ?? []);
    if (faults.length > 0) throw new CheckpointError(faults.join('; '));
    return undefined;
  }

  /** @throws CheckpointError when it can not be written; what was there before is still there */
  save(checkpoint: Checkpoint): void {
    try {
      replaceFile(this.path, encodeCheckpoint(checkpoint), {
        previous: this.isGood ? this.previousPath : undefined,
      });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = code === 'ENOSPC' ? 'no space is left on the device' : message;
      throw new CheckpointError(`checkpoint ${this.path} can not be written: ${reason}`, { cause: error });
    }
    this.isGood = true;
  }
}

/** A file that is not there has neither. */
function read(path: string): { readonly checkpoint: Checkpoint } | { readonly fault?: string } {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? {} : { fault: `checkpoint ${path} can not be read: ${message}` };
  }
  try {
    return { checkpoint: decodeCheckpoint(file) };
  } catch (error) {
    return { fault: `checkpoint ${path} ${(error as Error).message}` };
  }
}
