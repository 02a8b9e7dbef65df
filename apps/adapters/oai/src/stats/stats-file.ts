import { open, stat } from 'node:fs/promises';
import { messageOf } from '@ricochet/platform';
import { type MacUe, readMacStats } from './mac-stats.js';

/** What the file told at a time of its own. */
export interface MacSnapshot {
  /** When the gNB wrote it, ms since 1970. */
  readonly writtenMs: number;
  readonly ues: ReadonlyMap<number, MacUe>;
}

const MAX_BYTES = 256 * 1024;

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
    const text = await head(path);
    const ues = readMacStats(text);
    if (ues.size === 0 && text === '' && last !== undefined) return last;
    // Half written: those that are not there yet are as they were.
    const isWhole = text.endsWith('\n');
    const kept = isWhole ? [] : [...(last?.ues ?? [])];
    this.last = { writtenMs: found.mtimeMs, ues: new Map([...kept, ...ues]) };
    return this.last;
  }
}

async function head(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
