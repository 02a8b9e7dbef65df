import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** What no xApp runs by: what it was built with, packages of others; and its sources, at the top. */
const SOURCES = 'src';
const NOT_RUN = /^(?:node_modules|\..*)$|\.(?:d\.ts|map|tsbuildinfo|md)$|^tsconfig.*\.json$/;

/**
 * SHA-256 over the files that a package runs by, hexadecimal; links to folders count with where they lead, not with what is
 * there. @throws CliError they can not be read
 */
export function packageDigest(folder: string): string {
  const hash = createHash('sha256');
  try {
    for (const path of filesOf(folder, '')) hash.update(`${path}\n`).update(contentOf(join(folder, path)));
  } catch (error) {
    throw new CliError(`package ${pathFault(error, folder)}`);
  }
  return hash.digest('hex');
}

function filesOf(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter(({ name }) => !NOT_RUN.test(name) && !(below === '' && name === SOURCES))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesOf(root, path) : [path];
    });
}

function contentOf(path: string): string | Buffer {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(path) : readlinkSync(path);
}
