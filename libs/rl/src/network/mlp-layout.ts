import { LearningError } from '../learning.error.js';

export interface MlpSpec {
  readonly inputs: number;
  /** Units of the hidden layers, the first first; none for a linear map. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Of the hidden layers. */
  readonly activation: 'tanh' | 'relu';
  /** Absent: the output is linear. */
  readonly outputActivation?: 'tanh';
}

/** Where a layer lies in the flat vector: weights [inputs, outputs], row-major, then the bias [outputs]. */
export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  readonly weightsFrom: number;
  readonly biasFrom: number;
}

export interface MlpLayout {
  readonly layers: readonly LayerLayout[];
  readonly parameterCount: number;
}

/** How the parameters of a network lie in one flat vector. Throws when a width is not a positive integer. */
export function mlpLayout({ inputs, hidden, outputs }: MlpSpec): MlpLayout {
  const widths = [inputs, ...hidden, outputs];
  const bad = widths.find((width) => !Number.isInteger(width) || width < 1);
  if (bad !== undefined) {
    throw new LearningError('LEARNING_BAD_INPUT', `network ${widths.join('-')}: a width of ${bad}`);
  }
  const layers: LayerLayout[] = [];
  let from = 0;
  for (let i = 0; i + 1 < widths.length; i++) {
    const layer = { inputs: widths[i]!, outputs: widths[i + 1]! };
    const biasFrom = from + layer.inputs * layer.outputs;
    layers.push({ ...layer, weightsFrom: from, biasFrom });
    from = biasFrom + layer.outputs;
  }
  return { layers, parameterCount: from };
}

export interface InitialiserOptions {
  /** Factor on the weights of the last layer; small values start a policy near its centre. Default 1. */
  readonly outputScale?: number;
}

/**
 * Fresh parameters: weights uniform with variance 1 / inputs (tanh, LeCun 1998) or 2 / inputs (relu, He 2015; not
 * for the linear output layer), biases 0. `random` draws from [0, 1).
 */
export function initialParameters(
  spec: MlpSpec,
  random: () => number,
  { outputScale = 1 }: InitialiserOptions = {},
): Float32Array {
  const { layers, parameterCount } = mlpLayout(spec);
  const parameters = new Float32Array(parameterCount);
  layers.forEach(({ inputs, weightsFrom, biasFrom }, i) => {
    const last = i === layers.length - 1;
    const variance = (spec.activation === 'relu' && !last ? 2 : 1) / inputs;
    const limit = Math.sqrt(3 * variance) * (last ? outputScale : 1);
    for (let at = weightsFrom; at < biasFrom; at++) parameters[at] = (2 * random() - 1) * limit;
  });
  return parameters;
}
