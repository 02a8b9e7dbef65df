import { type FileHandle, open, stat } from 'node:fs/promises';
import { messageOf } from '@ricochet/platform';
import { type MacUe, readMacStats } from './mac-stats.js';

/** A UE, and when the gNB wrote of it, ms since 1970. */
export type WrittenUe = Readonly<MacUe> & { readonly writtenMs: number };

/** What the file told at a time of its own. */
export interface MacSnapshot {
  /** When the gNB wrote it, ms since 1970. */
  readonly writtenMs: number;
  readonly ues: ReadonlyMap<number, WrittenUe>;
  /** UEs that were too many to be read. */
  readonly leftOut: number;
}

const MAX_BYTES = 256 * 1024;
/** A file that is written while it is read is read again, so often at most. */
const MAX_READS = 3;

/**
 * `nrMAC_stats.log`, which the gNB truncates and writes anew every second: a read may meet it empty, half written, or
 * as it was before.
 */
export class StatsFile {
  private last: MacSnapshot | undefined;

  constructor(private readonly path: string) {}

  /** The newest that could be read; `undefined` before the first. @throws {Error} when there is no such file */
  async read(): Promise<MacSnapshot | undefined> {
    const { last, path } = this;
    const found = await stat(path).catch((error: unknown) => {
      throw new Error(messageOf(error));
    });
    // Others than files may never end, or never begin.
    if (!found.isFile()) throw new Error(`${path} is no file`);
    if (found.mtimeMs === last?.writtenMs) return last;
    const { text, writtenMs } = await settled(path);
    if (text === '' && last !== undefined) return last;
    const { ues, leftOut } = readMacStats(text);
    // Half written: those that are not there yet, and the one that may not be whole, are as they were.
    const isWhole = text.endsWith('\n');
    const unsure = isWhole ? undefined : [...ues.keys()].at(-1);
    if (unsure !== undefined && last?.ues.has(unsure)) ues.delete(unsure);
    const kept = isWhole ? [] : [...(last?.ues ?? [])];
    const written = [...ues].map(([rnti, ue]) => [rnti, { ...ue, writtenMs }] as const);
    this.last = { writtenMs, ues: new Map([...kept, ...written]), leftOut };
    return this.last;
  }
}

/** The text of a file that did not change while it was read, as far as it comes to rest. */
async function settled(path: string): Promise<{ readonly text: string; readonly writtenMs: number }> {
  const file = await open(path, 'r');
  try {
    for (let reads = 1; ; reads++) {
      const before = await file.stat();
      const text = await head(file);
      const after = await file.stat();
      const isSettled = before.mtimeMs === after.mtimeMs && before.size === after.size;
      if (isSettled || reads === MAX_READS) return { text, writtenMs: before.mtimeMs };
    }
  } finally {
    await file.close();
  }
}

async function head(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
  return buffer.toString('latin1', 0, bytesRead);
}
