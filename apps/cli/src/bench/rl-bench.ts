import { type BenchReport } from './bench-report.js';
import { benchEngines } from './engine-bench.js';

/** The learning on this machine: what computes it, and how fast. */
export async function benchRl(repeat: number): Promise<BenchReport> {
  const engines = await benchEngines(repeat);
  return { figures: engines.figures, text: engines.text };
}
