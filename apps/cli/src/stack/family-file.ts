import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTaskFamily, type TaskFamily } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { networkFault } from './scenario-file.js';

/** Where the families lie that go by a name. */
const FAMILIES_FOLDER = fileURLToPath(new URL('../../../../scenarios/families', import.meta.url));

/** A task family with the text it was read from. */
export interface FamilyFile {
  readonly family: TaskFamily;
  readonly text: string;
}

/** Reads a task family, by its name or the path of a file. @throws CliError with one line a problem */
export function loadFamily(nameOrPath: string): FamilyFile {
  const isName = /^[a-z0-9-]+$/.test(nameOrPath);
  const path = isName ? join(FAMILIES_FOLDER, `${nameOrPath}.yaml`) : nameOrPath;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isName) {
      throw new CliError(
        `${nameOrPath} is no task family: ${familyNames().join(', ')}, or the path of a file`,
      );
    }
    throw new CliError(`task family ${pathFault(error, path)}`);
  }
  try {
    return { family: parseTaskFamily(text, path, networkFault), text };
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

function familyNames(): string[] {
  return readdirSync(FAMILIES_FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
