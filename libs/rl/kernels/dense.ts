/** Layers of a network. Matrices are row-major, contiguous float32; addresses are bytes. */
import { gemm } from './gemm';
import { relu4, sigmoid4, tanh4 } from './math';

/** Codes of the activations, the same in `src/engine/kernels.ts`. */
const TANH = 1;
const RELU = 2;
const SIGMOID = 3;

// @ts-ignore: decorator
@inline
function activate(x: v128, activation: i32): v128 {
  if (activation == TANH) return tanh4(x);
  if (activation == RELU) return relu4(x);
  if (activation == SIGMOID) return sigmoid4(x);
  return x;
}

// @ts-ignore: decorator
@inline
function addBias(y: usize, bias: usize, rows: usize, columns: usize, activation: i32): void {
  const bytes = columns << 2;
  const whole = bytes & ~15;
  for (let i: usize = 0; i < rows; i++) {
    let j: usize = 0;
    // Two at a time: the polynomials are chains, each waits for itself.
    for (; j + 32 <= whole; j += 32) {
      const first = activate(f32x4.add(v128.load(y + j), v128.load(bias + j)), activation);
      const second = activate(f32x4.add(v128.load(y + j, 16), v128.load(bias + j, 16)), activation);
      v128.store(y + j, first);
      v128.store(y + j, second, 16);
    }
    for (; j < whole; j += 16) {
      v128.store(y + j, activate(f32x4.add(v128.load(y + j), v128.load(bias + j)), activation));
    }
    for (; j < bytes; j += 4) {
      const value = f32x4.splat(load<f32>(y + j) + load<f32>(bias + j));
      store<f32>(y + j, f32x4.extract_lane(activate(value, activation), 0));
    }
    y += bytes;
  }
}

/** y[i, j] = activation(y[i, j] + bias[j]), in place. */
export function biasActivation(y: usize, bias: usize, rows: usize, columns: usize, activation: i32): void {
  if (activation == TANH) addBias(y, bias, rows, columns, TANH);
  else if (activation == RELU) addBias(y, bias, rows, columns, RELU);
  else if (activation == SIGMOID) addBias(y, bias, rows, columns, SIGMOID);
  else addBias(y, bias, rows, columns, 0);
}

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
  gemm(rows, outputs, inputs, x, inputs, 1, weights, outputs, 1, y, outputs, false);
  biasActivation(y, bias, rows, outputs, activation);
}
