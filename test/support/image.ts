import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { all, copyOf, type Instruction } from './dockerfile.js';

const isInstalled = (path: string): boolean => basename(path) === 'node_modules';

/**
 * The file system of an image, as its last stage copies it together, from what is built here. Packages are links to
 * those that are installed, development's among them.
 */
export class ImageFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'ricochet-image-'));

  constructor([builder, runtime]: readonly Instruction[][]) {
    for (const rest of all(runtime, 'COPY')) this.copy(rest);
    // The builder removes what is not needed before the copying.
    const cleanUp = all(builder, 'RUN').filter((command) => command.startsWith('find '));
    for (const command of cleanUp) execFileSync('sh', ['-ec', command], { cwd: this.folder });
  }

  private copy(rest: string): void {
    const { sources, destination } = copyOf(rest);
    for (const source of sources.map((path) => path.replace(/^\/app\//, ''))) {
      const target = join(this.folder, destination);
      const into = /\/$/.test(destination) ? join(target, basename(source)) : target;
      if (isInstalled(source)) linkPackages(into);
      else {
        mkdirSync(dirname(into), { recursive: true });
        cpSync(resolve(source), into, { recursive: true, filter: (path) => !isInstalled(path) });
      }
    }
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function linkPackages(into: string): void {
  mkdirSync(into);
  for (const name of readdirSync('node_modules')) {
    // Links to our own rooms are relative, so that they lead to the copies.
    if (name === '@ricochet') {
      cpSync('node_modules/@ricochet', join(into, name), { recursive: true, verbatimSymlinks: true });
    } else symlinkSync(resolve('node_modules', name), join(into, name));
  }
}
