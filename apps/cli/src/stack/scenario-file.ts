import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RadioConfigError, resolveRadioConfig } from '@ricochet/radio';
import { parseScenario, type NetworkFault, type Scenario, type ScenarioCheck } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** What commands play that are given none. */
export const DEFAULT_SCENARIO = fileURLToPath(
  new URL('../../../../scenarios/slice-surge.yaml', import.meta.url),
);

/** A scenario with the text that it was read from: the file may change while it is run. */
export interface ScenarioFile {
  readonly scenario: Scenario;
  readonly path: string;
  readonly text: string;
}

/**
 * Reads and checks a scenario file.
 * @param check of more than the file and its network: what runs it, {@link readLoopScenario}
 * @throws CliError with one line a problem
 */
export function readScenario(path: string, check?: ScenarioCheck): ScenarioFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`scenario ${pathFault(error, path)}`);
  }
  return { scenario: parsedScenario(text, path, check), path, text };
}

/** The scenario of {@link readScenario} alone. @throws CliError */
export function loadScenario(path: string): Scenario {
  return readScenario(path).scenario;
}

/** @param name of the file, in messages. @throws CliError with one line a problem */
export function parsedScenario(text: string, name: string, check?: ScenarioCheck): Scenario {
  try {
    return parseScenario(text, name, (scenario) => [
      ...networkFaults(scenario),
      ...(check?.(scenario) ?? []),
    ]);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

const networkFaults: ScenarioCheck = ({ network }) => {
  const fault = networkFault(network);
  return fault === undefined ? [] : [{ path: ['network', ...fault.key.split('.')], message: fault.message }];
};

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
