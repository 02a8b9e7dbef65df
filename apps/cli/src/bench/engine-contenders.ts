import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { messageOf } from '@ricochet/platform';
import {
  benchUpdate,
  createEngine,
  engineUpdater,
  prepareEngines,
  tensorFlowUpdater,
  type EngineKind,
  type UpdateProblem,
  type Updater,
} from '@ricochet/rl';
import { ENGINE_CASES, type Contender } from './engine-cases.js';
import { findPyTorch } from './pytorch.js';

export interface Contenders {
  readonly pyTorch: Contender | undefined;
  readonly others: readonly Contender[];
  /** A line about each that is not there. */
  readonly missing: readonly string[];
}

/** Everything that this machine has to compute an update with. */
export async function findContenders(): Promise<Contenders> {
  await prepareEngines({ setFlagsFromString });
  const others: Contender[] = [];
  const missing: string[] = [];
  for (const make of [onEngine('blas'), onEngine('relaxed'), onEngine('simd128'), onTensorFlow]) {
    try {
      others.push(await contender(make));
    } catch (error) {
      missing.push(messageOf(error));
    }
  }
  const pyTorch = await findPyTorch();
  if (!pyTorch) missing.push('PyTorch: no Python here imports torch (Debian: python3-torch)');
  return { pyTorch, others, missing };
}

type MakeUpdater = (problem: UpdateProblem) => Updater | Promise<Updater>;

async function contender(make: MakeUpdater): Promise<Contender> {
  const updaters: Updater[] = [];
  for (const { problem } of ENGINE_CASES) updaters.push(await make(problem));
  const [{ name }] = updaters as [Updater];
  const now = (): number => performance.now();
  return {
    name,
    run: (index) => {
      const { problem, updates } = ENGINE_CASES[index]!;
      return Promise.resolve(benchUpdate(updaters[index]!, problem, { updates, now }));
    },
  };
}

function onEngine(engine: EngineKind): MakeUpdater {
  return (problem) => engineUpdater(createEngine({ engine }), problem);
}

/** On the C library of `@tensorflow/tfjs-node` where that is installed, else on WebAssembly. */
function onTensorFlow(problem: UpdateProblem): Promise<Updater> {
  return tensorFlowUpdater(problem, 'tensorflow').catch(() => tensorFlowUpdater(problem, 'wasm'));
}
