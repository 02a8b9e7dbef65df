import { readFileSync } from 'node:fs';
import { createRules, parseController, play, RulePolicy, SlicingEnvironment } from '@ricochet/control';
import { parseScenario } from '@ricochet/scenario';
import { fixture, Ricochet } from './support/ricochet.js';

const SCENARIO = fixture('ranking.yaml');
const CONTROLLER = 'urllc-first+srpt';
const SEED = 3;
/** Columns of `kpis.csv` with the KPIs that they are. */
const COLUMNS = {
  offeredKbit: 'RCT.OfferedVolumeDl',
  deliveredKbit: 'DRB.PdcpSduVolumeDL',
  bufferBytes: 'RCT.BufferDl',
  qos: 'RCT.QosDl',
} as const;

const ricochet = new Ricochet();
afterEach(() => ricochet.processes.endAll());
afterAll(() => ricochet.dispose());

describe('the environment', () => {
  it('does what the RIC and its xApps do over the wire, to the bit', async () => {
    await ricochet.runScenario(SCENARIO, 'wire', '--controller', CONTROLLER, '--seed', String(SEED));
    const recorded = rowsOf(readFileSync(ricochet.path('wire', 'kpis.csv'), 'utf8'));

    const scenario = parseScenario(readFileSync(SCENARIO, 'utf8'), SCENARIO);
    const environment = new SlicingEnvironment({ network: scenario.network, taskSeed: SEED });
    const first = environment.reset(SEED);
    const { network } = environment;
    const window = network.openWindow(100);
    const controller = parseController(CONTROLLER) as Parameters<typeof createRules>[0];
    const policies = Array.from(
      { length: environment.duCount },
      () => new RulePolicy(createRules(controller, { seed: 0 })),
    );
    const played: Record<string, number>[] = [];
    play(environment, first, {
      policies,
      quotaMode: scenario.quotaMode,
      untilMs: scenario.durationMs,
      onStep: ({ split }) => {
        if (split === undefined) return;
        window.roll();
        for (let du = 0; du < environment.duCount; du++) {
          network.slices.forEach((_, slice) => {
            const { minRatio } = network.sliceQuota(du, slice);
            const kpis = Object.entries(COLUMNS).map(([column, name]) => [
              column,
              window.slice(name, du, slice),
            ]);
            played.push({ ...(Object.fromEntries(kpis) as Record<string, number>), minRatio });
          });
        }
      },
    });
    // The window was opened 10 ms into the first period; the recording samples the quota before the decision, too.
    expect(played).toHaveLength(recorded.length);
    expect(played.slice(9)).toEqual(recorded.slice(9));
    expect(new Set(recorded.map(({ minRatio }) => minRatio)).size).toBeGreaterThan(5);
  }, 60_000);
});

/** The rows of a recording, as the columns that are compared. */
function rowsOf(csv: string): Record<string, number>[] {
  const [head = '', ...lines] = csv.trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const wanted = [...Object.keys(COLUMNS), 'minRatio'];
    return Object.fromEntries(wanted.map((name) => [name, Number(cells[names.indexOf(name)])]));
  });
}
