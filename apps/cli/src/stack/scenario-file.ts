import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RadioConfigError, resolveRadioConfig } from '@ricochet/radio';
import { parseScenario, type NetworkFault, type Scenario } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** What commands play that are given none. */
export const DEFAULT_SCENARIO = fileURLToPath(
  new URL('../../../../scenarios/slice-surge.yaml', import.meta.url),
);

/** Reads and checks a scenario file. @throws CliError with one line a problem */
export function loadScenario(path: string): Scenario {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`scenario ${pathFault(error, path)}`);
  }
  try {
    return parseScenario(text, path, networkFault);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

/** What the radio model finds wrong with the values of the file's network. */
export function networkFault(network: Scenario['network']): NetworkFault | undefined {
  try {
    resolveRadioConfig(network);
    return undefined;
  } catch (error) {
    if (!(error instanceof RadioConfigError)) throw error;
    return { key: error.key, message: error.reason };
  }
}

/** Hash of everything that decides a run but its seed. */
export function configHashOf(
  { assertions: _, seeds: __, ...scenario }: Scenario,
  controller: string,
): string {
  return createHash('sha256').update(JSON.stringify({ scenario, controller })).digest('hex').slice(0, 16);
}
