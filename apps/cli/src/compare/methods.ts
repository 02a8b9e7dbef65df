import { resolve } from 'node:path';
import { parseController } from '@ricochet/control';
import { CliError } from '../cli.error.js';
import { type ScenarioRun } from '../run/run-scenario.js';
import { XAPPS_OF_THE_LOOP } from '../stack/service-environment.js';
import { enclosingPackage, xappPackage } from '../stack/xapp-package.js';

/** One of those that are compared: a controller, or a version of an xApp. */
export interface Method {
  /** In tables, and of the folder of its runs. */
  readonly name: string;
  /** Of what it runs another than the scenario says. */
  readonly differs: Partial<Pick<ScenarioRun, 'controller' | 'scenario'>>;
}

const isPath = (text: string): boolean => /^[./]/.test(text);

/**
 * Reads a list of methods, the first of which the others are held against: controllers, `need+pf`, or folders of xApps,
 * paths that begin with `.` or `/`. An xApp takes the place of the one of its name in the scenario.
 * @throws CliError when there are less than two, one comes twice, by another path too, or is none
 */
export function comparedMethods(list: string, run: Pick<ScenarioRun, 'scenario' | 'scenarioPath'>): Method[] {
  const texts = list.split(',').map((text) => text.trim());
  if (texts.length < 2) throw new CliError(`--compare ${list}: expected two or more, with commas between`);
  const whats = texts.map((text) => (isPath(text) ? resolve(text) : text));
  const twice = texts.find((_, i) => whats.indexOf(whats[i] ?? '') < i);
  if (twice !== undefined) throw new CliError(`--compare ${list}: "${twice}" comes twice`);
  const methods = texts.map((text) => (isPath(text) ? versionOfXApp(text, run) : controller(text)));
  const names = methods.map(({ name }) => name);
  // Two folders may have the same version in them.
  const told = names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : folderName(texts[i] ?? ''),
  );
  return numbered(told).map((name, i) => ({ name, differs: methods[i]?.differs ?? {} }));
}

/** Names as they are, with a number behind those that were there before: each method has a folder of its own. */
function numbered(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let number = 2; taken.has(own); number += 1) own = `${name}-${number}`;
    taken.add(own);
    return own;
  });
}

function controller(text: string): Method {
  try {
    parseController(text);
  } catch (error) {
    throw new CliError(`--compare: ${(error as Error).message}`);
  }
  return { name: text, differs: { controller: text } };
}

function versionOfXApp(
  text: string,
  { scenario, scenarioPath }: Pick<ScenarioRun, 'scenario' | 'scenarioPath'>,
): Method {
  const { name, version = '', path } = xappPackage(resolve(text), process.cwd());
  const packagesFrom = enclosingPackage(resolve(scenarioPath));
  const listed = scenario.xapps ?? XAPPS_OF_THE_LOOP;
  const at = listed.findIndex((item) => xappPackage(item.package, packagesFrom).name === name);
  const config = listed[at]?.config;
  const own = { package: path, ...(config !== undefined && { config }) };
  const xapps = at < 0 ? [...listed, own] : listed.with(at, own);
  return { name: `${name}@${version}`, differs: { scenario: { ...scenario, xapps } } };
}

const folderName = (path: string): string => path.replaceAll(/[^\w.@+-]+/g, '-').replace(/^[-.]+/, '');
