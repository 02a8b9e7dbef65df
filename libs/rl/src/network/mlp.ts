import { type Engine } from '../engine/engine.js';
import { activationCodes } from '../engine/kernels.js';
import { resident } from '../engine/resident.js';
import { LearningError } from '../learning.error.js';
import { type Var } from '../tape/tape.js';
import {
  initialParameters,
  type InitialiserOptions,
  type MlpLayout,
  mlpLayout,
  type MlpSpec,
} from './mlp-layout.js';
import { forwardLayers, type Layer } from './mlp-operation.js';

/** A fully connected network. It holds no parameters: they are one flat vector (`mlpLayout`), handed in each time. */
export class Mlp {
  readonly spec: MlpSpec;
  readonly layout: MlpLayout;
  private readonly engine: Engine;
  private readonly layers: readonly Layer[];
  private readonly widest: number;

  constructor(engine: Engine, spec: MlpSpec) {
    this.engine = engine;
    this.spec = spec;
    this.layout = mlpLayout(spec);
    this.layers = this.layout.layers.map((layer, i, { length }) => ({
      ...layer,
      activation: i + 1 < length ? spec.activation : spec.outputActivation,
    }));
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

  /**
   * Outputs [rows, outputs] for inputs [rows, inputs], on the tape; `parameters` is a [1, parameterCount] Var. Inputs
   * may be of several parts, side by side: only those get a gradient that it is asked of.
   */
  forward(parameters: Var, ...parts: readonly [Var, ...Var[]]): Var {
    this.expectLength(parameters.size);
    const columns = parts.reduce((sum, part) => sum + part.columns, 0);
    if (columns !== this.spec.inputs) {
      throw new LearningError(
        'LEARNING_BAD_SHAPE',
        `${columns} columns for a network of ${this.spec.inputs} inputs`,
      );
    }
    return forwardLayers(this.layers, { parameters, parts });
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
    const { engine, layers } = this;
    const layerBytes = 4 * count * this.widest;
    const [base, x, scratch] = resident(engine, [parameters, rows], 2 * layerBytes) as [
      number,
      number,
      number,
    ];
    let [from, to, spare] = [x, scratch, scratch + layerBytes];
    layers.forEach(({ inputs: width, weightsFrom, biasFrom, outputs: units, activation }) => {
      const code = activationCodes[activation ?? 'none'];
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
