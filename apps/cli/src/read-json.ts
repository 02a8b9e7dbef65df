import { readFileSync } from 'node:fs';
import { messageOf } from '@ricochet/platform';
import { CliError } from './cli.error.js';
import { pathFault } from './path-fault.js';

/** What a JSON file holds. @throws CliError there is no such file, or it is no JSON */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(pathFault(error, path));
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${path}: not JSON: ${messageOf(error)}`);
  }
}
