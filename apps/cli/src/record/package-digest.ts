import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** What no xApp runs by: its sources, what it was built with, packages of others. */
const NOT_RUN = /^(?:src|node_modules|\..*)$|\.(?:d\.ts|map|tsbuildinfo|md)$|^tsconfig.*\.json$/;

/** SHA-256 over the files that a package runs by, hexadecimal. @throws CliError they can not be read */
export function packageDigest(folder: string): string {
  const hash = createHash('sha256');
  try {
    for (const path of filesOf(folder, '')) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  } catch (error) {
    throw new CliError(`package ${pathFault(error, folder)}`);
  }
  return hash.digest('hex');
}

function filesOf(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter(({ name }) => !NOT_RUN.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesOf(root, path) : [path];
    });
}
