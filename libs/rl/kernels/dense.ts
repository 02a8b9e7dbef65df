/** A layer of a network. Matrices are row-major, contiguous float32; addresses are bytes. */
import { relu, sigmoid, tanh } from './elementwise';
import { linear } from './gemm';

/** Codes of the activations, the same in `src/engine/kernels.ts`. */
const TANH = 1;
const RELU = 2;
const SIGMOID = 3;

/** y[rows, outputs] = activation(x[rows, inputs] · weights[inputs, outputs] + bias). */
export function dense(
  y: usize,
  x: usize,
  rows: usize,
  inputs: usize,
  weights: usize,
  bias: usize,
  outputs: usize,
  activation: i32,
): void {
  linear(y, x, rows, inputs, weights, bias, outputs);
  const size = rows * outputs;
  if (activation == TANH) tanh(y, y, size);
  else if (activation == RELU) relu(y, y, size);
  else if (activation == SIGMOID) sigmoid(y, y, size);
}
