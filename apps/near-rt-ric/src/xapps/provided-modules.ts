import { existsSync } from 'node:fs';
import { mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What a package finds of this installation when it does not bring it: the SDK, what its types are made of, and names, rules
 * and agents for those who build on ours.
 */
export const PROVIDED: readonly string[] = [
  '@ricochet/xapp-sdk',
  'zod',
  '@ricochet/ran-types',
  '@ricochet/control',
  '@ricochet/training',
];

/** Lets packages below a folder import these: Node looks into the `node_modules` of every folder above them. */
export async function provideModules(folder: string): Promise<void> {
  for (const name of PROVIDED) {
    const target = folderOf(name);
    if (target !== undefined) await link(join(folder, 'node_modules', name), target);
  }
}

/**
 * What Node has to be told so that a package that stays where it is finds them; nothing when it does. For `NODE_OPTIONS`, so
 * that programs which the package starts are told, too.
 */
export function optionsToProvideModules(folder: string): string | undefined {
  const { resolve } = createRequire(join(folder, 'package.json'));
  const isFound = (name: string): boolean => {
    try {
      return resolve(name) !== '';
    } catch {
      return false;
    }
  };
  return PROVIDED.every(isFound)
    ? undefined
    : `--import=${import.meta.resolve('./provide-modules.loader.js')}`;
}

/** Of an installed package; `undefined`: there is none. */
function folderOf(name: string): string | undefined {
  try {
    let folder = dirname(createRequire(import.meta.url).resolve(name));
    while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
    return folder;
  } catch {
    return undefined;
  }
}

async function link(path: string, target: string): Promise<void> {
  const present = await readlink(path).catch(() => undefined);
  if (present === target) return;
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { recursive: true, force: true });
  await symlink(target, path, 'dir');
}
