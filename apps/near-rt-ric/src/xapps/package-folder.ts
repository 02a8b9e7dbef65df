import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, lstat, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename, join, normalize, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  CONTROLS_SCHEMA_FILE,
  DESCRIPTOR_FILE,
  DescriptorError,
  readControls,
  readXAppDescriptor,
  type XAppDescriptor,
} from '@ricochet/contracts';
import { messageOf } from '@ricochet/platform';
import { XAppError } from './xapp.error.js';

/** What a package says of itself. */
export interface PackageContents {
  readonly descriptor: XAppDescriptor;
  /** JSON Schema of its configuration. */
  readonly controlsSchema?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads a package: `package.json` with `main` (or a command in the descriptor), `config-file.json`, and `schema.json`
 * where its configuration is to be judged. @param name what messages call it
 * @throws XAppError `XAPP_PACKAGE_INVALID`
 */
export async function readPackage(folder: string, name: string): Promise<PackageContents> {
  const refuse = (what: string): never => {
    throw new XAppError('XAPP_PACKAGE_INVALID', `package ${name}: ${what}`);
  };
  const json = async (file: string): Promise<unknown> => {
    const text = await readFile(join(folder, file), 'utf8').catch(ignoreAbsence);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      return refuse(`${file}: not JSON: ${messageOf(error)}`);
    }
  };
  try {
    const value = (await json(DESCRIPTOR_FILE)) ?? refuse(`it has no ${DESCRIPTOR_FILE}`);
    const descriptor = readXAppDescriptor(value);
    const schema = await json(CONTROLS_SCHEMA_FILE);
    if (schema !== undefined && !isRecord(schema)) refuse(`${CONTROLS_SCHEMA_FILE}: expected an object`);
    const controlsSchema = isRecord(schema) ? schema : undefined;
    if (controlsSchema !== undefined) readControls(descriptor.controls, controlsSchema);
    await checkProgram(folder, descriptor, await json('package.json')).catch((error: unknown) =>
      refuse(messageOf(error)),
    );
    return { descriptor, controlsSchema };
  } catch (error) {
    if (error instanceof DescriptorError) return refuse(error.message);
    throw error;
  }
}

async function checkProgram(folder: string, descriptor: XAppDescriptor, manifest: unknown): Promise<void> {
  const { version, main } = isRecord(manifest) ? manifest : {};
  if (typeof version === 'string' && version !== descriptor.version) {
    throw new Error(`${DESCRIPTOR_FILE}: version: ${descriptor.version}, but package.json has ${version}`);
  }
  if (descriptor.containers[0]?.command !== undefined) return;
  if (manifest === undefined) throw new Error(`it has no package.json, and ${DESCRIPTOR_FILE} no command`);
  if (typeof main !== 'string') throw new Error('package.json: no "main"');
  const isInside = !normalize(main).startsWith('..') && !normalize(main).startsWith(sep);
  const found = isInside ? await stat(join(folder, main)).catch(ignoreAbsence) : undefined;
  if (found?.isFile() !== true)
    throw new Error(`package.json: main: there is no file ${main} in the package`);
}

/** Copies a folder as it is, but for its version control; links lead where they led. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (source) => basename(source) !== '.git' });
}

/**
 * SHA-256 over the paths and contents of its files, sorted by path; of a link, over where it leads. Hexadecimal.
 * @param isLeftOut of a folder in it, by its path
 */
export async function digestOf(
  folder: string,
  isLeftOut: (path: string) => boolean = () => false,
): Promise<string> {
  const digest = createHash('sha256');
  for (const path of await filesOf(folder, isLeftOut)) {
    const name = relative(folder, path).split(sep).join('/');
    digest.update(`${name}\0${await contentDigest(path)}\n`);
  }
  return digest.digest('hex');
}

/** The package's folder inside of what was unpacked: npm puts it into one more. */
export async function rootOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const [only] = entries;
  return entries.length === 1 && only?.isDirectory() === true ? join(folder, only.name) : folder;
}

async function contentDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  if ((await lstat(path)).isSymbolicLink()) return hash.update(`link ${await readlink(path)}`).digest('hex');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function filesOf(folder: string, isLeftOut: (path: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (!entry.isDirectory()) files.push(path);
      else if (!isLeftOut(path)) folders.push(path);
    }
  }
  return files.sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ignoreAbsence(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
