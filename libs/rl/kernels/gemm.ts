/**
 * C[m, n] (+)= A[m, k] B[k, n], float32. Element (i, j) of an operand lies at i·rowStride + j·columnStride floats,
 * so a transposed operand is one with its strides swapped. C is row-major with leading dimension `ldc`.
 */
export function gemm(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  ldc: usize,
  accumulate: bool,
): void {
  for (let i: usize = 0; i < m; i++) {
    for (let j: usize = 0; j < n; j++) {
      let total: f32 = accumulate ? load<f32>(c + ((i * ldc + j) << 2)) : 0;
      for (let p: usize = 0; p < k; p++) {
        total +=
          load<f32>(a + ((i * aRow + p * aColumn) << 2)) * load<f32>(b + ((p * bRow + j * bColumn) << 2));
      }
      store<f32>(c + ((i * ldc + j) << 2), total);
    }
  }
}
