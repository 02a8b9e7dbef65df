import { appendFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from './errors.js';

export interface RotatingFileOptions {
  readonly path: string;
  /** A file that would be greater becomes `<path>.1`. */
  readonly maxBytes: number;
  /** How many of those are kept, the newest `.1`. */
  readonly kept: number;
  /** The disk does not take it; told once, until it does again. What was to be written is dropped. */
  readonly onTrouble: (line: string) => void;
}

/** More than that waits for no disk. */
const MAX_WAITING_BYTES = 1_048_576;

/** A log file of bounded size. Writing never blocks and never fails. */
export class RotatingFile {
  private waiting: string[] = [];
  private waitingBytes = 0;
  private sizeBytes: number | undefined;
  private writing: Promise<void> | undefined;
  private isInTrouble = false;

  constructor(private readonly options: RotatingFileOptions) {}

  append(text: string): void {
    if (this.waitingBytes > MAX_WAITING_BYTES) return;
    this.waiting.push(text);
    this.waitingBytes += Buffer.byteLength(text);
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
  }

  /** Resolves when all that was handed over is on disk, or dropped. */
  async flush(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  private async writeAll(): Promise<void> {
    const { path, onTrouble } = this.options;
    while (this.waiting.length > 0) {
      const text = this.waiting.join('');
      const bytes = this.waitingBytes;
      this.waiting = [];
      this.waitingBytes = 0;
      try {
        this.sizeBytes ??= await this.begin();
        if (this.sizeBytes > 0 && this.sizeBytes + bytes > this.options.maxBytes) await this.rotate();
        await appendFile(path, text);
        this.sizeBytes += bytes;
        this.isInTrouble = false;
      } catch (error) {
        this.sizeBytes = undefined;
        if (!this.isInTrouble) onTrouble(`log ${path}: ${messageOf(error)}`);
        this.isInTrouble = true;
      }
    }
  }

  private async begin(): Promise<number> {
    const { path } = this.options;
    await mkdir(dirname(path), { recursive: true });
    return stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  }

  private async rotate(): Promise<void> {
    const { path, kept } = this.options;
    await rm(`${path}.${kept}`, { force: true });
    for (let n = kept - 1; n >= 0; n--) {
      await rename(n === 0 ? path : `${path}.${n}`, `${path}.${n + 1}`).catch(ignoreAbsence);
    }
    this.sizeBytes = 0;
  }
}

/** The last lines of a rotating file, the newest last; none when it has not been written. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  let text = await tail(path);
  for (let n = 1; text.split('\n').length <= count; n++) {
    const older = await tail(`${path}.${n}`);
    if (older === '') break;
    text = older + text;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return count > 0 ? lines.slice(-count) : [];
}

const TAIL_BYTES = 1_048_576;

async function tail(path: string): Promise<string> {
  const file = await open(path).catch(ignoreAbsence);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(size, TAIL_BYTES)),
      position: Math.max(0, size - TAIL_BYTES),
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function ignoreAbsence(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
