/** Kernels on flat vectors of parameters. `n` counts floats; addresses are bytes. */

/** Floats of the output that stay in the first-level cache while the inputs pass. */
const BLOCK: usize = 2048;

/** p - rate · g of two lanes, in float64. */
// @ts-ignore: decorator
@inline
function descendTwo(p: v128, g: v128, rate: v128): v128 {
  const step = f64x2.mul(rate, f64x2.promote_low_f32x4(g));
  return f32x4.demote_f64x2_zero(f64x2.sub(f64x2.promote_low_f32x4(p), step));
}

/** parameters -= rate · gradient, in float64 and rounded once. */
export function descend(parameters: usize, gradient: usize, n: usize, rate: f64): void {
  const rates = f64x2.splat(rate);
  const end = parameters + (n << 2);
  for (; parameters + 16 <= end; parameters += 16, gradient += 16) {
    const p = v128.load(parameters);
    const g = v128.load(gradient);
    const low = descendTwo(p, g, rates);
    const high = descendTwo(v128.shuffle<f32>(p, p, 2, 3, 2, 3), v128.shuffle<f32>(g, g, 2, 3, 2, 3), rates);
    v128.store(parameters, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  }
  for (; parameters < end; parameters += 4, gradient += 4) {
    store<f32>(parameters, <f32>(<f64>load<f32>(parameters) - rate * <f64>load<f32>(gradient)));
  }
}

// @ts-ignore: decorator
@inline
function adamLanes(
  at: usize,
  g: v128,
  m: usize,
  v: usize,
  beta1: v128,
  oneMinusBeta1: v128,
  beta2: v128,
  oneMinusBeta2: v128,
  stepSize: v128,
  varianceScale: v128,
  epsilon: v128,
): void {
  const moment = f32x4.add(f32x4.mul(v128.load(m), beta1), f32x4.mul(g, oneMinusBeta1));
  const variance = f32x4.add(f32x4.mul(v128.load(v), beta2), f32x4.mul(f32x4.mul(g, g), oneMinusBeta2));
  v128.store(m, moment);
  v128.store(v, variance);
  const scale = f32x4.add(f32x4.mul(f32x4.sqrt(variance), varianceScale), epsilon);
  const step = f32x4.div(f32x4.mul(stepSize, moment), scale);
  v128.store(at, f32x4.sub(v128.load(at), step));
}

/**
 * One step of Adam on `n` parameters: m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g²,
 * parameters -= stepSize · m / (√v · varianceScale + ε). The caller corrects the bias and takes 1-β in float64.
 */
export function adam(
  parameters: usize,
  gradient: usize,
  m: usize,
  v: usize,
  n: usize,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  stepSize: f32,
  varianceScale: f32,
  epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(oneMinusBeta2);
  const size = f32x4.splat(stepSize);
  const scale = f32x4.splat(varianceScale);
  const eps = f32x4.splat(epsilon);
  const end = parameters + ((n >> 2) << 4);
  for (; parameters < end; parameters += 16, gradient += 16, m += 16, v += 16) {
    adamLanes(parameters, v128.load(gradient), m, v, b1, c1, b2, c2, size, scale, eps);
  }
  for (let i: usize = 0; i < (n & 3); i++) {
    const g = load<f32>(gradient);
    const moment = load<f32>(m) * beta1 + g * oneMinusBeta1;
    const variance = load<f32>(v) * beta2 + g * g * oneMinusBeta2;
    store<f32>(m, moment);
    store<f32>(v, variance);
    const step = (stepSize * moment) / (sqrt(variance) * varianceScale + epsilon);
    store<f32>(parameters, load<f32>(parameters) - step);
    parameters += 4;
    gradient += 4;
    m += 4;
    v += 4;
  }
}

/** Address of vector `i` of a list, at a byte. */
// @ts-ignore: decorator
@inline
function vectorAt(vectors: usize, i: usize, byte: usize): usize {
  return <usize>load<u32>(vectors + (i << 2)) + byte;
}

/** out += weight · x on a block. */
// @ts-ignore: decorator
@inline
function addOne(out: usize, x: usize, weight: f32, n: usize): void {
  const weights = f32x4.splat(weight);
  const end = out + (n << 2);
  for (; out + 16 <= end; out += 16, x += 16) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(v128.load(x), weights)));
  }
  for (; out < end; out += 4, x += 4) store<f32>(out, load<f32>(out) + load<f32>(x) * weight);
}

/** out += the weighted sum of four vectors on a block, one after another: four streams from memory at once. */
// @ts-ignore: decorator
@inline
function addFour(out: usize, vectors: usize, weights: usize, byte: usize, n: usize): void {
  const a = vectorAt(vectors, 0, byte) - out;
  const b = vectorAt(vectors, 1, byte) - out;
  const c = vectorAt(vectors, 2, byte) - out;
  const d = vectorAt(vectors, 3, byte) - out;
  const wa = load<f32>(weights);
  const wb = load<f32>(weights, 4);
  const wc = load<f32>(weights, 8);
  const wd = load<f32>(weights, 12);
  const end = out + (n << 2);
  for (; out + 16 <= end; out += 16) {
    let sum = f32x4.add(v128.load(out), f32x4.mul(v128.load(a + out), f32x4.splat(wa)));
    sum = f32x4.add(sum, f32x4.mul(v128.load(b + out), f32x4.splat(wb)));
    sum = f32x4.add(sum, f32x4.mul(v128.load(c + out), f32x4.splat(wc)));
    v128.store(out, f32x4.add(sum, f32x4.mul(v128.load(d + out), f32x4.splat(wd))));
  }
  for (; out < end; out += 4) {
    let sum = load<f32>(out) + load<f32>(a + out) * wa;
    sum += load<f32>(b + out) * wb;
    sum += load<f32>(c + out) * wc;
    store<f32>(out, sum + load<f32>(d + out) * wd);
  }
}

/**
 * out = sum of weight · vector, in the order given. `vectors` holds `count` uint32 addresses, `weights` as many floats.
 */
export function weightedSum(out: usize, vectors: usize, weights: usize, count: usize, n: usize): void {
  for (let from: usize = 0; from < n; from += BLOCK) {
    const size = min(BLOCK, n - from);
    const byte = from << 2;
    const to = out + byte;
    memory.fill(to, 0, size << 2);
    let i: usize = 0;
    for (; i + 4 <= count; i += 4) addFour(to, vectors + (i << 2), weights + (i << 2), byte, size);
    for (; i < count; i++) addOne(to, vectorAt(vectors, i, byte), load<f32>(weights + (i << 2)), size);
  }
}
