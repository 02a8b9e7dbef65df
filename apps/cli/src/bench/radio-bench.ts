import { performance } from 'node:perf_hooks';
import { benchRadio, type RadioBenchResult } from '@ricochet/radio';
import { type BenchReport } from './bench-report.js';
import { median } from './median.js';

const SIZES = [
  { cells: 7, uesPerCell: 30, slots: 20_000 },
  { cells: 30, uesPerCell: 200, slots: 2_000 },
] as const;
const SEED = 1;

/** The simulator alone, one core: 1 ms slots, 100 PRBs, windows of 10 and 100 ms open. Sizes interleaved. */
export function benchRadioPresets(repeat: number): Promise<BenchReport> {
  const runs: RadioBenchResult[][] = SIZES.map(() => []);
  for (let run = 0; run < repeat; run++) {
    SIZES.forEach((size, i) =>
      runs[i]?.push(benchRadio({ ...size, seed: SEED }, { now: () => performance.now() })),
    );
  }
  const sizes = SIZES.map((size, i) => ({
    ...size,
    realTimeFactor: median((runs[i] ?? []).map(({ realTimeFactor }) => realTimeFactor)),
    nsPerUeSlot: median((runs[i] ?? []).map(({ nsPerUeSlot }) => nsPerUeSlot)),
  }));
  const [small, large] = sizes as [(typeof sizes)[number], (typeof sizes)[number]];
  const costGrowth = large.nsPerUeSlot / small.nsPerUeSlot;
  const figures = { realTimeFactor: small.realTimeFactor, costGrowth, sizes };
  const text = [
    ...sizes.map(
      ({ cells, uesPerCell, realTimeFactor, nsPerUeSlot }) =>
        `${cells} DUs × ${uesPerCell} UEs: ${realTimeFactor.toFixed(1)} × real time, ${nsPerUeSlot.toFixed(1)} ns a UE-slot`,
    ),
    `cost of a UE-slot, large over small: ${costGrowth.toFixed(2)}`,
  ].join('\n');
  return Promise.resolve({ figures, text });
}
