import { type Engine } from '../engine/engine.js';
import { activationCodes } from '../engine/kernels.js';
import { resident } from '../engine/resident.js';
import { LearningError } from '../learning.error.js';
import { dense } from '../tape/linear.js';
import { view } from '../tape/shape.js';
import { type Var } from '../tape/tape.js';
import {
  initialParameters,
  type InitialiserOptions,
  type MlpLayout,
  mlpLayout,
  type MlpSpec,
} from './mlp-layout.js';

/** A fully connected network. It holds no parameters: they are one flat vector (`mlpLayout`), handed in each time. */
export class Mlp {
  readonly spec: MlpSpec;
  readonly layout: MlpLayout;
  private readonly engine: Engine;
  private readonly widest: number;

  constructor(engine: Engine, spec: MlpSpec) {
    this.engine = engine;
    this.spec = spec;
    this.layout = mlpLayout(spec);
    this.widest = Math.max(...this.layout.layers.map(({ outputs }) => outputs));
  }

  get parameterCount(): number {
    return this.layout.parameterCount;
  }

  /** Fresh parameters in the engine's arena; see `initialParameters`. */
  initialise(random: () => number, options: InitialiserOptions = {}): Float32Array {
    const parameters = this.engine.allocate(this.parameterCount);
    parameters.set(initialParameters(this.spec, random, options));
    return parameters;
  }

  /** Outputs [rows, outputs] for `x` [rows, inputs], on the tape; `parameters` is a [1, parameterCount] Var. */
  forward(parameters: Var, x: Var): Var {
    this.expectLength(parameters.size);
    const { layers } = this.layout;
    return layers.reduce((input, { inputs, outputs, weightsFrom, biasFrom }, i) => {
      const weights = view(parameters, weightsFrom, { rows: inputs, columns: outputs });
      const bias = view(parameters, biasFrom, { rows: 1, columns: outputs });
      return dense(input, { weights, bias }, i + 1 < layers.length ? this.spec.activation : undefined);
    }, x);
  }

  /**
   * Outputs for rows of inputs, without a tape: `rows` holds n · inputs floats, the result n · outputs. Parameters in
   * the engine's arena are read where they lie, others are copied first.
   */
  infer(parameters: Float32Array, rows: Float32Array): Float32Array {
    this.expectLength(parameters.length);
    const { inputs, outputs } = this.spec;
    const count = rows.length / inputs;
    if (!Number.isInteger(count)) {
      throw new LearningError('LEARNING_BAD_SHAPE', `${rows.length} floats are no rows of ${inputs} inputs`);
    }
    const { engine, layout } = this;
    const layerBytes = 4 * count * this.widest;
    const [base, x, scratch] = resident(engine, [parameters, rows], 2 * layerBytes) as [
      number,
      number,
      number,
    ];
    let [from, to, spare] = [x, scratch, scratch + layerBytes];
    layout.layers.forEach(({ inputs: width, weightsFrom, biasFrom, outputs: units }, i) => {
      const last = i + 1 === layout.layers.length;
      const code = activationCodes[last ? 'none' : this.spec.activation];
      engine.kernels.dense(to, from, count, width, base + 4 * weightsFrom, base + 4 * biasFrom, units, code);
      [from, to, spare] = [to, spare, to];
    });
    return engine.view(from, count * outputs).slice();
  }

  private expectLength(length: number): void {
    if (length !== this.parameterCount) {
      throw new LearningError(
        'LEARNING_BAD_SHAPE',
        `${length} parameters for a network of ${this.parameterCount}`,
      );
    }
  }
}
