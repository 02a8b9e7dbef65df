import { type RunSummary } from '../apps/cli/src/run/summary.js';
import { fixture, Ricochet } from './support/ricochet.js';

const RANKING = fixture('ranking.yaml');
const TIMEOUT_MS = 600_000;

const ricochet = new Ricochet();
afterEach(() => ricochet.processes.endAll());
afterAll(() => ricochet.dispose());

describe('controllers', () => {
  it(
    'rank as the physics says: who looks at the network beats equal shares, and chance is worst',
    async () => {
      const run = async (controller: string): Promise<RunSummary> => {
        const { summary } = await ricochet.runScenario(RANKING, controller, '--controller', controller);
        return summary;
      };
      const [random, equal, urllcFirst] = await Promise.all([
        run('random+random'),
        run('equal+rr'),
        run('urllc-first+srpt'),
      ]);
      // One load for all: it depends on the seed, not on who decides.
      expect(equal.slices.eMBB.offeredMbps).toBe(random.slices.eMBB.offeredMbps);
      expect(urllcFirst.slices.eMBB.offeredMbps).toBe(random.slices.eMBB.offeredMbps);
      // They lie 0.14 and 0.07 apart for this seed.
      expect(equal.meanQos).toBeGreaterThan(random.meanQos + 0.05);
      expect(urllcFirst.meanQos).toBeGreaterThan(equal.meanQos + 0.03);
    },
    TIMEOUT_MS,
  );
});
