import { type RadioInput, RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { reportOf } from '../environment/report-of.js';
import { highReward } from '../learning/high-state.js';
import { observeSlices, SLICE_MEASUREMENTS } from '../observation/slice-observation.js';
import { quotaOf } from '../quota.js';
import { createSplitRule, type SplitRuleName } from '../split/split-rules.js';
import { ClairvoyantOracle, type OracleOptions } from './clairvoyant-oracle.js';

const INPUT: RadioInput = { cells: 3, uesPerCell: 8, load: { min: 0.8, max: 0.95 } };
const PERIOD_MS = 100;
/** What the specs that do not ask for quality need not wait for. */
const COARSE = { quotaMode: 'exact', step: 0.5, fineSteps: [] } as const;

function networkOf(seed = 1): RadioNetwork {
  return new RadioNetwork(resolveRadioConfig(INPUT), seed);
}

/** Lets someone split the carriers of a network for a while; gives the splits and the mean reward. */
function play(
  network: RadioNetwork,
  decide: (rewards: readonly Slices[]) => readonly (readonly number[])[],
  periods = 10,
): { splits: unknown[]; reward: number } {
  const window = network.openWindow(PERIOD_MS);
  const cells = Array.from({ length: network.cellCount }, (_, cell) => cell);
  const observe = (): Slices[] =>
    cells.map((cell) => {
      const measurements = SLICE_MEASUREMENTS;
      return observeSlices(reportOf({ network, window, cell, level: 'slice', measurements }));
    });
  let seen = observe();
  let reward = 0;
  const splits: unknown[] = [];
  for (let period = 0; period < periods; period++) {
    const shares = decide(seen);
    splits.push(shares);
    setSplits(network, shares);
    network.advance(PERIOD_MS);
    window.roll();
    seen = observe();
    for (const slices of seen) reward += highReward(slices) / (cells.length * periods);
  }
  return { splits, reward };
}

type Slices = ReturnType<typeof observeSlices>;

function setSplits(network: RadioNetwork, splits: readonly (readonly number[])[]): void {
  splits.forEach((shares, cell) => {
    quotaOf(shares, network.slices, 'exact').forEach((ratio, slice) =>
      network.setSliceQuota(cell, slice, ratio),
    );
  });
}

function playRule(name: SplitRuleName): number {
  const network = networkOf();
  for (let cell = 0; cell < network.cellCount; cell++) {
    network.slices.forEach((_, slice) => network.setSlicePolicy(cell, slice, 'srpt'));
  }
  const rule = createSplitRule(name, { seed: 1 });
  return play(network, (seen) => seen.map((slices) => rule.decide(slices))).reward;
}

function playOracle(options: Partial<OracleOptions> = {}): ReturnType<typeof play> {
  const network = networkOf();
  const oracle = new ClairvoyantOracle({ network, quotaMode: 'exact', ...options });
  return play(network, () => oracle.decide());
}

describe('ClairvoyantOracle', () => {
  it('is better than the best rules on the same seed, and better the closer it looks', () => {
    const coarse = playOracle({ step: 0.2, fineSteps: [] }).reward;
    const oracle = playOracle().reward;
    expect(oracle).toBeGreaterThan(playRule('urllc-first') + 0.005);
    expect(oracle).toBeGreaterThan(playRule('equal') + 0.005);
    expect(oracle).toBeGreaterThan(coarse);
  });

  it('decides alike on the same seed', () => {
    expect(playOracle(COARSE)).toEqual(playOracle(COARSE));
  });

  it('leaves the network as it is', () => {
    const runs = [true, false].map((asks) => {
      const network = networkOf();
      const oracle = new ClairvoyantOracle({ network, ...COARSE });
      const window = network.openWindow(250);
      for (let period = 0; period < 5; period++) {
        setSplits(network, [
          [0.5, 0.3, 0.2],
          [0.2, 0.5, 0.3],
          [0.3, 0.2, 0.5],
        ]);
        if (asks) oracle.decide();
        network.advance(50);
      }
      window.roll();
      const ues = Array.from({ length: network.ueCapacity }, (_, ue) => ue);
      return {
        timeMs: network.timeMs,
        quota: network.sliceQuota(0, 0),
        tallies: ues.map((ue) => network.tallies.ue(ue)),
        delays: ues.map((ue) => window.ue('RCT.PacketDelayDl.Max', ue)),
      };
    });
    expect(runs[0]).toEqual(runs[1]);
  });

  it('maximises the reward that it is given in each cell, and tells it the split that was tried', () => {
    const network = networkOf();
    const reward: OracleOptions['reward'] = ({ cell, shares }) => shares[cell] ?? 0;
    const oracle = new ClairvoyantOracle({
      network,
      quotaMode: 'exact',
      step: 0.5,
      fineSteps: [0.1],
      reward,
    });
    const most = expect.closeTo(0.96, 9) as number;
    const least = expect.closeTo(0.02, 9) as number;
    expect(oracle.decide()).toEqual([
      [most, least, least],
      [least, most, least],
      [least, least, most],
    ]);
  });

  it('tries splits in the mode and under the policy asked for', () => {
    const network = networkOf();
    const maxima = new Set<number>();
    const reward = (): number => {
      maxima.add(network.sliceQuota(0, 1).maxRatio);
      return 0;
    };
    new ClairvoyantOracle({ network, ...COARSE, quotaMode: 'lend', policy: 'max-cqi', reward }).decide();
    expect([...maxima]).toEqual([100]);
    expect(network.slicePolicy(2, 2)).toBe('max-cqi');
  });
});
