import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '@ricochet/platform';
import { CliError } from '../../cli.error.js';
import { packageFolder } from '../../stack/package-folder.js';

const SDK = '@ricochet/xapp-sdk';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface Module {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Packs the SDK of this installation for folders outside of it: our modules that it needs travel inside, those of others
 * are its dependencies.
 * @param into folder for the tarball
 * @returns the tarball's file name
 * @throws CliError when npm can not do it
 */
export async function packSdk(into: string): Promise<string> {
  const [sdk, ...inside] = await withOurs(SDK);
  const staged = await mkdtemp(join(tmpdir(), 'ricochet-sdk-'));
  try {
    const dependencies = Object.fromEntries(
      [sdk, ...inside].flatMap(({ manifest }) => Object.entries(manifest.dependencies ?? {})),
    );
    await stage(sdk, staged, {
      bin: sdk.manifest['bin'],
      dependencies,
      bundleDependencies: inside.map(nameOf),
    });
    await cp(join(sdk.folder, 'bin'), join(staged, 'bin'), { recursive: true });
    for (const module of inside) await stage(module, join(staged, 'node_modules', nameOf(module)));
    await mkdir(into, { recursive: true });
    const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', into], {
      cwd: staged,
    });
    return stdout.trim();
  } catch (error) {
    throw new CliError(`the SDK can not be packed: ${messageOf(error)}`, 1);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** A package of ours, then those of ours that it needs, each once. */
async function withOurs(name: string): Promise<readonly [Module, ...Module[]]> {
  const found = new Map<string, Module>();
  const look = async (wanted: string): Promise<Module> => {
    const folder = packageFolder(wanted);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
    const module = { folder, manifest };
    found.set(wanted, module);
    for (const needed of Object.keys(manifest.dependencies ?? {})) {
      if (needed.startsWith('@ricochet/') && !found.has(needed)) await look(needed);
    }
    return module;
  };
  const first = await look(name);
  return [first, ...[...found.values()].filter((module) => module !== first)];
}

/** Puts what a module is made of into a folder: what runs, its types, a manifest. */
async function stage({ folder, manifest }: Module, into: string, more: object = {}): Promise<void> {
  const { name, version, license } = manifest;
  const entry = { types: './dist/index.d.ts', default: './dist/index.js' };
  await cp(join(folder, 'dist'), join(into, 'dist'), {
    recursive: true,
    filter: (source) => !/\.(?:map|tsbuildinfo)$/.test(source),
  });
  const written = { name, version, license, type: 'module', exports: { '.': entry }, ...more };
  await writeFile(join(into, 'package.json'), `${JSON.stringify(written, null, 2)}\n`);
}

const nameOf = ({ manifest }: Module): string => manifest.name;
