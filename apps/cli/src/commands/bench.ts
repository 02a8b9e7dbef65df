import { availableParallelism, cpus, totalmem } from 'node:os';
import { Command } from 'commander';
import { type BenchReport } from '../bench/bench-report.js';
import { benchE2 } from '../bench/e2-bench.js';
import { benchLoop } from '../bench/loop-bench.js';
import { benchMeta } from '../bench/meta-bench.js';
import { benchPage } from '../bench/page-bench.js';
import { benchRadioPresets } from '../bench/radio-bench.js';
import { benchRl } from '../bench/rl-bench.js';
import { benchXApps } from '../bench/xapps-bench.js';
import { integer } from './options.js';

interface BenchOptions {
  readonly json?: boolean;
  readonly repeat: number;
}

const BENCHES: Readonly<Record<string, (repeat: number) => Promise<BenchReport>>> = {
  radio: benchRadioPresets,
  loop: benchLoop,
  meta: benchMeta,
  rl: benchRl,
  e2: benchE2,
  xapps: benchXApps,
  page: benchPage,
};

export function benchCommand(): Command {
  const names = Object.keys(BENCHES);
  return new Command('bench')
    .description('measure this machine: medians and percentiles')
    .argument('[bench]', `${names.join(', ')} or all`, 'all')
    .option('--repeat <n>', 'runs of each figure, of which the median is told', integer(1, 100), 3)
    .option('--json', 'print the figures as JSON')
    .action(async (bench: string, { json, repeat }: BenchOptions, command: Command) => {
      const chosen = bench === 'all' ? names : names.filter((name) => name === bench);
      if (chosen.length === 0) command.error(`error: ${bench} is no bench: ${names.join(', ')} or all`);
      const reports: Record<string, object> = {};
      if (!json) process.stdout.write(`${Object.values(machine()).join(', ')}\n`);
      for (const name of chosen) {
        const report = await BENCHES[name]?.(repeat);
        if (report === undefined) continue;
        reports[name] = report.figures;
        if (!json) process.stdout.write(`\n${name}\n${report.text}\n`);
      }
      if (json) process.stdout.write(`${JSON.stringify({ machine: machine(), ...reports }, null, 2)}\n`);
    });
}

function machine(): Record<string, string> {
  return {
    cpu: `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    node: `Node ${process.version}`,
  };
}
