import { resolve } from 'node:path';
import { isRuleController, parseController } from '@ricochet/control';
import { messageOf } from '@ricochet/platform';
import { oneOf, type Scenario, type ScenarioFault } from '@ricochet/scenario';
import { initialModelPath } from './initial-model.js';
import { readScenario, type ScenarioFile } from './scenario-file.js';
import { XAPPS_OF_THE_LOOP } from './service-environment.js';
import { enclosingPackage, xappPackage } from './xapp-package.js';

/**
 * Reads and checks a scenario file with what it has the RICs run: its controller, model and xApps have to be there.
 * @throws CliError with one line a problem
 */
export function readLoopScenario(path: string): ScenarioFile {
  return readScenario(path, (scenario) => [
    ...xappFaults(scenario, enclosingPackage(resolve(path))),
    ...controllerFaults(scenario, resolve(path)),
  ]);
}

function xappFaults({ xapps, events }: Scenario, from: string): ScenarioFault[] {
  const faults = (xapps ?? []).flatMap(({ package: reference, version }, index) => {
    const missing = faultOf(['xapps', index, 'package'], () => xappPackage(reference, from));
    if (missing.length > 0) return missing;
    return faultOf(['xapps', index, 'version'], () => xappPackage(reference, from, version));
  });
  const outages = events.some(({ kind }) => kind === 'nats-outage');
  if (faults.length > 0 || !outages) return faults;
  const deployed = (xapps ?? XAPPS_OF_THE_LOOP).map(
    ({ package: reference }) => xappPackage(reference, from).name,
  );
  return events.flatMap((event, index) => {
    const named = event.kind === 'nats-outage' ? (event.xapps ?? []) : [];
    return named.flatMap((name, place) =>
      deployed.includes(name)
        ? []
        : [{ path: ['events', index, 'xapps', place], message: oneOf(name, deployed) }],
    );
  });
}

function controllerFaults({ controller, learning }: Scenario, path: string): ScenarioFault[] {
  const unknown = faultOf(['controller'], () => parseController(controller));
  if (unknown.length > 0 || isRuleController(parseController(controller))) return unknown;
  return faultOf(['learning', 'model'], () => initialModelPath(learning, path));
}

function faultOf(path: ScenarioFault['path'], look: () => unknown): ScenarioFault[] {
  try {
    look();
    return [];
  } catch (error) {
    // Some name the key themselves, for those who have no file.
    const key = `${path.join('.')}: `;
    const message = messageOf(error);
    return [{ path, message: message.startsWith(key) ? message.slice(key.length) : message }];
  }
}
