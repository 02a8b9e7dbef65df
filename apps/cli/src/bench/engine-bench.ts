import Table from 'cli-table3';
import { type BenchReport } from './bench-report.js';
import { ENGINE_CASES, type Contender, type Timing } from './engine-cases.js';
import { findContenders } from './engine-contenders.js';
import { median } from './median.js';

interface CaseFigures extends Timing {
  readonly case: string;
  /** Time of an update over PyTorch's; only where PyTorch is there. */
  readonly ratio?: number;
}

interface EngineFigures {
  readonly engine: string;
  readonly cases: readonly CaseFigures[];
}

/** DDPG updates and actions by PyTorch, each engine and TensorFlow.js: one thread each, in turn within each run. */
export async function benchEngines(repeat: number): Promise<BenchReport> {
  const { pyTorch, others, missing } = await findContenders();
  const contenders = [...(pyTorch ? [pyTorch] : []), ...others];
  const timings = new Map<Contender, Timing[][]>();
  for (const contender of contenders)
    timings.set(
      contender,
      ENGINE_CASES.map(() => []),
    );
  for (let run = 0; run < repeat; run++) {
    for (const [contender, ofCases] of timings) {
      for (const [index, runs] of ofCases.entries()) runs.push(await contender.run(index));
    }
  }
  const reference = pyTorch && timings.get(pyTorch)?.map(medians);
  const engines = [...timings].map(([{ name }, ofCases]): EngineFigures => {
    const cases = ofCases.map(medians).map((timing, index) => {
      const yardstick = reference?.[index];
      const ratio = yardstick && { ratio: timing.updateMs / yardstick.updateMs };
      return { case: ENGINE_CASES[index]?.name ?? '', ...timing, ...ratio };
    });
    return { engine: name, cases };
  });
  return { figures: { engines, missing }, text: [table(engines), ...missing].join('\n') };
}

function medians(runs: readonly Timing[]): Timing {
  return {
    updateMs: median(runs.map(({ updateMs }) => updateMs)),
    actionUs: median(runs.map(({ actionUs }) => actionUs)),
  };
}

function table(engines: readonly EngineFigures[]): string {
  const names = ENGINE_CASES.map(({ name }) => name);
  const text = new Table({
    head: [
      'one thread, batch 128',
      ...names.flatMap((name) => [`${name} update`, '× PyTorch']),
      ...names.map((name) => `${name} action`),
    ],
    colAligns: ['left', ...Array<'right'>(3 * names.length).fill('right')],
    style: { head: [], border: [] },
  });
  for (const { engine, cases } of engines) {
    text.push([
      engine,
      ...cases.flatMap(({ updateMs, ratio }) => [`${digits(updateMs)} ms`, ratio?.toFixed(2) ?? '']),
      ...cases.map(({ actionUs }) => `${digits(actionUs)} µs`),
    ]);
  }
  return text.toString();
}

/** Three of them count. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
