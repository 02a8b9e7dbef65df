import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { DESCRIPTOR_FILE } from '@ricochet/contracts';
import { CliError } from '../../cli.error.js';
import { pathFault } from '../../path-fault.js';
import { xappPackage, type XAppPackage } from '../../stack/xapp-package.js';

/** The xApp in a folder, which has to be built. @throws CliError when there is none, or it is not */
export function testedXApp(folder: string): XAppPackage {
  let path: string;
  try {
    path = realpathSync(folder);
  } catch (error) {
    throw new CliError(pathFault(error, folder));
  }
  if (!existsSync(join(path, DESCRIPTOR_FILE))) {
    throw new CliError(`${path} is no xApp: it has no ${DESCRIPTOR_FILE}`);
  }
  const xapp = xappPackage(path, path);
  if (xapp.command === undefined) checkMain(path);
  return xapp;
}

function checkMain(path: string): void {
  const manifest = join(path, 'package.json');
  let main: unknown;
  try {
    ({ main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: unknown });
  } catch (error) {
    throw new CliError(pathFault(error, manifest));
  }
  if (typeof main !== 'string')
    throw new CliError(`${manifest}: no "main", and ${DESCRIPTOR_FILE} no command`);
  if (!existsSync(join(path, main)))
    throw new CliError(`${join(path, main)} is not there: build the xApp first`);
}
