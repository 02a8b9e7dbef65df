import { SeededRandom, updateProblem, type UpdateProblem, type UpdateSizes } from '@ricochet/rl';

export interface EngineCase {
  readonly name: string;
  readonly problem: UpdateProblem;
  /** Updates of a run, of which the median counts. */
  readonly updates: number;
}

export const ENGINE_CASES: readonly EngineCase[] = [
  engineCase({ hidden: [256, 512, 512], stateSize: 40, actionSize: 30, batch: 128 }, 20),
  engineCase({ hidden: [64, 64], stateSize: 9, actionSize: 3, batch: 128 }, 200),
];

function engineCase(sizes: UpdateSizes, updates: number): EngineCase {
  const random = new SeededRandom('bench');
  const problem = updateProblem(sizes, () => random.uniform());
  return { name: sizes.hidden.join('-'), problem, updates };
}

export interface Timing {
  /** One DDPG update. */
  readonly updateMs: number;
  /** One action of the actor, a batch of one. */
  readonly actionUs: number;
}

/** Something that is measured; `run` does so once, with one of the cases. */
export interface Contender {
  readonly name: string;
  run(index: number): Promise<Timing>;
}
