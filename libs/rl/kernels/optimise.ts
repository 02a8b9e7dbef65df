/** Kernels on flat vectors of parameters. `n` counts floats; addresses are bytes. */

/** Floats of the output that stay in the first-level cache while the inputs pass. */
const BLOCK: usize = 2048;

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

/** out += weight · x on a block. */
// @ts-ignore: decorator
@inline
function addWeighted(out: usize, x: usize, weight: f32, n: usize): void {
  const weights = f32x4.splat(weight);
  const end = out + (n << 2);
  for (; out + 32 <= end; out += 32, x += 32) {
    const first = f32x4.mul(v128.load(x), weights);
    const second = f32x4.mul(v128.load(x, 16), weights);
    v128.store(out, f32x4.add(v128.load(out), first));
    v128.store(out, f32x4.add(v128.load(out, 16), second), 16);
  }
  for (; out < end; out += 4, x += 4) store<f32>(out, load<f32>(out) + load<f32>(x) * weight);
}

/**
 * out = sum of weight · vector, in the order given. `vectors` holds `count` uint32 addresses, `weights` as many floats.
 */
export function weightedSum(out: usize, vectors: usize, weights: usize, count: usize, n: usize): void {
  for (let from: usize = 0; from < n; from += BLOCK) {
    const size = min(BLOCK, n - from);
    const to = out + (from << 2);
    memory.fill(to, 0, size << 2);
    for (let i: usize = 0; i < count; i++) {
      const x = <usize>load<u32>(vectors + (i << 2)) + (from << 2);
      addWeighted(to, x, load<f32>(weights + (i << 2)), size);
    }
  }
}
