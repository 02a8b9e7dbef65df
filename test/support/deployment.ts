import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the image runs. */
export const SERVICES: readonly string[] = ['near-rt-ric', 'non-rt-ric', 'dashboard', 'e2-sim'];

/** Where the image has what is the root of this repository. */
export const ROOT_IN_IMAGE = '/app';

/** Every variable that our services read. */
const knownVariables = new Set(
  [
    'apps/near-rt-ric/src/ric.config.ts',
    'apps/non-rt-ric/src/non-rt-ric.config.ts',
    'apps/dashboard/src/dashboard.config.ts',
    'e2-sim/src/sim.config.ts',
  ]
    .concat(readdirSync('libs/platform/src').map((name) => join('libs/platform/src', name)))
    .flatMap((path) => readFileSync(path, 'utf8').match(/\b(RICOCHET_[A-Z0-9_]+|DATABASE_URL)\b/g) ?? []),
);

/** What a service's environment gets wrong: variables that nobody reads, paths that the image has not. */
export function faultsOfEnvironment(environment: Readonly<Record<string, string>>): string[] {
  const faults = Object.keys(environment).filter((name) => !knownVariables.has(name));
  const hosted = ['RICOCHET_XAPPS', 'RICOCHET_RAPPS'].flatMap(
    (name) => JSON.parse(environment[name] ?? '[]') as { path: string }[],
  );
  const paths = hosted
    .map(({ path }) => `${path}/dist/main.js`)
    .concat(environment['RICOCHET_SCENARIO'] ?? []);
  return faults.concat(paths.filter((path) => !existsSync(path.replace(ROOT_IN_IMAGE, '.'))));
}
