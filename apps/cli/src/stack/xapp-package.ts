import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DESCRIPTOR_FILE, DescriptorError, readXAppDescriptor } from '@ricochet/contracts';
import { oneOf } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { readJson } from '../read-json.js';
import { packageFolder } from './package-folder.js';

const MANIFEST_FILE = 'package.json';

/** The xApps that come with Ricochet, and how to name others. */
const KNOWN_XAPPS = [
  '@ricochet/kpi-monitor',
  '@ricochet/slice-guard',
  '@ricochet/slice-quota',
  '@ricochet/slice-scheduler',
  'a path (./…)',
];

/** A package that the xApp host runs where it is. */
export interface XAppPackage {
  readonly name: string;
  /** `undefined` where its manifest has none. */
  readonly version: string | undefined;
  /** Its folder, absolute. */
  readonly path: string;
  /** The configuration when none is given: its descriptor's `controls`. */
  readonly controls: Readonly<Record<string, unknown>>;
  /** Program and arguments instead of the manifest's `main`. */
  readonly command: readonly string[] | undefined;
}

/**
 * Finds an xApp by the name of an installed package, or by a path that begins with `.` or `/`.
 * @param from folder that a path is relative to
 * @param version that it has to be of; any when absent
 * @throws CliError when it is not there, is of another version, or its descriptor is not as it must be
 */
export function xappPackage(reference: string, from: string, version?: string): XAppPackage {
  const found = findPackage(reference, from);
  if (version !== undefined && found.version !== version) {
    throw new CliError(
      `xApp ${reference} is of version ${found.version ?? 'none'}, the scenario wants ${version}`,
    );
  }
  return found;
}

function findPackage(reference: string, from: string): XAppPackage {
  const path = /^[./]/.test(reference) ? resolve(from, reference) : installedXApp(reference);
  if (!existsSync(path)) throw new CliError(`${path} is not there: expected the folder of an xApp`);
  const descriptor = jsonOf(join(path, DESCRIPTOR_FILE));
  if (descriptor !== undefined) {
    try {
      const { xapp_name: name, version, controls, containers } = readXAppDescriptor(descriptor);
      return { name, version, path, controls, command: containers[0]?.command };
    } catch (error) {
      if (error instanceof DescriptorError) throw new CliError(`xApp ${path}: ${error.message}`);
      throw error;
    }
  }
  const manifest = jsonOf(join(path, MANIFEST_FILE)) as { name?: unknown; version?: unknown } | undefined;
  if (typeof manifest?.name !== 'string') {
    throw new CliError(
      `${path} is no xApp: it has no ${DESCRIPTOR_FILE}, and no ${MANIFEST_FILE} with a name`,
    );
  }
  const name = manifest.name.slice(manifest.name.lastIndexOf('/') + 1);
  const version = typeof manifest.version === 'string' ? manifest.version : undefined;
  return { name, version, path, controls: {}, command: undefined };
}

/** @throws CliError */
function installedXApp(name: string): string {
  try {
    return packageFolder(name);
  } catch {
    throw new CliError(`no such xApp is installed: ${oneOf(name, KNOWN_XAPPS)}`);
  }
}

/** The nearest folder above a file that is a package; without any, the file's folder. */
export function enclosingPackage(file: string): string {
  const own = dirname(file);
  const isPackage = (folder: string): boolean =>
    [MANIFEST_FILE, DESCRIPTOR_FILE].some((name) => existsSync(join(folder, name)));
  for (let folder = own; ; folder = dirname(folder)) {
    if (isPackage(folder)) return folder;
    if (folder === dirname(folder)) return own;
  }
}

/** `undefined` when there is no such file. @throws CliError */
function jsonOf(path: string): unknown {
  return existsSync(path) ? readJson(path) : undefined;
}
