import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { xAppOwnNameSchema } from '@ricochet/contracts';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../../cli.error.js';
import { pathFault } from '../../path-fault.js';
import { packSdk } from './sdk-package.js';

const TEMPLATES = fileURLToPath(new URL('../../../templates/xapp', import.meta.url));

/**
 * Writes a new xApp, with the SDK in `vendor`.
 * @param folder to be made, or empty
 * @param given its name; absent: that of the folder
 * @returns its name
 * @throws CliError for a name that can not be one, and a folder that is in use or can not be written
 */
export async function initXApp(folder: string, given?: string): Promise<string> {
  const path = resolve(folder);
  const name = given ?? basename(path);
  const judged = xAppOwnNameSchema.safeParse(name);
  if (!judged.success) {
    const why = judged.error.issues[0]?.message;
    throw new CliError(
      `xApp ${JSON.stringify(name)}: ${why}${given === undefined ? ': give a name with --name' : ''}`,
    );
  }
  try {
    makeFolder(path);
    if ((await readdir(path)).length > 0) throw new CliError(`${path} is not empty`);
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(pathFault(error, path));
  }
  try {
    const sdk = await packSdk(join(path, 'vendor'));
    await render(path, { name, sdk });
  } catch (error) {
    // Half of it would be in the way of the next try.
    await rm(path, { recursive: true, force: true });
    throw error instanceof CliError ? error : new CliError(pathFault(error, path));
  }
  return name;
}

/** Copies the templates, with `{{word}}` replaced by what it stands for. */
async function render(path: string, words: Readonly<Record<string, string>>): Promise<void> {
  for (const entry of await readdir(TEMPLATES, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const template = join(entry.parentPath, entry.name);
    // A `.gitignore` among the templates would be one of this repository.
    const file = join(path, relative(TEMPLATES, template).replace(/^_/, '.'));
    const text = await readFile(template, 'utf8');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      text.replace(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? word),
    );
  }
}
