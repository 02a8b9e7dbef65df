import { activationCodes } from '../engine/kernels.js';
import { type Activation, activationGradient } from './activations.js';
import { output, tapeOf } from './operation.js';
import { columnSums } from './reductions.js';
import { describe, type Var } from './tape.js';

export interface MatmulOptions {
  /** Take the first operand transposed. */
  readonly transposeA?: boolean;
  /** Take the second operand transposed. */
  readonly transposeB?: boolean;
}

/** op(a) · op(b), where op is the transpose if asked for; nothing is moved for it. */
export function matmul(a: Var, b: Var, { transposeA = false, transposeB = false }: MatmulOptions = {}): Var {
  const { kernels } = tapeOf(a, b);
  const [rows, inner, aRow, aColumn] = transposeA
    ? [a.columns, a.rows, 1, a.columns]
    : [a.rows, a.columns, a.columns, 1];
  const [innerB, columns, bRow, bColumn] = transposeB
    ? [b.columns, b.rows, 1, b.columns]
    : [b.rows, b.columns, b.columns, 1];
  if (inner !== innerB) {
    const mark = (transposed: boolean): string => (transposed ? 'ᵀ' : '');
    throw new RangeError(
      `matmul: ${describe(a)}${mark(transposeA)} · ${describe(b)}${mark(transposeB)} do not fit`,
    );
  }
  const y = output([a, b], { rows, columns }, (g, needed) => [
    needed[0]
      ? transposeA
        ? matmul(b, g, { transposeA: transposeB, transposeB: true })
        : matmul(g, b, { transposeB: !transposeB })
      : undefined,
    needed[1]
      ? transposeB
        ? matmul(g, a, { transposeA: true, transposeB: transposeA })
        : matmul(a, g, { transposeA: !transposeA })
      : undefined,
  ]);
  kernels.gemm(
    ...([rows, columns, inner] as const),
    ...([a.address, aRow, aColumn] as const),
    ...([b.address, bRow, bColumn] as const),
    ...([y.address, columns, 0] as const),
  );
  return y;
}

export interface DenseParameters {
  /** [inputs, outputs]. */
  readonly weights: Var;
  /** [1, outputs]. */
  readonly bias: Var;
}

/** activation(x · weights + bias), or without activation the sum itself: a layer in one pass. */
export function dense(x: Var, { weights, bias }: DenseParameters, activation?: Activation): Var {
  tapeOf(x, bias);
  const { kernels } = tapeOf(x, weights);
  const { rows: inputs, columns: outputs } = weights;
  if (x.columns !== inputs || bias.rows !== 1 || bias.columns !== outputs) {
    throw new RangeError(`dense: ${describe(x)} · ${describe(weights)} + ${describe(bias)} do not fit`);
  }
  const y: Var = output([x, weights, bias], { rows: x.rows, columns: outputs }, (g, needed) => {
    const slope = activation ? activationGradient(g, y, activation) : g;
    return [
      needed[0] ? matmul(slope, weights, { transposeB: true }) : undefined,
      needed[1] ? matmul(x, slope, { transposeA: true }) : undefined,
      needed[2] ? columnSums(slope) : undefined,
    ];
  });
  kernels.dense(
    ...([y.address, x.address, x.rows, inputs] as const),
    ...([weights.address, bias.address, outputs] as const),
    activationCodes[activation ?? 'none'],
  );
  return y;
}
