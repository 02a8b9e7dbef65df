import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseController } from '@ricochet/control';
import { CliError } from '../cli.error.js';
import { readJson } from '../read-json.js';
import { packageDigest } from './package-digest.js';
import { type RecordingHeader, type XAppChange } from './recording-header.js';

/** What a fork is to do otherwise. */
export interface ForkWishes {
  readonly atMs: number;
  /** `<name>` or `<name>@<version>`; a version may be the beginning of one. */
  readonly xapp?: string | undefined;
  /** Folder of the version, where it is none of those in `data`. */
  readonly package?: string | undefined;
  /** Path of the xApp's configuration, a JSON object. */
  readonly config?: string | undefined;
  readonly controller?: string | undefined;
  /** Folder of a `ricochet up`, with the packages that were onboarded there. */
  readonly data: string;
}

/** An xApp as it is at some time of a recording. */
type State = Pick<RecordingHeader['xapps'][number], 'name' | 'path' | 'version' | 'config'>;

const QUOTA = 'slice-quota';
const SCHEDULER = 'slice-scheduler';
const LEARNED = 'ddpg';

/** What has to be changed; nothing where all is so already. @throws CliError */
export function forkChanges(header: RecordingHeader, wishes: ForkWishes): XAppChange[] {
  const { atMs, xapp, config, controller } = wishes;
  if (xapp === undefined && (config !== undefined || wishes.package !== undefined)) {
    throw new CliError(`--${config === undefined ? 'package' : 'config'} needs --xapp: whose is it?`);
  }
  const changes = controller === undefined ? [] : controllerChanges(header, atMs, controller);
  if (xapp !== undefined) changes.push(...xappChange(header, xapp, wishes));
  const twice = changes.find((change, i) => changes.findIndex((other) => other.xapp === change.xapp) !== i);
  if (twice !== undefined) throw new CliError(`--xapp and --controller both change ${twice.xapp}`);
  return changes;
}

function controllerChanges(header: RecordingHeader, atMs: number, controller: string): XAppChange[] {
  const { split, scheduler } = parseController(controller);
  if ((split === LEARNED || scheduler === LEARNED) && header.engine === undefined) {
    throw new CliError(`--controller ${controller}: nothing learns in this recording, so there is no model`);
  }
  return [
    { name: QUOTA, part: { split } },
    { name: SCHEDULER, part: { scheduler } },
  ].flatMap(({ name, part }) => {
    const state = stateOf(header, name, atMs);
    const config = { ...state.config, ...part };
    return isDeepStrictEqual(config, state.config) ? [] : [{ atMs, xapp: name, config }];
  });
}

function xappChange(header: RecordingHeader, xapp: string, wishes: ForkWishes): XAppChange[] {
  const { atMs } = wishes;
  const [name = '', wanted] = xapp.split('@');
  const state = stateOf(header, name, atMs);
  const config = wishes.config === undefined ? undefined : configIn(wishes.config);
  const isConfigured = config === undefined || isDeepStrictEqual(config, state.config);
  const own = { atMs, xapp: name, ...(!isConfigured && { config }) };
  if (wishes.package !== undefined) {
    const of = packageAt(resolve(wishes.package), name, wanted);
    return isSame(state, of) && isConfigured ? [] : [{ ...own, ...of }];
  }
  if (wanted === undefined || isVersion(state.version, wanted)) return isConfigured ? [] : [own];
  return [{ ...own, ...onboarded(wishes.data, name, wanted) }];
}

/** @throws CliError there is no such xApp in the recording */
function stateOf({ xapps, changes }: RecordingHeader, name: string, atMs: number): State {
  const first = xapps.find((xapp) => xapp.name === name);
  if (first === undefined) {
    throw new CliError(
      `there is no xApp ${name} in the recording, but ${xapps.map((one) => one.name).join(', ')}`,
    );
  }
  return changes
    .filter((change) => change.xapp === name && change.atMs <= atMs)
    .reduce<State>(
      (state, { version = state.version, package: of, config = state.config }) => ({
        name,
        version,
        path: of?.path ?? state.path,
        config,
      }),
      first,
    );
}

interface Source {
  readonly version: string;
  readonly package: NonNullable<XAppChange['package']>;
}

function packageAt(path: string, name: string, wanted: string | undefined): Source {
  const { xapp_name: own, version } = descriptorAt(path);
  if (own !== name) throw new CliError(`--package ${path} is of xApp ${own}, not ${name}`);
  if (wanted !== undefined && !isVersion(version, wanted)) {
    throw new CliError(`--package ${path} is version ${version} of ${name}, not ${wanted}`);
  }
  return { version, package: { path, digest: packageDigest(path) } };
}

function onboarded(data: string, name: string, wanted: string): Source {
  const folder = resolve(data, 'xapps', name);
  const versions = existsSync(folder)
    ? readdirSync(folder).filter((version) => existsSync(join(folder, version, 'config-file.json')))
    : [];
  const fitting = versions.filter((version) => isVersion(version, wanted)).sort(byNumbers);
  const version = fitting.at(-1);
  if (version === undefined) {
    const there = versions.length === 0 ? 'none of it' : `${versions.sort(byNumbers).join(', ')} of it`;
    throw new CliError(`${name}@${wanted}: ${folder} has ${there}; give its folder with --package`);
  }
  return packageAt(join(folder, version), name, version);
}

const isSame = (state: State, { version, package: of }: Source): boolean =>
  state.version === version && packageDigest(state.path) === of.digest;

/** `2` stands for any `2.…`. */
const isVersion = (version: string, wanted: string): boolean =>
  version === wanted || version.startsWith(`${wanted}.`);

const byNumbers = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function descriptorAt(path: string): { readonly xapp_name: string; readonly version: string } {
  return readJson(join(path, 'config-file.json')) as { xapp_name: string; version: string };
}

function configIn(file: string): Record<string, unknown> {
  const config = readJson(file);
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) {
    return config as Record<string, unknown>;
  }
  throw new CliError(`${file}: expected a JSON object`);
}
