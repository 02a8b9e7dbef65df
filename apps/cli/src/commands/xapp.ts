import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { readJson } from '../read-json.js';
import { newLines } from '../xapp/new-lines.js';
import { RicApi, type ApiOptions } from '../xapp/ric-api.js';
import { settledXApp } from '../xapp/settled-xapp.js';
import { type PackageAnswer, type XAppAnswer } from '../xapp/xapp-answers.js';
import { xappTestCommand } from '../xapp/test/xapp-test-command.js';
import { packageTable, xAppTable } from '../xapp/xapp-table.js';
import { integer, runningOption } from './options.js';
import { xappInitCommand } from './xapp-init.js';

interface XAppOptions extends ApiOptions {
  readonly json?: boolean;
}

interface DeployOptions extends XAppOptions {
  readonly version?: string;
  readonly config?: string;
  readonly priority?: number;
  readonly wait: boolean;
}

interface LogsOptions extends XAppOptions {
  readonly version?: string;
  readonly lines: number;
  readonly follow?: boolean;
}

interface ConfigOptions extends XAppOptions {
  readonly set?: string;
  readonly priority?: number;
}

const FOLLOW_EVERY_MS = 500;
const MAX_LINES = 1_000;
const MAX_PRIORITY = 100;

export function xappCommand(): Command {
  return new Command('xapp')
    .description('take xApps through their lives on a RIC that runs')
    .addCommand(xappInitCommand())
    .addCommand(xappTestCommand())
    .addCommand(
      command('onboard', 'take a package in: a folder, or a .tgz')
        .argument('<package>', 'path of the folder or the .tgz')
        .action(onboard),
    )
    .addCommand(
      deployCommand('deploy', 'start an onboarded xApp, and wait until it runs')
        .option('--version <v>', 'this version (default: the one that was onboarded last)')
        .option('--priority <n>', 'where xApps conflict', integer(0, MAX_PRIORITY))
        .action(deploy),
    )
    .addCommand(
      command('status', 'show xApps with their states')
        .argument('[name]', 'of this xApp alone', xAppName)
        .action(status),
    )
    .addCommand(command('packages', 'show the onboarded versions of xApps').action(packages))
    .addCommand(
      named('logs', 'show the last lines that an xApp wrote')
        .option('--version <v>', 'that this version wrote (default: the deployed one)')
        .option('--lines <n>', 'so many', integer(1, MAX_LINES), 100)
        .option('--follow', 'and those to come, until Ctrl-C')
        .action(logs),
    )
    .addCommand(
      named('config', "show an xApp's configuration, or change it")
        .option('--set <file>', 'all of it, a JSON object')
        .option('--priority <n>', 'where xApps conflict', integer(0, MAX_PRIORITY))
        .action(config),
    )
    .addCommand(
      deployCommand('upgrade', 'replace an xApp by another version, without a gap, and wait until that runs')
        .requiredOption('--version <v>', 'the other version')
        .action(upgrade),
    )
    .addCommand(named('rollback', 'go back to the version and configuration before').action(rollback))
    .addCommand(named('undeploy', 'end an xApp, once it has settled what it was given').action(undeploy))
    .addCommand(
      named('delete', 'delete a version with its files and logs')
        .requiredOption('--version <v>', 'the version')
        .action(remove),
    );
}

function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(runningOption())
    .option('--api <url>', 'the API of another RIC, http://host:port', apiUrl)
    .option('--key <key>', 'the key to it (default: RICOCHET_API_KEY)')
    .option('--json', 'answer in JSON');
}

function named(name: string, description: string): Command {
  return command(name, description).argument('<name>', 'name of the xApp', xAppName);
}

function deployCommand(name: string, description: string): Command {
  return named(name, description)
    .option('--config <file>', 'its configuration, a JSON object')
    .option('--no-wait', 'do not wait');
}

async function onboard(source: string, options: XAppOptions): Promise<void> {
  const api = RicApi.of(options);
  const path = resolve(source);
  const isFolder = isFolderAt(path);
  if (isFolder && !api.isOnThisMachine) {
    throw new CliError(`${path} is a folder of this machine: make a .tgz of it with npm pack`);
  }
  const onboarded = isFolder
    ? await api.send<PackageAnswer>('POST', '/packages', { path })
    : await api.upload<PackageAnswer>('/packages', path);
  const { name, version, digest } = onboarded;
  print(options, onboarded, `onboarded ${name} ${version} (${digest.slice(0, 12)})`);
}

