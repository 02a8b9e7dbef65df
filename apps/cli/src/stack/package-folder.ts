import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli.error.js';

/** Folder of an installed package: the one above its entry that has a manifest. @throws CliError when there is none */
export function packageFolder(packageName: string): string {
  let folder: string;
  try {
    folder = dirname(fileURLToPath(import.meta.resolve(packageName)));
  } catch {
    throw new CliError(`package ${packageName} is not installed`);
  }
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
