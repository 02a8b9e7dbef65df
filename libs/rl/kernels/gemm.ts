import { gemv } from './gemv';
import { multiplyAdd } from './math';
import { packPanel } from './pack';

/** Rows and columns of C that the micro-kernel keeps in registers. */
const TILE_ROWS: usize = 4;
const TILE_COLUMNS: usize = 8;
/** Steps of the inner dimension at a time: a panel of B is then 8 KB, within the first-level cache. */
const DEPTH: usize = 256;
/** Rows of A packed at a time: 256 KB, within the second-level cache. */
const BLOCK_ROWS: usize = 256;

/** Of a packed panel of B, the part that the micro-kernel takes in one go. */
const CHUNK_BYTES: usize = 4096;

const packedA = memory.data(BLOCK_ROWS * DEPTH * 4, 64);
const packedB = memory.data(TILE_COLUMNS * DEPTH * 4, 64);
const edge = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 64);

// @ts-ignore: decorator
@inline
function storeRow(c: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}

/** C[4, 8] (+)= a packed panel of A times a packed panel of B. */
function tile(depth: usize, a: usize, b: usize, c: usize, rowBytes: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  // V8 makes faster code of a loop within a loop (5 % with Node 20, plain SIMD).
  for (const end = b + (depth << 5); b < end; ) {
    const stop = min(end, b + CHUNK_BYTES);
    for (; b < stop; a += 16, b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let value = v128.load32_splat(a);
      c00 = multiplyAdd(value, b0, c00);
      c01 = multiplyAdd(value, b1, c01);
      value = v128.load32_splat(a, 4);
      c10 = multiplyAdd(value, b0, c10);
      c11 = multiplyAdd(value, b1, c11);
      value = v128.load32_splat(a, 8);
      c20 = multiplyAdd(value, b0, c20);
      c21 = multiplyAdd(value, b1, c21);
      value = v128.load32_splat(a, 12);
      c30 = multiplyAdd(value, b0, c30);
      c31 = multiplyAdd(value, b1, c31);
    }
  }
  storeRow(c, c00, c01, accumulate);
  storeRow(c + rowBytes, c10, c11, accumulate);
  storeRow(c + 2 * rowBytes, c20, c21, accumulate);
  storeRow(c + 3 * rowBytes, c30, c31, accumulate);
}

/** A tile that hangs over the edge of C: computed beside it, and as much copied as belongs to C. */
function edgeTile(
  depth: usize,
  a: usize,
  b: usize,
  c: usize,
  rowBytes: usize,
  accumulate: bool,
  rows: usize,
  columns: usize,
): void {
  tile(depth, a, b, edge, TILE_COLUMNS << 2, false);
  for (let i: usize = 0; i < rows; i++, c += rowBytes) {
    for (let j: usize = 0; j < columns; j++) {
      const value = load<f32>(edge + ((i * TILE_COLUMNS + j) << 2));
      store<f32>(c + (j << 2), accumulate ? load<f32>(c + (j << 2)) + value : value);
    }
  }
}

/**
 * C[m, n] (+)= A[m, k] B[k, n], float32. Element (i, j) of an operand lies at i·row + j·column floats, so a transposed
 * operand is one with its strides swapped. C is row-major with leading dimension `ldc`.
 * Blocked as Goto and van de Geijn (2008) do; the order of summation depends on the sizes only.
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
  const rowBytes = ldc << 2;
  if (n == 1) {
    gemv(c, ldc, m, k, b, bRow, a, aColumn, aRow, accumulate);
    return;
  }
  if (m < TILE_ROWS) {
    for (let i: usize = 0; i < m; i++) {
      gemv(c + i * rowBytes, 1, n, k, a + ((i * aRow) << 2), aColumn, b, bRow, bColumn, accumulate);
    }
    return;
  }
  for (let p: usize = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const add = accumulate || p > 0;
    for (let i: usize = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      const from = a + ((i * aRow + p * aColumn) << 2);
      for (let r: usize = 0; r < rows; r += TILE_ROWS) {
        const lines = min(TILE_ROWS, rows - r);
        packPanel(packedA + ((r * depth) << 2), TILE_ROWS, from + ((r * aRow) << 2), lines, aRow, aColumn, depth);
      }
      for (let j: usize = 0; j < n; j += TILE_COLUMNS) {
        const columns = min(TILE_COLUMNS, n - j);
        packPanel(packedB, TILE_COLUMNS, b + ((p * bRow + j * bColumn) << 2), columns, bColumn, bRow, depth);
        for (let r: usize = 0; r < rows; r += TILE_ROWS) {
          const to = c + (i + r) * rowBytes + (j << 2);
          const panel = packedA + ((r * depth) << 2);
          if (columns == TILE_COLUMNS && rows - r >= TILE_ROWS) {
            tile(depth, panel, packedB, to, rowBytes, add);
          } else {
            edgeTile(depth, panel, packedB, to, rowBytes, add, min(TILE_ROWS, rows - r), columns);
          }
        }
      }
    }
  }
}

/** First byte behind the memory that the kernels keep for themselves. */
export function reservedBytes(): usize {
  return __heap_base;
}
