import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DESCRIPTOR_FILE, readXAppDescriptor, type XAppDescriptor } from '@ricochet/contracts';
import { messageOf, type ResourceLimits } from '@ricochet/platform';
import { Store, type XAppPackageRecord } from '@ricochet/store';
import { Inject, Injectable } from '@nestjs/common';
import { RIC_CONFIG, xAppsFolder, type RicConfig } from '../ric.config.js';
import { copyFolder, digestOf, readPackage, rootOf, type PackageContents } from './package-folder.js';
import { provideModules } from './provided-modules.js';
import { unpackTarball, type TarballLimits } from './tarball.js';
import { checkCeiling, checkPriorityCeiling, limitsOf } from './xapp-ceilings.js';
import { XAppError } from './xapp.error.js';

const LIMITS: TarballLimits = { maxBytes: 268_435_456, maxFiles: 50_000 };
const INCOMING = '.incoming-';

/** An onboarded version of an xApp. */
export interface XAppPackage extends PackageContents {
  readonly name: string;
  readonly version: string;
  /** SHA-256 over its files, hexadecimal. */
  readonly digest: string;
  /** Folder that it runs from. */
  readonly path: string;
  /** Part of this installation, run where it is. */
  readonly builtin: boolean;
  /** Wall clock, epoch ms. */
  readonly onboardedAtMs: number;
}

/**
 * Onboarded packages, each version in a folder of its own that does not change any more:
 * `<data>/xapps/<name>/<version>`.
 */
@Injectable()
export class XAppPackages {
  private readonly packages = new Map<string, XAppPackage>();
  private readonly folder: string;
  private readonly data: string;
  private onboarding: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {
    this.folder = resolve(xAppsFolder(config));
    this.data = dirname(this.folder);
  }

  /** What the store has; what an earlier life left half done is removed. */
  async load(): Promise<void> {
    for (const record of await this.store.xAppPackages()) this.keep(packageOf(record));
    // They may be elsewhere since.
    if (this.all().some(({ builtin }) => !builtin)) await provideModules(this.folder).catch(() => undefined);
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (name.startsWith(INCOMING)) await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }

  /** In the order of their onboarding, an xApp's versions together. */
  all(): readonly XAppPackage[] {
    return [...this.packages.values()].sort(
      (a, b) => a.name.localeCompare(b.name) || a.onboardedAtMs - b.onboardedAtMs,
    );
  }

  find(name: string, version: string): XAppPackage | undefined {
    return this.packages.get(keyOf(name, version));
  }

  /** @throws XAppError `XAPP_UNKNOWN` */
  get(name: string, version: string): XAppPackage {
    const found = this.find(name, version);
    if (found !== undefined) return found;
    const others = this.all().filter((one) => one.name === name);
    const known =
      others.length > 0
        ? `of xApp ${name} there are ${others.map((one) => one.version).join(', ')}`
        : `no version of xApp ${name} has been onboarded`;
    throw new XAppError('XAPP_UNKNOWN', `there is no package ${name} ${version}: ${known}`);
  }

  /** The one that was onboarded last. @throws XAppError `XAPP_UNKNOWN` */
  latest(name: string): XAppPackage {
    const latest = this.all().findLast((one) => one.name === name);
    if (latest === undefined) {
      throw new XAppError('XAPP_UNKNOWN', `no version of xApp ${name} has been onboarded`);
    }
    return latest;
  }

  /**
   * A version that may run, the one onboarded last when none is told. Ceilings may have come down since it was onboarded.
   * @throws XAppError `XAPP_UNKNOWN`, `XAPP_NOT_ALLOWED`
   */
  runnable(name: string, version?: string): XAppPackage {
    const found = version === undefined ? this.latest(name) : this.get(name, version);
    // The scenario's are the operator's own.
    if (!found.builtin) checkCeiling(this.config.RICOCHET_XAPP_CEILINGS, found.descriptor);
    return found;
  }

  /** What processes of a package may use; `undefined`: as much as there is. */
  limitsOf(onboarded: XAppPackage): ResourceLimits | undefined {
    return limitsOf(onboarded, this.config.RICOCHET_XAPP_CEILINGS);
  }

  /** @throws XAppError `XAPP_NOT_ALLOWED` a priority that an operator gives is above the ceiling */
  checkPriority(name: string, priority: number): void {
    checkPriorityCeiling(this.config.RICOCHET_XAPP_CEILINGS, name, priority);
  }

  /** Where what a version writes is kept. */
  logFile(name: string, version: string): string {
    return join(this.folder, name, 'logs', `${version}.log`);
  }

  /**
   * Takes a package in, from a folder or a `.tgz`. Doing it again with the same contents changes nothing.
   * @throws XAppError `XAPP_PACKAGE_INVALID`, `XAPP_NOT_ALLOWED`, `XAPP_NO_ROOM`; `XAPP_CONFLICT`: that version has other
   * contents here
   */
  onboard(source: string): Promise<XAppPackage> {
    const onboarded = this.onboarding.then(() => this.onboardOne(source));
    this.onboarding = onboarded.catch(() => undefined);
    return onboarded;
  }

