import { simulationFinished, type SimulationFinished } from '@ricochet/contracts';
import { LiveRic, NODES } from './support/live-ric.js';
import { fixture } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const UNTIL_MS = 4_000;

interface Rival {
  readonly name: string;
  readonly priority: number;
  readonly minRatio: number;
  readonly delayMs: number;
  readonly awaits: boolean;
}

interface Decision {
  readonly at: number;
  readonly xapp: string;
  readonly minRatio: number;
  readonly outcome: string;
  readonly cause: string | null;
}

interface Outcome {
  readonly kpiHash: string | null;
  /** At the first DU, in the order in which they were asked for. */
  readonly decisions: readonly Decision[];
  /** Effects that were none. */
  readonly without: readonly { readonly cause: string; readonly n: number }[];
}

/** One lockstep run of xApps that all want another quota for slice 1. */
async function fight(rivals: readonly Rival[]): Promise<Outcome> {
  const xapps = rivals.map((config) => ({ name: config.name, path: fixture('rival'), config }));
  const live = await LiveRic.create({
    ric: { RICOCHET_XAPPS: JSON.stringify(xapps) },
    sim: { RICOCHET_MODE: 'lockstep', RICOCHET_UNTIL_MS: String(UNTIL_MS) },
  });
  try {
    await live.startNats();
    let finished: SimulationFinished | undefined;
    live.bus.subscribe(simulationFinished, (message) => (finished = message));
    live.startRic();
    live.startSim();
    const end = await waitFor('the end of the run', () => finished, TIMEOUT_MS / 4);
    const isKept = (): boolean => {
      const [{ n } = { n: 0 }] = live.query<{ n: number }>('SELECT COUNT(*) AS n FROM control');
      return n === (rivals.length * NODES.length * UNTIL_MS) / 100;
    };
    await waitFor('all controls in the store', isKept);
    return {
      kpiHash: end.kpiHash,
      decisions: live.query<Decision>(
        `SELECT simTimeMs AS at, xapp, asked ->> '$.ratios[0].minRatio' AS minRatio, outcome, cause FROM control
         WHERE nodeId = '${NODES[0]}' ORDER BY simTimeMs, xapp`,
      ),
      without: live.query(
        `SELECT cause, COUNT(*) AS n FROM control_effect WHERE NOT effective GROUP BY cause ORDER BY cause`,
      ),
    };
  } finally {
    await live.dispose();
  }
}

const granted = ({ decisions }: Outcome, xapp: string): number[] =>
  decisions.filter((one) => one.xapp === xapp && one.outcome === 'acknowledged').map(({ at }) => at);

describe('xApps that want different things, in lockstep', () => {
  it(
    'are decided between in the same way however quick they are: by priority, and among equals in turns',
    async () => {
      const rivals = [
        { name: 'alpha', priority: 50, minRatio: 30 },
        { name: 'beta', priority: 50, minRatio: 40 },
        { name: 'gamma', priority: 40, minRatio: 50 },
      ];
      const run = (delaysMs: readonly number[], awaits: boolean): Promise<Outcome> =>
        fight(rivals.map((rival, i) => ({ ...rival, delayMs: delaysMs[i] ?? 0, awaits })));
      const first = await run([0, 3, 6], true);
      const second = await run([6, 3, 0], false);

      expect(second).toEqual(first);
      const ofAlpha = granted(first, 'alpha');
      expect(ofAlpha[0]).toBe(100);
      expect(granted(first, 'gamma')).toEqual([]);
      // Each holds the slice for a second, then the other has its turn.
      expect(granted(first, 'beta').slice(0, 10)).toEqual(
        Array.from({ length: 10 }, (_, i) => 1_100 + i * 100),
      );
      expect(ofAlpha.filter((at) => at >= 1_200 && at < 2_100)).toEqual([]);
      expect(ofAlpha).toContain(2_100);
      const lost = first.decisions.find(({ xapp, at }) => xapp === 'gamma' && at === 100);
      expect(lost).toMatchObject({
        outcome: 'refused',
        cause: `${NODES[0]}: slice 1 held by alpha (priority 50) until 1100 ms`,
      });
    },
    TIMEOUT_MS,
  );
});
