/** Elementwise kernels. `n` counts floats; addresses are bytes. An output may be the same vector as an input. */
import { clamp4, exp4, log4, multiplyAdd, relu4, sigmoid4, tanh4 } from './math';

/**
 * Vectors are handled four lanes at a time. The rest of up to three floats is copied into a buffer of one vector,
 * goes through the same lanes and is copied back, so that an element's bits do not depend on its place.
 */
const rest = memory.data(64, 16);

// @ts-ignore: decorator
@inline
function loadRest(from: usize, count: usize): v128 {
  memory.copy(rest, from, count << 2);
  return v128.load(rest);
}

// @ts-ignore: decorator
@inline
function storeRest(to: usize, value: v128, count: usize): void {
  v128.store(rest, value);
  memory.copy(to, rest, count << 2);
}

const TANH = 0;
const SIGMOID = 1;
const RELU = 2;
const EXP = 3;
const LOG = 4;
const SQUARE = 5;

// @ts-ignore: decorator
@inline
function apply1(operation: i32, x: v128): v128 {
  if (operation == TANH) return tanh4(x);
  if (operation == SIGMOID) return sigmoid4(x);
  if (operation == RELU) return relu4(x);
  if (operation == EXP) return exp4(x);
  if (operation == LOG) return log4(x);
  return f32x4.mul(x, x);
}

// @ts-ignore: decorator
@inline
function map1(operation: i32, out: usize, x: usize, n: usize): void {
  const end = out + ((n >> 2) << 4);
  // Two at a time: the polynomials are chains, each waits for itself.
  for (; out + 32 <= end; out += 32, x += 32) {
    const first = apply1(operation, v128.load(x));
    const second = apply1(operation, v128.load(x, 16));
    v128.store(out, first);
    v128.store(out, second, 16);
  }
  for (; out < end; out += 16, x += 16) v128.store(out, apply1(operation, v128.load(x)));
  if (n & 3) storeRest(out, apply1(operation, loadRest(x, n & 3)), n & 3);
}

export function tanh(out: usize, x: usize, n: usize): void {
  map1(TANH, out, x, n);
}
export function sigmoid(out: usize, x: usize, n: usize): void {
  map1(SIGMOID, out, x, n);
}
export function relu(out: usize, x: usize, n: usize): void {
  map1(RELU, out, x, n);
}
export function exp(out: usize, x: usize, n: usize): void {
  map1(EXP, out, x, n);
}
export function log(out: usize, x: usize, n: usize): void {
  map1(LOG, out, x, n);
}
export function square(out: usize, x: usize, n: usize): void {
  map1(SQUARE, out, x, n);
}

const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const TANH_GRADIENT = 4;
const SIGMOID_GRADIENT = 5;
const RELU_GRADIENT = 6;

// @ts-ignore: decorator
@inline
function apply2(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == TANH_GRADIENT) return f32x4.mul(a, f32x4.sub(f32x4.splat(1), f32x4.mul(b, b)));
  if (operation == SIGMOID_GRADIENT) return f32x4.mul(a, f32x4.mul(b, f32x4.sub(f32x4.splat(1), b)));
  return v128.and(a, f32x4.gt(b, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function map2(operation: i32, out: usize, a: usize, b: usize, n: usize): void {
  const end = out + ((n >> 2) << 4);
  for (; out < end; out += 16, a += 16, b += 16) {
    v128.store(out, apply2(operation, v128.load(a), v128.load(b)));
  }
  if (n & 3) {
    const left = loadRest(a, n & 3);
    storeRest(out, apply2(operation, left, loadRest(b, n & 3)), n & 3);
  }
}

export function add(out: usize, a: usize, b: usize, n: usize): void {
  map2(ADD, out, a, b, n);
}
export function subtract(out: usize, a: usize, b: usize, n: usize): void {
  map2(SUBTRACT, out, a, b, n);
}
export function multiply(out: usize, a: usize, b: usize, n: usize): void {
  map2(MULTIPLY, out, a, b, n);
}
export function divide(out: usize, a: usize, b: usize, n: usize): void {
  map2(DIVIDE, out, a, b, n);
}

/** out = g (1 - y²), where y = tanh(x). */
export function tanhGradient(out: usize, g: usize, y: usize, n: usize): void {
  map2(TANH_GRADIENT, out, g, y, n);
}
/** out = g y (1 - y), where y = sigmoid(x). */
export function sigmoidGradient(out: usize, g: usize, y: usize, n: usize): void {
  map2(SIGMOID_GRADIENT, out, g, y, n);
}
/** out = g where y > 0, else 0. */
export function reluGradient(out: usize, g: usize, y: usize, n: usize): void {
  map2(RELU_GRADIENT, out, g, y, n);
}

/** out = scale x + shift. */
export function affine(out: usize, x: usize, n: usize, scale: f32, shift: f32): void {
  const scales = f32x4.splat(scale);
  const shifts = f32x4.splat(shift);
  const end = out + ((n >> 2) << 4);
  for (; out < end; out += 16, x += 16) v128.store(out, multiplyAdd(v128.load(x), scales, shifts));
  if (n & 3) storeRest(out, multiplyAdd(loadRest(x, n & 3), scales, shifts), n & 3);
}

/** y = a x + b y. */
export function axpby(y: usize, x: usize, n: usize, a: f32, b: f32): void {
  const as = f32x4.splat(a);
  const bs = f32x4.splat(b);
  const end = y + ((n >> 2) << 4);
  for (; y < end; y += 16, x += 16) {
    v128.store(y, multiplyAdd(v128.load(x), as, f32x4.mul(v128.load(y), bs)));
  }
  if (n & 3) {
    const scaled = f32x4.mul(loadRest(y, n & 3), bs);
    storeRest(y, multiplyAdd(loadRest(x, n & 3), as, scaled), n & 3);
  }
}

/** out = min(max(x, low), high). */
export function clamp(out: usize, x: usize, n: usize, low: f32, high: f32): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const end = out + ((n >> 2) << 4);
  for (; out < end; out += 16, x += 16) {
    v128.store(out, clamp4(v128.load(x), lows, highs));
  }
  if (n & 3) storeRest(out, clamp4(loadRest(x, n & 3), lows, highs), n & 3);
}

// @ts-ignore: decorator
@inline
function inside(g: v128, x: v128, lows: v128, highs: v128): v128 {
  return v128.and(g, v128.and(f32x4.ge(x, lows), f32x4.le(x, highs)));
}

/** out = g where low ≤ x ≤ high, else 0. */
export function clampGradient(out: usize, g: usize, x: usize, n: usize, low: f32, high: f32): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const end = out + ((n >> 2) << 4);
  for (; out < end; out += 16, g += 16, x += 16) {
    v128.store(out, inside(v128.load(g), v128.load(x), lows, highs));
  }
  if (n & 3) {
    const gradient = loadRest(g, n & 3);
    storeRest(out, inside(gradient, loadRest(x, n & 3), lows, highs), n & 3);
  }
}

export function fill(out: usize, n: usize, value: f32): void {
  const values = f32x4.splat(value);
  const end = out + ((n >> 2) << 4);
  for (; out < end; out += 16) v128.store(out, values);
  if (n & 3) storeRest(out, values, n & 3);
}
