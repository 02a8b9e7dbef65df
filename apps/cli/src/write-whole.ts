import { replaceFile } from '@ricochet/training';
import { CliError } from './cli.error.js';
import { pathFault } from './path-fault.js';

/** Puts a file in its place, whole: readers see the old one or the new one. @throws CliError */
export function writeWhole(path: string, content: string | Uint8Array): void {
  try {
    replaceFile(path, content);
  } catch (error) {
    throw new CliError(pathFault(error, path), 1);
  }
}
