import { gemv } from './gemv';
import { multiplyAdd } from './math';
import { packPanel } from './pack';
import { repeatRow } from './rows';

/** Rows and columns of C that the micro-kernel keeps in registers. */
const TILE_ROWS: usize = 4;
const TILE_COLUMNS: usize = 8;
/** Steps of the inner dimension at a time: a panel of B is then 8 KB, within the first-level cache. */
const DEPTH: usize = 256;
/** Rows of A packed at a time: 256 KB, within the second-level cache. */
const BLOCK_ROWS: usize = 256;

/** Steps that the micro-kernel takes in one go. */
const CHUNK_STEPS: usize = 128;
/** Bytes from one step to the next in packed panels. */
const PACKED_A_STEP: usize = TILE_ROWS << 2;
const PACKED_B_STEP: usize = TILE_COLUMNS << 2;

/** Floats of an operand up to which it is read in place where it can be: packed, more of it is in the cache. */
const IN_PLACE: usize = 8192;
/** Rows of C up to which to pack a panel of B costs more than it brings. */
const FEW_ROWS: usize = 64;

const packedA = memory.data(BLOCK_ROWS * DEPTH * 4, 64);
const packedB = memory.data(TILE_COLUMNS * DEPTH * 4, 64);
const edge = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 64);

/**
 * C[4 count, 8] = start + panels of A, each `panelBytes` after the one before, times a panel of B; from step to step of
 * the inner dimension it is `aStep` and `bStep` bytes. What C starts from lies at `start`, a row every `startBytes`: C
 * itself, one row for all (0 bytes), or nothing where `start` is 0.
 */
