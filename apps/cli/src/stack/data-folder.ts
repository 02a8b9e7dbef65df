import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** Where the services' logs are, in the folder that a stack works in. */
export const LOGS_FOLDER = 'logs';

/** A folder that one `ricochet up` at a time may use. */
export interface DataFolder {
  readonly path: string;
  release(): void;
}

/** Takes the folder for this process. @throws CliError when another one has it, or it can not be written */
export function takeDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const lock = join(path, 'ricochet.pid');
  try {
    mkdirSync(join(path, LOGS_FOLDER), { recursive: true });
    const holder = readHolder(lock);
    if (holder !== undefined) {
      throw new CliError(
        `${path} is in use by process ${holder}: stop it, or give another folder with --data`,
      );
    }
    writeFileSync(lock, `${process.pid}\n`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`--data ${pathFault(error, path)}`);
  }
  return { path, release: () => rmSync(lock, { force: true }) };
}

/** Who holds the lock; `undefined` when nobody does or the holder is no more. */
function readHolder(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    process.kill(pid, 0);
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined;
  }
}
