import { runLab } from './lab.js';

const SEEDS = [1, 2, 3, 4, 5];

/** Mean quality of a controller on each seed: the same networks for all, so that they compare in pairs. */
function rewardsOf(controller: string): number[] {
  return SEEDS.map(
    (seed) =>
      runLab({
        network: { cells: 7, uesPerCell: 30 },
        seed,
        controller,
        quotaMode: 'exact',
        durationMs: 4000,
        warmUpMs: 1000,
        sla: {},
      }).reward,
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('controllers at nominal load', () => {
  let random: number[];
  let equal: number[];
  let need: number[];
  let urllcFirst: number[];

  beforeAll(() => {
    random = rewardsOf('random+random');
    equal = rewardsOf('equal+rr');
    need = rewardsOf('need+pf');
    urllcFirst = rewardsOf('urllc-first+srpt');
  }, 120_000);

  it('random is the worst on every seed', () => {
    SEEDS.forEach((_, run) => {
      const others = [equal, need, urllcFirst].map((rewards) => rewards[run] ?? 0);
      expect(random[run]).toBeLessThan(Math.min(...others));
    });
  });

  it('need + PF is above equal + round robin', () => {
    expect(meanOf(need)).toBeGreaterThan(meanOf(equal));
  });

  it('urllc-first + SRPT is at least as good as need + PF', () => {
    expect(meanOf(urllcFirst)).toBeGreaterThanOrEqual(meanOf(need));
  });
});