// @ts-ignore: decorator
@inline
function steppedTiles(
  count: usize,
  depth: usize,
  panelOfA: usize,
  panelBytes: usize,
  aStep: usize,
  panelOfB: usize,
  bStep: usize,
  c: usize,
  rowBytes: usize,
  start: usize,
  startBytes: usize,
): void {
  const bytesOfB = depth * bStep;
  const chunk = bStep * CHUNK_STEPS;
  for (; count > 0; count--, panelOfA += panelBytes, c += rowBytes << 2) {
    let a = panelOfA;
    let b = panelOfB;
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    if (start) {
      c00 = v128.load(start);
      c01 = v128.load(start, 16);
      start += startBytes;
      c10 = v128.load(start);
      c11 = v128.load(start, 16);
      start += startBytes;
      c20 = v128.load(start);
      c21 = v128.load(start, 16);
      start += startBytes;
      c30 = v128.load(start);
      c31 = v128.load(start, 16);
      start += startBytes;
    }
    // V8 makes faster code of a loop within a loop (5 % with Node 20, plain SIMD).
    for (const end = b + bytesOfB; b < end; ) {
      const stop = min(end, b + chunk);
      for (; b < stop; a += aStep, b += bStep) {
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
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + rowBytes, c10);
    v128.store(c + rowBytes, c11, 16);
    v128.store(c + 2 * rowBytes, c20);
    v128.store(c + 2 * rowBytes, c21, 16);
    v128.store(c + 3 * rowBytes, c30);
    v128.store(c + 3 * rowBytes, c31, 16);
  }
}

/** With both panels packed: steps that are constants make for faster code. */
function packedTiles(
  count: usize,
  depth: usize,
  a: usize,
  b: usize,
  c: usize,
  rowBytes: usize,
  start: usize,
  startBytes: usize,
): void {
  steppedTiles(
    count,
    depth,
    a,
    depth * PACKED_A_STEP,
    PACKED_A_STEP,
    b,
    PACKED_B_STEP,
    c,
    rowBytes,
    start,
    startBytes,
  );
}

/** With one panel or both where they lie; apart from `packedTiles`, to be compiled apart. */
function tiles(
  count: usize,
  depth: usize,
  a: usize,
  panelBytes: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  rowBytes: usize,
  start: usize,
  startBytes: usize,
): void {
  steppedTiles(count, depth, a, panelBytes, aStep, b, bStep, c, rowBytes, start, startBytes);
}

/** A tile that hangs over the edge of C: computed beside it, and as much copied as belongs to C. */
function edgeTile(
  depth: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  rowBytes: usize,
  start: usize,
  startBytes: usize,
  rows: usize,
  columns: usize,
): void {
  if (aStep == PACKED_A_STEP && bStep == PACKED_B_STEP) packedTiles(1, depth, a, b, edge, TILE_COLUMNS << 2, 0, 0);
  else tiles(1, depth, a, 0, aStep, b, bStep, edge, TILE_COLUMNS << 2, 0, 0);
  for (let i: usize = 0; i < rows; i++, c += rowBytes) {
    for (let j: usize = 0; j < columns; j++) {
      const value = load<f32>(edge + ((i * TILE_COLUMNS + j) << 2));
      store<f32>(c + (j << 2), start ? load<f32>(start + i * startBytes + (j << 2)) + value : value);
    }
  }
}

/**
 * C[m, n] = A[m, k] B[k, n], float32; += where `accumulate` is set. Element (i, j) of an operand lies at
 * i·row + j·column floats, so a transposed operand is one with its strides swapped. C is row-major with leading
 * dimension `ldc`.
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
  if (n == 1) {
    gemv(c, ldc, m, k, b, bRow, a, aColumn, aRow, accumulate);
  } else if (m < TILE_ROWS) {
    for (let i: usize = 0; i < m; i++) {
      gemv(c + ((i * ldc) << 2), 1, n, k, a + ((i * aRow) << 2), aColumn, b, bRow, bColumn, accumulate);
    }
  } else {
    product(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, ldc, accumulate ? c : 0, ldc);
  }
}

/** C = start + A B, as `tiles` has it; a row of the start is every `startRow` floats. */
function product(
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
  start: usize,
  startRow: usize,
): void {
  const rowBytes = ldc << 2;
  let startBytes = startRow << 2;
  // Blocked as Goto and van de Geijn (2008) do; the order of summation depends on the sizes only.
  for (let p: usize = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    if (p > 0) {
      start = c;
      startBytes = rowBytes;
    }
    for (let i: usize = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      const from = a + ((i * aRow + p * aColumn) << 2);
      // Whole panels whose steps are small and contiguous are read where they lie.
      const aInPlace = aRow == 1 && rows % TILE_ROWS == 0 && depth * aColumn <= IN_PLACE;
      const panels = aInPlace ? from : packedA;
      const panelBytes = aInPlace ? TILE_ROWS << 2 : depth * PACKED_A_STEP;
      const aStep = aInPlace ? aColumn << 2 : PACKED_A_STEP;
      for (let r: usize = 0; r < rows && !aInPlace; r += TILE_ROWS) {
        const lines = min(TILE_ROWS, rows - r);
        packPanel(packedA + ((r * depth) << 2), TILE_ROWS, from + ((r * aRow) << 2), lines, aRow, aColumn, depth);
      }
      for (let j: usize = 0; j < n; j += TILE_COLUMNS) {
        const columns = min(TILE_COLUMNS, n - j);
        const lines = b + ((p * bRow + j * bColumn) << 2);
        const worthwhile = (aInPlace || rows <= FEW_ROWS) && depth * bRow <= IN_PLACE;
        const bInPlace = worthwhile && bColumn == 1 && columns == TILE_COLUMNS;
        const panel = bInPlace ? lines : packedB;
        const bStep = bInPlace ? bRow << 2 : PACKED_B_STEP;
        if (!bInPlace) packPanel(packedB, TILE_COLUMNS, lines, columns, bColumn, bRow, depth);
        const to = c + i * rowBytes + (j << 2);
        const first = start ? start + i * startBytes + (j << 2) : 0;
        const whole = columns == TILE_COLUMNS ? rows / TILE_ROWS : 0;
        if (aInPlace || bInPlace) {
          tiles(whole, depth, panels, panelBytes, aStep, panel, bStep, to, rowBytes, first, startBytes);
        } else {
          packedTiles(whole, depth, panels, panel, to, rowBytes, first, startBytes);
        }
        for (let r = whole * TILE_ROWS; r < rows; r += TILE_ROWS) {
          const at = first ? first + r * startBytes : 0;
          const left = min(TILE_ROWS, rows - r);
          const lineOfA = panels + (r / TILE_ROWS) * panelBytes;
          edgeTile(depth, lineOfA, aStep, panel, bStep, to + r * rowBytes, rowBytes, at, startBytes, left, columns);
        }
      }
    }
  }
}

/** y[rows, outputs] = x[rows, inputs] · weights[inputs, outputs] + bias. */
// @ts-ignore: decorator
@inline
export function linear(
  y: usize,
  x: usize,
  rows: usize,
  inputs: usize,
  weights: usize,
  bias: usize,
  outputs: usize,
): void {
  if (outputs == 1 || rows < TILE_ROWS) {
    repeatRow(y, bias, rows, outputs);
    gemm(rows, outputs, inputs, x, inputs, 1, weights, outputs, 1, y, outputs, true);
  } else {
    product(rows, outputs, inputs, x, inputs, 1, weights, outputs, 1, y, outputs, bias, 0);
  }
}

/** First byte behind the memory that the kernels keep for themselves. */
export function reservedBytes(): usize {
  return __heap_base;
}
