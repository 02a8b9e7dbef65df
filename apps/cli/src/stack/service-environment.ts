import { join } from 'node:path';
import { isRuleController, parseController, type Controller } from '@ricochet/control';
import { oneOf, type Scenario, type ScenarioXapp } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { type DashboardSettings } from './dashboard-settings.js';
import { initialModelPath } from './initial-model.js';
import { packageFolder } from './package-folder.js';
import { configHashOf } from './scenario-file.js';
import { type StackOptions } from './stack-options.js';
import { enclosingPackage, xappPackage } from './xapp-package.js';

type Environment = Readonly<Record<string, string>>;

/** What of a stack the simulator is told. */
export type SimulatorOptions = Pick<
  StackOptions,
  'scenario' | 'scenarioPath' | 'scenarioCopy' | 'seed' | 'speed' | 'untilMs' | 'controller' | 'e2' | 'gateMs'
>;

/** What carries the controller out, where a scenario lists no xApps. */
export const XAPPS_OF_THE_LOOP: readonly ScenarioXapp[] = [
  { package: '@ricochet/slice-quota' },
  { package: '@ricochet/slice-scheduler' },
];

const LOCKSTEP_DEADLINE_MS = 60_000;

/** Those of the RICs; the Non-RT RIC is there where a level learns. @throws CliError when what they need can not be had */
export function ricEnvironments(options: StackOptions): {
  readonly nearRtRic: Environment;
  readonly nonRtRic: Environment | undefined;
} {
  const controller = parseController(options.controller);
  return {
    nearRtRic: nearRtRicEnvironment(options, controller),
    nonRtRic: isRuleController(controller) ? undefined : nonRtRicEnvironment(options),
  };
}

/**
 * The Near-RT RIC's, with the xApps that the scenario deploys.
 * @throws CliError when one of them is not installed, or an event names another
 */
export function nearRtRicEnvironment(options: StackOptions, { split, scheduler }: Controller): Environment {
  const { scenario, scenarioPath, seed, mode, e2, dataDir, api } = options;
  const { packagesFrom = enclosingPackage(scenarioPath) } = options;
  const { preset, roundPeriodMs, explore, adaptation } = scenario.learning;
  // A lockstep run repeats to the bit, on any machine.
  const engine = scenario.learning.engine ?? (mode === 'lockstep' ? 'simd128' : 'auto');
  const learning = { preset, roundPeriodMs, explore, adaptation, engine, givesWay: mode === 'real-time' };
  // By their names: packages may lie anywhere.
  const own: Record<string, Record<string, unknown>> = {
    'slice-quota': { split, quotaMode: scenario.quotaMode, seed, learning },
    'slice-scheduler': { scheduler, seed, learning },
  };
  const xapps = (scenario.xapps ?? XAPPS_OF_THE_LOOP).map(({ package: reference, version, config }) => {
    const { name, path, controls } = xappPackage(reference, packagesFrom, version);
    return { name, path, config: { ...own[name], ...(config ?? controls) } };
  });
  checkNamed(
    scenario,
    xapps.map(({ name }) => name),
  );
  return {
    RICOCHET_STORE: join(dataDir, 'ric.sqlite'),
    RICOCHET_XAPPS: JSON.stringify(xapps),
    RICOCHET_E2_CODEC: e2.codec,
    RICOCHET_E2_LISTEN: e2.listen,
    ...(e2.allow !== undefined && { RICOCHET_E2_ALLOW: e2.allow }),
    RICOCHET_E2_PROFILES: JSON.stringify(e2.peerProfiles),
    ...(api !== undefined && {
      RICOCHET_API: api.address,
      RICOCHET_API_KEYS: JSON.stringify(api.keys),
    }),
  };
}

/** @throws CliError an event names an xApp that is not deployed */
function checkNamed({ name, events }: Scenario, deployed: readonly string[]): void {
  for (const event of events) {
    const stranger =
      event.kind === 'nats-outage' ? event.xapps?.find((xapp) => !deployed.includes(xapp)) : undefined;
    if (stranger === undefined) continue;
    throw new CliError(
      `scenario ${name}: ${event.kind} at ${event.atMs} ms: xapps: ${oneOf(stranger, deployed)}`,
    );
  }
}

/** The Non-RT RIC's, with the aggregator. @throws CliError when the initial model can not be had */
function nonRtRicEnvironment(options: StackOptions): Environment {
  const { scenario, scenarioPath, seed, mode, dataDir } = options;
  const { preset, weighting } = scenario.learning;
  const config = {
    preset,
    weighting,
    seed,
    initialModel: initialModelPath(scenario.learning, scenarioPath),
    // In lockstep simulation time waits for a round, so the wall clock must not close it.
    ...(mode === 'lockstep' && { deadlineMs: LOCKSTEP_DEADLINE_MS }),
  };
  return {
    RICOCHET_STORE: join(dataDir, 'non-rt-ric.sqlite'),
    RICOCHET_RAPPS: JSON.stringify([{ name: 'meta-hrl', path: packageFolder('@ricochet/meta-hrl'), config }]),
    RICOCHET_SLA: JSON.stringify(scenario.sla),
  };
}

/** The page's. */
export function dashboardEnvironment({ address, keys }: DashboardSettings): Environment {
  return { RICOCHET_DASHBOARD: address, RICOCHET_DASHBOARD_KEYS: JSON.stringify(keys) };
}

/** The E2 simulator's. */
export function simEnvironment(options: SimulatorOptions): Environment {
  const { scenario, scenarioPath, scenarioCopy = scenarioPath, seed, speed, untilMs } = options;
  const { controller, e2, gateMs = 0 } = options;
  return {
    RICOCHET_SCENARIO: scenarioCopy,
    RICOCHET_SEED: String(seed),
    RICOCHET_SPEED: String(speed),
    RICOCHET_UNTIL_MS: String(untilMs),
    RICOCHET_GATE_MS: String(gateMs),
    RICOCHET_E2: e2.nodesAt,
    RICOCHET_E2_CODEC: e2.codec,
    RICOCHET_E2_PROFILE: e2.profile,
    RICOCHET_CONTROLLER: controller,
    RICOCHET_CONFIG_HASH: configHashOf(scenario, controller),
  };
}
