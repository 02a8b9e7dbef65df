import { type BenchReport } from './bench-report.js';
import { benchEngines } from './engine-bench.js';
import { benchTraining } from './training-bench.js';

/** The learning on this machine: what computes it, and how fast. */
export async function benchRl(repeat: number): Promise<BenchReport> {
  const engines = await benchEngines(repeat);
  const training = await benchTraining(repeat);
  return {
    figures: { ...engines.figures, training: training.figures },
    text: `${engines.text}\n\n${training.text}`,
  };
}