async function deploy(name: string, options: DeployOptions): Promise<void> {
  const api = RicApi.of(options);
  const { version, priority } = options;
  const asked = { name, version, priority, config: configIn(options.config) };
  const begun = await api.send<XAppAnswer>('POST', '/xapps', asked);
  show(options, options.wait ? await settledXApp(api, name, ({ state }) => state === 'running') : begun);
}

async function status(name: string | undefined, options: XAppOptions): Promise<void> {
  const api = RicApi.of(options);
  if (name === undefined) {
    const all = await api.get<XAppAnswer[]>('/xapps');
    print(options, all, xAppTable(all));
  } else {
    show(options, await api.get<XAppAnswer>(`/xapps/${name}`));
  }
}

async function packages(options: XAppOptions): Promise<void> {
  const all = await RicApi.of(options).get<PackageAnswer[]>('/packages');
  print(options, all, packageTable(all));
}

async function logs(name: string, options: LogsOptions): Promise<void> {
  const api = RicApi.of(options);
  const { version, lines: count, follow } = options;
  const last = async (lines: number): Promise<string[]> => {
    const query = new URLSearchParams({ lines: String(lines), ...(version !== undefined && { version }) });
    return (await api.get<{ lines: string[] }>(`/xapps/${name}/logs?${query.toString()}`)).lines;
  };
  let lines = await last(count);
  print(options, lines, lines.join('\n'));
  while (follow === true) {
    await sleep(FOLLOW_EVERY_MS);
    const now = await last(MAX_LINES);
    for (const line of newLines(lines, now)) process.stdout.write(`${line}\n`);
    lines = now;
  }
}

async function config(name: string, options: ConfigOptions): Promise<void> {
  const api = RicApi.of(options);
  const { set, priority } = options;
  if (set === undefined && priority === undefined) {
    const settings = await api.get<{ config: object }>(`/xapps/${name}/config`);
    print(options, settings, JSON.stringify(settings.config, null, 2));
  } else {
    show(options, await api.send('PUT', `/xapps/${name}/config`, { config: configIn(set), priority }));
  }
}

async function upgrade(name: string, options: DeployOptions): Promise<void> {
  const api = RicApi.of(options);
  const { version } = options;
  const asked = { version, config: configIn(options.config) };
  const before = await instancesOf(api, name);
  const begun = await api.send<XAppAnswer>('POST', `/xapps/${name}/upgrade`, asked);
  show(options, options.wait ? await settledXApp(api, name, isReplaced(before, begun.version)) : begun);
}

async function rollback(name: string, options: XAppOptions): Promise<void> {
  const api = RicApi.of(options);
  const before = await instancesOf(api, name);
  const { version } = await api.send<XAppAnswer>('POST', `/xapps/${name}/rollback`);
  show(options, await settledXApp(api, name, isReplaced(before, version)));
}

async function undeploy(name: string, options: XAppOptions): Promise<void> {
  const api = RicApi.of(options);
  await api.send('DELETE', `/xapps/${name}`);
  show(options, await settledXApp(api, name, ({ state }) => state === 'undeployed'));
}

async function remove(name: string, options: XAppOptions & { readonly version: string }): Promise<void> {
  const { version } = options;
  await RicApi.of(options).send('DELETE', `/packages/${name}/${encodeURIComponent(version)}`);
  print(options, { name, version }, `deleted ${name} ${version}`);
}

/** None of an xApp that is not there: what was asked of it is answered then. */
async function instancesOf(api: RicApi, name: string): Promise<XAppAnswer['instances']> {
  const all = await api.get<XAppAnswer[]>('/xapps');
  return all.find((xapp) => xapp.name === name)?.instances ?? [];
}

/** Whether what runs is another life than those before, and of that version: a change may keep the version. */
const isReplaced =
  (before: XAppAnswer['instances'], version: string) =>
  ({ state, instances }: XAppAnswer): boolean =>
    state === 'running' &&
    instances.every(
      (one) => one.version === version && before.every(({ instance }) => instance !== one.instance),
    );

function show(options: XAppOptions, xapp: XAppAnswer): void {
  print(options, xapp, xAppTable([xapp]));
}

function print({ json }: XAppOptions, answer: unknown, text: string): void {
  process.stdout.write(`${json === true ? JSON.stringify(answer, null, 2) : text}\n`);
}

function configIn(file: string | undefined): unknown {
  return file === undefined ? undefined : readJson(file);
}

function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new CliError(pathFault(error, path));
  }
}

function xAppName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text;
  throw new InvalidArgumentError('expected lower-case letters, digits and dashes');
}

function apiUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('expected http://host:port');
}
