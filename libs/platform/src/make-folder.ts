import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns where the file system takes
 * no folders, as that of /proc does.
 *
 * @param mode of folders that are made
 * @throws ErrnoException EEXIST when it is a file
 */
export function makeFolder(path: string, mode?: number): void {
  const whole = resolve(path);
  try {
    mkdirSync(whole, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(whole).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(whole))) throw error;
    makeFolder(dirname(whole), mode);
    mkdirSync(whole, mode);
  }
}
