import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { isRuleController, parseController } from '@ricochet/control';
import { messageOf, oneLine } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { initialModelPath } from '../stack/initial-model.js';
import { configHashOf, parsedScenario, type ScenarioFile } from '../stack/scenario-file.js';
import { nearRtRicEnvironment } from '../stack/service-environment.js';
import { type StackOptions } from '../stack/stack-options.js';
import { E2_OVER_NATS } from '../stack/e2-settings.js';
import { enclosingPackage } from '../stack/xapp-package.js';
import { versions } from '../versions.js';
import { packageDigest } from './package-digest.js';
import { type RecordingHeader } from './recording-header.js';

/** What of a stack a recorded run decides. */
export type RunPlan = Pick<
  StackOptions,
  'scenario' | 'scenarioPath' | 'packagesFrom' | 'seed' | 'mode' | 'speed' | 'untilMs' | 'controller' | 'e2'
>;

export interface PlanOptions {
  readonly seed: number;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  readonly untilMs?: number | undefined;
  readonly controller?: string | undefined;
}

/** The plan of a scenario file. @throws CliError */
export function planOf(
  { scenario, path, text }: ScenarioFile,
  options: PlanOptions,
): { plan: RunPlan; header: RecordingHeader } {
  const scenarioPath = resolve(path);
  const { seed, mode, speed, untilMs = scenario.durationMs, controller = scenario.controller } = options;
  const packagesFrom = enclosingPackage(scenarioPath);
  const plan = {
    scenario,
    scenarioPath,
    packagesFrom,
    seed,
    mode,
    speed,
    untilMs,
    controller,
    e2: E2_OVER_NATS,
  };
  const xapps = xappsOf(plan).map(({ name, path: folder, config }) => ({
    name,
    path: folder,
    version: versionOf(folder),
    digest: packageDigest(folder),
    config,
  }));
  const learns = !isRuleController(parseController(controller));
  const model = learns ? initialModelPath(scenario.learning, scenarioPath) : undefined;
  const header: RecordingHeader = {
    mode,
    scenario: { name: scenario.name, file: basename(path), text, resolved: scenario },
    packagesFrom,
    seed,
    untilMs,
    speed,
    controller,
    configHash: configHashOf(scenario, controller),
    versions: versions(),
    xapps,
    ...(learns && { engine: scenario.learning.engine ?? (mode === 'lockstep' ? 'simd128' : 'auto') }),
    ...(model !== undefined && { model: { path: model, sha256: sha256(model) } }),
    changes: [],
  };
  return { plan, header };
}

/** The plan that a recording was made by: its scenario comes from the recording, as the file may have changed. */
export function planAgain(header: RecordingHeader, name: string): { plan: RunPlan; dispose: () => void } {
  const { scenario: recorded, seed, mode, speed, untilMs, controller, packagesFrom, model } = header;
  const { file = 'scenario.yaml', text } = recorded;
  if (text === undefined) throw new CliError(`${name}: there is no scenario in it to run again`);
  const scenario = parsedScenario(text, `${name}: ${file}`);
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-replay-'));
  const scenarioPath = join(folder, basename(file));
  writeFileSync(scenarioPath, text);
  const learning = { ...scenario.learning, ...(model !== undefined && { model: model.path }) };
  const plan = {
    scenario: { ...scenario, learning },
    scenarioPath,
    packagesFrom,
    seed,
    mode,
    speed,
    untilMs,
    controller,
    e2: E2_OVER_NATS,
  };
  return { plan, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What is not as it was when the recording was made, a line each: its hash need not come again. */
export function differencesOf({ versions: recorded, xapps, changes, model }: RecordingHeader): string[] {
  const here = versions();
  const lines = Object.entries(recorded)
    .filter(([name, version]) => here[name] !== version)
    .map(([name, version]) => `recorded with ${name} ${version}, this is ${here[name] ?? 'none'}`);
  const packages = [
    ...xapps.map(({ name, path, digest }) => ({ name, path, digest })),
    ...changes.flatMap(({ xapp, package: of }) => (of === undefined ? [] : [{ name: xapp, ...of }])),
  ];
  for (const { name, path, digest } of packages) {
    if (packageDigest(path) !== digest) lines.push(`xApp ${name} is not the one that was recorded: ${path}`);
  }
  if (model !== undefined && sha256(model.path) !== model.sha256) {
    lines.push(`the model is not the one that was recorded: ${model.path}`);
  }
  // A recording may be anybody's.
  return lines.map((line) => oneLine(line));
}

/** The xApps that the RIC of a plan is given. */
function xappsOf(plan: RunPlan): { name: string; path: string; config: Record<string, unknown> }[] {
  const options = { ...plan, dataDir: '.', restart: false, onLine: () => undefined };
  const environment = nearRtRicEnvironment(options, parseController(plan.controller));
  return JSON.parse(environment['RICOCHET_XAPPS'] ?? '[]') as ReturnType<typeof xappsOf>;
}

function versionOf(folder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: string;
    };
    return version ?? '';
  } catch {
    return '';
  }
}

function sha256(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    throw new CliError(`model ${messageOf(error)}`);
  }
}
