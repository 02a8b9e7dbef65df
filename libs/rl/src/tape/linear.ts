import { type Activation, activate } from './activations.js';
import { add } from './arithmetic.js';
import { output, tapeOf } from './operation.js';
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

/** activation(x · weights + bias), bias a row; without activation the sum itself. */
export function dense(
  x: Var,
  { weights, bias }: { readonly weights: Var; readonly bias: Var },
  activation?: Activation,
): Var {
  const y = add(matmul(x, weights), bias);
  return activation ? activate(y, activation) : y;
}
