import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ReplaceOptions {
  /** Where the file that was there before goes; it is lost when absent. */
  readonly previous?: string | undefined;
}

/**
 * Puts a file in the place of another, so that at any moment, even of a power failure, the old one or the new one is
 * there as a whole, in its place or, for a moment, as `previous`.
 * @throws the file system's error, with the old file as it was
 */
export function replaceFile(
  path: string,
  content: string | Uint8Array,
  { previous }: ReplaceOptions = {},
): void {
  const temporary = `${path}.tmp`;
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (previous !== undefined) renameSync(path, previous);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Makes the new names last; where folders can not be opened (Windows) there is nothing to do. */
function syncFolder(folder: string): void {
  let file: number;
  try {
    file = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
