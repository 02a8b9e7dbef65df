import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type UpdateProblem } from '@ricochet/rl';
import { ENGINE_CASES, type Contender, type Timing } from './engine-cases.js';
import { PYTORCH_SCRIPT } from './pytorch-script.js';

const PYTHONS = ['python3', '/usr/bin/python3', 'python'];
/** The libraries that PyTorch multiplies matrices with need not listen to torch.set_num_threads. */
const ONE_THREAD = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** What the script prints. */
interface Answer extends Timing {
  /** Version of PyTorch, its BLAS and its fastest Adam. */
  readonly name: string;
}

/** PyTorch by the first Python that has it. Each run is a process of its own. */
export async function findPyTorch(): Promise<Contender | undefined> {
  for (const python of PYTHONS) {
    try {
      const { name } = await run(python, ENGINE_CASES.at(-1)!.problem, 10);
      return {
        name,
        run: (index) => {
          const { problem, updates } = ENGINE_CASES[index]!;
          return run(python, problem, updates);
        },
      };
    } catch {
      // No such Python, or no torch in it: the next.
    }
  }
  return undefined;
}

async function run(python: string, problem: UpdateProblem, updates: number): Promise<Answer> {
  const { actor, batch, discount, learningRate, softUpdateRate } = problem;
  const { inputs: stateSize, hidden, outputs: actionSize } = actor;
  const sizes = { stateSize, hidden, actionSize, batch: batch.size };
  const settings = { ...sizes, discount, learningRate, softUpdateRate, updates };
  // OpenBLAS chooses its kernels itself, as ours does.
  const { OPENBLAS_CORETYPE: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(python, ['-c', PYTORCH_SCRIPT, JSON.stringify(settings)], {
    env: { ...env, ...ONE_THREAD },
  });
  return JSON.parse(stdout) as Answer;
}