  /** Takes a package of this installation in by reference; its descriptor may be missing. @throws XAppError, Error */
  async adopt(name: string, path: string): Promise<XAppPackage> {
    const hasDescriptor = (await stat(join(path, DESCRIPTOR_FILE)).catch(() => undefined)) !== undefined;
    const contents: PackageContents = hasDescriptor
      ? await readPackage(path, name)
      : { descriptor: await bareDescriptor(name, path) };
    const { version, xapp_name: own } = contents.descriptor;
    if (own !== name) {
      throw new XAppError('XAPP_PACKAGE_INVALID', `package ${name}: its ${DESCRIPTOR_FILE} names it ${own}`);
    }
    const known = this.find(name, version);
    // Our own data may lie in it and change; what it has installed is large, and not what its author works at.
    const digest = await digestOf(
      path,
      (inside) => inside === this.data || basename(inside) === 'node_modules',
    );
    if (known?.digest === digest && known.path === path) return known;
    for (const other of this.all()) {
      if (other.name === name && other.builtin && other.version !== version) this.forget(other);
    }
    const adopted = { ...contents, name, version, digest, path, builtin: true, onboardedAtMs: Date.now() };
    this.keep(adopted);
    // A disk in trouble must not hold the start up, and it is adopted again at the next.
    this.store.saveXAppPackage(adopted).catch(() => undefined);
    return adopted;
  }

  /** Forgets a version and deletes its files and logs. @throws XAppError `XAPP_UNKNOWN` */
  async remove(name: string, version: string): Promise<void> {
    const removed = this.get(name, version);
    const { path, builtin } = removed;
    // First, so that nobody deploys it meanwhile.
    this.packages.delete(keyOf(name, version));
    await this.store.deleteXAppPackage(name, version).catch((error: unknown) => {
      this.keep(removed);
      throw error;
    });
    if (!builtin) await rm(path, { recursive: true, force: true });
    const log = this.logFile(name, version);
    for (const file of [log, `${log}.1`, `${log}.2`]) await rm(file, { force: true });
  }

  private async onboardOne(source: string): Promise<XAppPackage> {
    const incoming = join(this.folder, `${INCOMING}${randomUUID()}`);
    try {
      const root = await this.bring(source, incoming);
      const contents = await readPackage(root, basename(source));
      checkCeiling(this.config.RICOCHET_XAPP_CEILINGS, contents.descriptor);
      return await this.settle(root, contents, source);
    } catch (error) {
      throw this.faultOf(error, source);
    } finally {
      await rm(incoming, { recursive: true, force: true });
    }
  }

  /** Gives the folder that has the package's contents. */
  private async bring(source: string, incoming: string): Promise<string> {
    const found = await stat(source).catch(() => undefined);
    if (found === undefined) {
      throw new XAppError('XAPP_PACKAGE_INVALID', `package ${source}: there is no such folder or file`);
    }
    await mkdir(incoming, { recursive: true });
    if (found.isDirectory()) {
      await copyFolder(source, join(incoming, 'package'));
      return join(incoming, 'package');
    }
    await unpackTarball(source, incoming, LIMITS);
    return rootOf(incoming);
  }

  private async settle(root: string, contents: PackageContents, source: string): Promise<XAppPackage> {
    const { xapp_name: name, version } = contents.descriptor;
    const digest = await digestOf(root);
    const known = this.find(name, version);
    if (known !== undefined && known.digest !== digest) {
      throw new XAppError(
        'XAPP_CONFLICT',
        `package ${basename(source)}: ${name} ${version} has been onboarded with other contents ` +
          `(${known.digest.slice(0, 12)}, not ${digest.slice(0, 12)}): give it another version`,
      );
    }
    const path = join(this.folder, name, version);
    const isThere = known !== undefined && (await stat(known.path).catch(() => undefined)) !== undefined;
    if (isThere) return known;
    await mkdir(join(this.folder, name), { recursive: true });
    await provideModules(this.folder);
    // Of an onboarding that did not reach the store.
    await rm(path, { recursive: true, force: true });
    await rename(root, path);
    const settled = { ...contents, name, version, digest, path, builtin: false, onboardedAtMs: Date.now() };
    await this.store.saveXAppPackage(settled).catch(async (error: unknown) => {
      await rm(path, { recursive: true, force: true });
      throw error;
    });
    this.keep(settled);
    return settled;
  }

  private faultOf(error: unknown, source: string): XAppError {
    if (error instanceof XAppError) return error;
    const { code } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    const what = isFull ? `there is no room for it in ${this.folder}` : messageOf(error);
    const as = isFull ? 'XAPP_NO_ROOM' : 'XAPP_PACKAGE_INVALID';
    return new XAppError(as, `package ${source}: ${what}`, { cause: error });
  }

  private forget({ name, version }: XAppPackage): void {
    this.packages.delete(keyOf(name, version));
    this.store.deleteXAppPackage(name, version).catch(() => undefined);
  }

  private keep(one: XAppPackage): void {
    this.packages.set(keyOf(one.name, one.version), one);
  }
}

function keyOf(name: string, version: string): string {
  return `${name} ${version}`;
}

function packageOf({ descriptor, controlsSchema, ...record }: XAppPackageRecord): XAppPackage {
  return {
    ...record,
    descriptor: readXAppDescriptor(descriptor),
    ...(controlsSchema !== undefined && { controlsSchema: controlsSchema as Record<string, unknown> }),
  };
}

/** Of a package that has none: the operator's own, who may learn. @throws Error it has no manifest */
async function bareDescriptor(name: string, path: string): Promise<XAppDescriptor> {
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as { version?: unknown };
  const version = typeof manifest.version === 'string' ? manifest.version : '0.0.0';
  return readXAppDescriptor({
    xapp_name: name,
    version,
    containers: [{ name, image: { registry: 'local', name, tag: version } }],
    ricochet: { permissions: ['learning'] },
  });
}
