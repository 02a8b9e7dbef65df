type Map1 = (out: number, x: number, n: number) => void;
type Map2 = (out: number, a: number, b: number, n: number) => void;

/**
 * The door to the arithmetic: everything the tape, the networks and the optimisers compute goes through it. Vectors
 * are float32 in one memory; `out`, `x`, ... are byte addresses, `n`, `rows`, `columns`, strides and leading
 * dimensions (`ld`) count elements. Matrices are row-major. Nothing is checked here: callers do that.
 * An elementwise `out` may equal an input. The formulas stand in `libs/rl/kernels`.
 */
export interface Kernels {
  /** Bytes at the beginning of the memory that are the kernels' own. */
  reservedBytes(): number;

  readonly tanh: Map1;
  readonly sigmoid: Map1;
  readonly relu: Map1;
  readonly exp: Map1;
  readonly log: Map1;
  readonly square: Map1;
  readonly add: Map2;
  readonly subtract: Map2;
  readonly multiply: Map2;
  readonly divide: Map2;
  /** out = g · (derivative of the activation), given y = activation(x). */
  readonly tanhGradient: Map2;
  readonly sigmoidGradient: Map2;
  readonly reluGradient: Map2;
  affine(out: number, x: number, n: number, scale: number, shift: number): void;
  /** y = a·x + b·y. */
  axpby(y: number, x: number, n: number, a: number, b: number): void;
  clamp(out: number, x: number, n: number, low: number, high: number): void;
  /** out = g where low ≤ x ≤ high, else 0. */
  clampGradient(out: number, g: number, x: number, n: number, low: number, high: number): void;
  fill(out: number, n: number, value: number): void;

  /**
   * C[m, n] = A[m, k]·B[k, n], or += with `accumulate` 1. Operands have a row and a column stride: swap them for the
   * transposed matrix.
   */
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    c: number,
    ldc: number,
    accumulate: 0 | 1,
  ): void;

  /** y[rows, outputs] = activation(x[rows, inputs]·weights[inputs, outputs] + bias). */
  dense(
    y: number,
    x: number,
    rows: number,
    inputs: number,
    weights: number,
    bias: number,
    outputs: number,
    activation: ActivationCode,
  ): void;

  sum(x: number, n: number): number;
  sumOfSquares(x: number, n: number): number;
  rowSums(out: number, x: number, rows: number, columns: number): void;
  /** out[j] = sum over i of x[i, j], or += with `accumulate` 1. */
  columnSums(out: number, x: number, rows: number, columns: number, accumulate: 0 | 1): void;
  /** out[i, j] = x[j]. */
  repeatRow(out: number, x: number, rows: number, columns: number): void;
  /** out[i, j] = x[i]. */
  repeatColumn(out: number, x: number, rows: number, columns: number): void;
  copyBlock(out: number, outLd: number, x: number, xLd: number, rows: number, columns: number): void;
  softmaxRows(out: number, x: number, rows: number, columns: number): void;
  /** out[i, :] = x[ids[i], :]; `ids` is the address of int32s, here and below. */
  gatherRows(out: number, x: number, ids: number, rows: number, columns: number): void;
  segmentSum(out: number, x: number, ids: number, rows: number, columns: number, segments: number): void;
  segmentMax(out: number, x: number, ids: number, rows: number, columns: number, segments: number): void;

  /** parameters -= rate · gradient, in float64 and rounded once. */
  descend(parameters: number, gradient: number, n: number, rate: number): void;
  /** m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², parameters -= stepSize·m / (√v·varianceScale + ε). */
  adam(
    parameters: number,
    gradient: number,
    m: number,
    v: number,
    n: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    stepSize: number,
    varianceScale: number,
    epsilon: number,
  ): void;
  /** out = sum of weight·vector; `vectors` is the address of `count` uint32 addresses, `weights` of `count` floats. */
  weightedSum(out: number, vectors: number, weights: number, count: number, n: number): void;
}

/** How kernels are told an activation. */
export const activationCodes = { none: 0, tanh: 1, relu: 2, sigmoid: 3 } as const;
export type ActivationCode = (typeof activationCodes)[keyof typeof activationCodes];
