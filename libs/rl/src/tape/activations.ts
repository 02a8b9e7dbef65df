import { affine, div, mul } from './arithmetic.js';
import { output, tapeOf } from './operation.js';
import { type Backward, type Var } from './tape.js';

export type Activation = 'tanh' | 'relu' | 'sigmoid';

type UnaryKernel = Activation | 'exp' | 'log';

/** The kernels of g · activation'(x). */
export const activationKernels = {
  tanh: 'tanhGradient',
  relu: 'reluGradient',
  sigmoid: 'sigmoidGradient',
} as const satisfies Record<Activation, string>;

function unary(kernel: UnaryKernel, x: Var, backward: Backward): Var {
  const { kernels } = tapeOf(x);
  const y = output([x], x, backward);
  kernels[kernel](y.address, x.address, y.size);
  return y;
}

/** activation(x). */
export function activate(x: Var, activation: Activation): Var {
  const y: Var = unary(activation, x, (g) => [activationGradient(g, y, activation)]);
  return y;
}

/** tanh(x). */
export function tanh(x: Var): Var {
  return activate(x, 'tanh');
}

/** max(x, 0), with derivative 0 at 0. */
export function relu(x: Var): Var {
  return activate(x, 'relu');
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: Var): Var {
  return activate(x, 'sigmoid');
}

/** e^x, up to 2.4e38. */
export function exp(x: Var): Var {
  const y: Var = unary('exp', x, (g) => [mul(g, y)]);
  return y;
}

/** Natural logarithm. */
export function log(x: Var): Var {
  return unary('log', x, (g) => [div(g, x)]);
}

/** g · activation'(x), told by the output y = activation(x): 1 - y² for tanh, y (1 - y) for sigmoid, y > 0 for relu. */
export function activationGradient(g: Var, y: Var, activation: Activation): Var {
  const { kernels } = tapeOf(g, y);
  const out = output([g, y], g, (gg, needed) => [
    needed[0] ? activationGradient(gg, y, activation) : undefined,
    needed[1] ? slopeGradient(mul(gg, g), y, activation) : undefined,
  ]);
  kernels[activationKernels[activation]](out.address, g.address, y.address, out.size);
  return out;
}

/** g · d/dy of the slope that `activationGradient` multiplies by. */
function slopeGradient(g: Var, y: Var, activation: Activation): Var | undefined {
  switch (activation) {
    case 'tanh':
      return mul(g, affine(y, -2, 0));
    case 'sigmoid':
      return mul(g, affine(y, -2, 1));
    case 'relu':
      return undefined;
  }
}
