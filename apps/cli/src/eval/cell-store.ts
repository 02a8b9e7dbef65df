import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

interface StoredCell<T> {
  /** Of all that decides the cell. */
  readonly key: string;
  readonly result: T;
}

/** The cells of an evaluation in a folder, a JSON file each: what is there is not computed again. */
export class CellStore {
  private readonly folder: string;

  /** @throws CliError when the folder can not be made */
  constructor(
    outFolder: string,
    /** What decides all cells, such as the budget and the engine. */
    private readonly common: unknown,
  ) {
    this.folder = join(outFolder, 'cells');
    try {
      makeFolder(this.folder);
    } catch (error) {
      throw new CliError(`--out ${pathFault(error, this.folder)}`);
    }
  }

  /**
   * The result of a cell: as it is stored, or computed and stored. One that is not readable, or was computed from
   * something else, is computed again.
   * @param inputs what decides the cell
   */
  async cell<T>(name: string, inputs: unknown, compute: () => Promise<T>): Promise<T> {
    const path = join(this.folder, `${name.replace(/[^a-z0-9.+-]+/gi, '_')}.json`);
    const key = createHash('sha256')
      .update(encode({ common: this.common, inputs }))
      .digest('hex');
    const stored = read<T>(path);
    if (stored?.key === key) return stored.result;
    const result = await compute();
    try {
      writeFileSync(`${path}.new`, encode({ key, result } satisfies StoredCell<T>));
      renameSync(`${path}.new`, path);
    } catch (error) {
      throw new CliError(`--out ${pathFault(error, path)}`, 1);
    }
    return result;
  }
}

function read<T>(path: string): StoredCell<T> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'), revive) as StoredCell<T>;
  } catch {
    return undefined;
  }
}

const FLOATS = 'float32 base64:';

/** JSON, with vectors as text. */
function encode(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each instanceof Float32Array
      ? FLOATS + Buffer.from(each.buffer, each.byteOffset, each.byteLength).toString('base64')
      : each,
  );
}

function revive(_: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(FLOATS)) return value;
  const bytes = Buffer.from(value.slice(FLOATS.length), 'base64');
  return new Float32Array(new Uint8Array(bytes).buffer);
}
