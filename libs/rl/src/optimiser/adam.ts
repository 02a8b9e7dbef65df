import { type Engine } from '../engine/engine.js';
import { resident, settle } from '../engine/resident.js';
import { LearningError } from '../learning.error.js';
import { expectLengths, lengthOf, type ParameterRange } from './parameter-range.js';

export interface AdamOptions {
  /** Default .9. */
  readonly beta1?: number;
  /** Default .999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** What Adam remembers between steps: copies, to be stored and handed to `restore`. */
export interface AdamState {
  readonly steps: number;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/** Adam (Kingma and Ba 2015, algorithm 1) on one flat vector, with a learning rate for each range of it. */
export class Adam {
  private readonly engine: Engine;
  private readonly ranges: readonly ParameterRange[];
  private readonly options: Required<AdamOptions>;
  private readonly m: Float32Array;
  private readonly v: Float32Array;
  private steps = 0;

  /** `ranges` follow one another and cover the vector. */
  constructor(engine: Engine, ranges: readonly ParameterRange[], options: AdamOptions = {}) {
    this.engine = engine;
    this.ranges = ranges;
    this.options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...options };
    this.m = engine.allocate(lengthOf(ranges));
    this.v = engine.allocate(this.m.length);
  }

  /** Changes `parameters` in place; `rateScale` multiplies all learning rates. */
  step(parameters: Float32Array, gradient: Float32Array, rateScale = 1): void {
    expectLengths(this.m.length, { parameters, gradient });
    const { engine, options } = this;
    const { beta1, beta2, epsilon } = options;
    this.steps++;
    const [to, from] = resident(engine, [parameters, gradient]) as [number, number];
    const [m, v] = [this.m.byteOffset, this.v.byteOffset];
    // In float64: 1 - β₂ and the bias corrections lose ten times the accuracy in float32.
    const varianceScale = 1 / Math.sqrt(1 - beta2 ** this.steps);
    const momentScale = 1 / (1 - beta1 ** this.steps);
    let at = 0;
    for (const { length, learningRate } of this.ranges) {
      engine.kernels.adam(
        ...([to + at, from + at, m + at, v + at, length] as const),
        ...([beta1, 1 - beta1, beta2, 1 - beta2] as const),
        ...([learningRate * rateScale * momentScale, varianceScale, epsilon] as const),
      );
      at += 4 * length;
    }
    settle(engine, parameters, to);
  }

  /** What is needed to go on exactly where this optimiser stands. */
  state(): AdamState {
    return { steps: this.steps, m: this.m.slice(), v: this.v.slice() };
  }

  /** Goes on from a state; throws when its vectors are of another length or its step count is no count. */
  restore({ steps, m, v }: AdamState): void {
    expectLengths(this.m.length, { m, v });
    if (!Number.isSafeInteger(steps) || steps < 0) {
      throw new LearningError('LEARNING_BAD_INPUT', `an Adam state after ${steps} steps`);
    }
    this.steps = steps;
    this.m.set(m);
    this.v.set(v);
  }

  /** Forgets all steps. */
  reset(): void {
    this.steps = 0;
    this.m.fill(0);
    this.v.fill(0);
  }
}
