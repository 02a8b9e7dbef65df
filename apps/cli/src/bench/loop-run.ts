import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScenario, type ScenarioRun } from '../run/run-scenario.js';
import { type RunSummary } from '../run/summary.js';
import { E2_OVER_NATS } from '../stack/e2-settings.js';
import { readScenario } from '../stack/scenario-file.js';

const SCENARIO = fileURLToPath(new URL('../../../../scenarios/bench-loop.yaml', import.meta.url));
const DURATION_MS = 25_000;
const SEED = 1;

/** One run of `scenarios/bench-loop.yaml`: 7 DUs × 30 UEs. */
export async function loopRun(
  how: Pick<ScenarioRun, 'mode' | 'controller' | 'dashboard'>,
): Promise<RunSummary> {
  const { scenario, text } = readScenario(SCENARIO);
  const out = mkdtempSync(join(tmpdir(), 'ricochet-bench-'));
  try {
    const { summary } = await runScenario({
      ...how,
      ...{ scenario, scenarioPath: SCENARIO, scenarioText: text },
      seed: SEED,
      out,
      untilMs: DURATION_MS,
      speed: 1,
      e2: E2_OVER_NATS,
    });
    return summary;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
