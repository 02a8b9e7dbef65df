import { type Blas, NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE } from './blas.js';
import { activationCodes, type Kernels } from './kernels.js';

/** Products of fewer multiplications are faster in WebAssembly: a call costs what it takes. Measured. */
const FROM_MULTIPLICATIONS = 2048;

export interface BlasKernelsOptions {
  /** Address, in the process, of the memory's first byte. */
  readonly base: number;
  /** Multiplications of a matrix product from which BLAS computes it. Default 2048: where it pays. */
  readonly fromMultiplications?: number | undefined;
}

/** The kernels of `wasm`, with matrix products by BLAS on the same memory, which must never move. */
export function blasKernels(
  wasm: Kernels,
  { sgemm, sgemv }: Blas,
  { base, fromMultiplications = FROM_MULTIPLICATIONS }: BlasKernelsOptions,
): Kernels {
  const gemm: Kernels['gemm'] = (m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, ldc, accumulate) => {
    const lda = leading(aRow, aColumn, m, k);
    const ldb = leading(bRow, bColumn, k, n);
    if (m * n * k < fromMultiplications || lda === 0 || ldb === 0 || (n === 1 && ldc !== 1)) {
      wasm.gemm(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, ldc, accumulate);
      return;
    }
    const [atA, atB, atC] = [base + a, base + b, base + c];
    // Some versions of sgemv multiply what is there by a β of 0 (which leaves NaN), so they only ever accumulate.
    if ((m === 1 || n === 1) && !accumulate) wasm.fill(c, m * n, 0);
    if (m === 1) {
      if (ldb > 0) sgemv(ROW_MAJOR, TRANSPOSE, k, n, 1, atB, ldb, atA, aColumn, 1, atC, 1);
      else sgemv(ROW_MAJOR, NO_TRANSPOSE, n, k, 1, atB, -ldb, atA, aColumn, 1, atC, 1);
    } else if (n === 1) {
      if (lda > 0) sgemv(ROW_MAJOR, NO_TRANSPOSE, m, k, 1, atA, lda, atB, bRow, 1, atC, 1);
      else sgemv(ROW_MAJOR, TRANSPOSE, k, m, 1, atA, -lda, atB, bRow, 1, atC, 1);
    } else {
      const [opA, opB] = [lda > 0 ? NO_TRANSPOSE : TRANSPOSE, ldb > 0 ? NO_TRANSPOSE : TRANSPOSE];
      const [absA, absB] = [Math.abs(lda), Math.abs(ldb)];
      sgemm(ROW_MAJOR, opA, opB, m, n, k, 1, atA, absA, atB, absB, accumulate, atC, ldc);
    }
  };
  const activations = {
    [activationCodes.none]: undefined,
    [activationCodes.tanh]: wasm.tanh,
    [activationCodes.relu]: wasm.relu,
    [activationCodes.sigmoid]: wasm.sigmoid,
  };
  return {
    ...wasm,
    gemm,
    dense: (y, x, rows, inputs, weights, bias, outputs, activation) => {
      if (rows * inputs * outputs < fromMultiplications) {
        wasm.dense(y, x, rows, inputs, weights, bias, outputs, activation);
        return;
      }
      wasm.repeatRow(y, bias, rows, outputs);
      gemm(rows, outputs, inputs, x, inputs, 1, weights, outputs, 1, y, outputs, 1);
      activations[activation]?.(y, y, rows * outputs);
    },
  };
}

/**
 * The leading dimension of a [rows, columns] matrix with these strides as BLAS wants it: positive if it lies row by
 * row, negative if column by column (BLAS then transposes), 0 if neither.
 */
function leading(row: number, column: number, rows: number, columns: number): number {
  if (column === 1 && row >= columns) return row;
  return row === 1 && column >= rows ? -column : 0;
}
