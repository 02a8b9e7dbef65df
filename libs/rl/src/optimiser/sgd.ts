import { type Engine } from '../engine/engine.js';
import { resident, settle } from '../engine/resident.js';
import { expectLengths, lengthOf, type ParameterRange } from './parameter-range.js';

/** Plain gradient descent on one flat vector, with a learning rate for each range of it. */
export class Sgd {
  private readonly engine: Engine;
  private readonly ranges: readonly ParameterRange[];
  private readonly length: number;

  /** `ranges` follow one another and cover the vector. */
  constructor(engine: Engine, ranges: readonly ParameterRange[]) {
    this.engine = engine;
    this.ranges = ranges;
    this.length = lengthOf(ranges);
  }

  /** Changes `parameters` in place; `rateScale` multiplies all learning rates. */
  step(parameters: Float32Array, gradient: Float32Array, rateScale = 1): void {
    expectLengths(this.length, { parameters, gradient });
    const { engine } = this;
    const [to, from] = resident(engine, [parameters, gradient]) as [number, number];
    let at = 0;
    for (const { length, learningRate } of this.ranges) {
      engine.kernels.axpby(to + at, from + at, length, -learningRate * rateScale, 1);
      at += 4 * length;
    }
    settle(engine, parameters, to);
  }
}
