import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { notedFolders, noteRunning } from './running-folders.js';

/** Of a stack that is told no other, in the current folder. */
export const DEFAULT_DATA_FOLDER = '.ricochet';

/** Where the services' logs are, in the folder that a stack works in. */
export const LOGS_FOLDER = 'logs';

const LOCK_FILE = 'ricochet.pid';
const URL_FILE = 'nats.url';
const API_FILE = 'api.json';

/** Where a RIC's API is, and a key to it. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** A folder that one `ricochet up` at a time may use. */
export interface DataFolder {
  readonly path: string;
  /** Leaves the URL of our NATS server there, for this user's other commands. */
  tellUrl(url: string): void;
  /** Likewise of the RIC's API. */
  tellApi(access: ApiAccess): void;
  release(): void;
}

/** Takes the folder for this process. @throws CliError when another one has it, or it can not be written */
export function takeDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const lock = join(path, LOCK_FILE);
  const urlFile = join(path, URL_FILE);
  const apiFile = join(path, API_FILE);
  // They have secrets.
  const keep = (file: string, text: string): void => {
    rmSync(file, { force: true });
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  };
  try {
    makeFolder(join(path, LOGS_FOLDER));
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
  const forget = noteRunning(path);
  return {
    path,
    tellUrl: (url) => keep(urlFile, url),
    tellApi: ({ url, key }) => keep(apiFile, JSON.stringify({ url, key })),
    release: () => {
      forget();
      for (const file of [urlFile, apiFile, lock]) rmSync(file, { force: true });
    },
  };
}

/**
 * URL of the NATS server of a `ricochet up` that works.
 * @param folder that it works in; absent: `.ricochet` here, or else the one that this user's only one works in
 * @throws CliError when none does, or several do
 */
export function urlOfRunning(folder?: string): string {
  return toldByRunning(folder, URL_FILE, 'a server with --nats');
}

/** The API of the RIC of a `ricochet up` that works, found and @throws as {@link urlOfRunning} */
export function apiOfRunning(folder?: string): ApiAccess {
  return JSON.parse(toldByRunning(folder, API_FILE, 'an API with --api')) as ApiAccess;
}

function toldByRunning(folder: string | undefined, file: string, alternative: string): string {
  const path = folderOfRunning(folder);
  try {
    if (isInUse(path)) return readFileSync(join(path, file), 'utf8').trim();
  } catch {
    // Told below.
  }
  throw new CliError(`no "ricochet up" works in ${path}: give its folder with --data, or ${alternative}`, 1);
}

/**
 * The folder of a `ricochet up`: that given, or that of one that works. The one in the current folder goes before those
 * elsewhere. @throws CliError when several work elsewhere
 */
export function folderOfRunning(folder?: string): string {
  if (folder !== undefined) return resolve(folder);
  const elsewhere = isInUse(DEFAULT_DATA_FOLDER) ? [] : notedFolders().filter(isInUse);
  if (elsewhere.length > 1) {
    const folders = [...elsewhere].sort().join(', ');
    throw new CliError(`several "ricochet up" work, in ${folders}: choose one with --data`, 1);
  }
  return resolve(elsewhere[0] ?? DEFAULT_DATA_FOLDER);
}

const isInUse = (folder: string): boolean => readHolder(join(folder, LOCK_FILE)) !== undefined;

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
