import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Scenario } from '@ricochet/scenario';
import { CliError } from '../../cli.error.js';
import { readScenario, type ScenarioFile } from '../../stack/scenario-file.js';
import { xappPackage, type XAppPackage } from '../../stack/xapp-package.js';

const TESTS_FOLDER = 'tests';

/** A scenario that an xApp is tested in. */
export interface TestScenario extends ScenarioFile {
  /** With the xApp among its own. */
  readonly scenario: Scenario;
  /** Of the file, as people know it. */
  readonly title: string;
}

/**
 * The scenarios of an xApp, all read before any is run.
 * @param files instead of those in its folder `tests`
 * @throws CliError with one line a problem
 */
export function testScenarios(xapp: XAppPackage, files?: readonly string[]): TestScenario[] {
  const paths = files?.map((file) => resolve(file)) ?? filesOf(xapp);
  return paths.map((path) => {
    const inside = relative(xapp.path, path);
    const title = inside.startsWith('..') ? path : inside;
    const file = readScenario(path);
    return { ...file, scenario: withXApp(file.scenario, xapp), title };
  });
}

function filesOf({ path }: XAppPackage): string[] {
  const folder = join(path, TESTS_FOLDER);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    names = [];
  }
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) {
    throw new CliError(`${folder} has no scenario (*.yaml): write one, or name one with --scenario`);
  }
  return files.map((file) => join(folder, file));
}

/** The scenario's xApps, and this one; without a list this one alone. */
function withXApp(scenario: Scenario, { path, name }: XAppPackage): Scenario {
  const listed = scenario.xapps ?? [];
  const isListed = listed.some((item) => xappPackage(item.package, path).name === name);
  return { ...scenario, xapps: isListed ? listed : [...listed, { package: '.' }] };
}
