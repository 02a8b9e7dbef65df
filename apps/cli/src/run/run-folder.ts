import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { REPORT_FILE } from '../report/report-file.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';

/** What commands leave in the folder that they are given. */
export const SUMMARY_FILE = 'summary.json';
export const KPIS_FILE = 'kpis.csv';
export const LEARNING_FILE = 'learning.csv';
/** Of a run's messages. */
export const RECORDING_FILE = 'run.rec';
/** The scenario's text as it was run; not by a name that a file of the user's own may have in the folder. */
export const SCENARIO_FILE = 'run-scenario.yaml';
/** Of several seeds. */
export const SEEDS_FILE = 'seeds.json';
/** Of several methods. */
export const COMPARISON_FILE = 'comparison.json';

const RESULTS = [SUMMARY_FILE, KPIS_FILE, LEARNING_FILE, SEEDS_FILE, COMPARISON_FILE, REPORT_FILE];
const STORES = ['ric.sqlite', 'non-rt-ric.sqlite'].flatMap((store) => [
  store,
  `${store}-wal`,
  `${store}-shm`,
]);
/** Logs of xApps, kept by the RIC beside its store. */
const XAPPS_FOLDER = 'xapps';

/** Removes the results that a former command left in a folder: they are none of this one. @throws CliError */
export function clearResults(out: string): void {
  inFolder(out, () => RESULTS.forEach((file) => rmSync(join(out, file), { force: true })));
}

/** Makes the folder of a run, with nothing in it of a former one. @throws CliError */
export function prepareRunFolder(out: string, scenarioText: string): void {
  inFolder(out, () => makeFolder(out));
  clearResults(out);
  inFolder(out, () => {
    for (const file of [...STORES, RECORDING_FILE, LOGS_FOLDER, XAPPS_FOLDER]) {
      rmSync(join(out, file), { recursive: true, force: true });
    }
    mkdirSync(join(out, LOGS_FOLDER));
    for (const file of [KPIS_FILE, LEARNING_FILE]) writeFileSync(join(out, file), '');
    writeFileSync(join(out, SCENARIO_FILE), scenarioText);
  });
}

function inFolder(out: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new CliError(`--out ${pathFault(error, out)}`);
  }
}
