/**
 * Kernels on matrices [rows, columns] of floats, row-major and contiguous unless a leading dimension (`ld`, in
 * floats) is given. Addresses are bytes.
 */
import { horizontalMax, horizontalSum, exp4 } from './math';

/** Floats that are summed in float32 before they go into the float64 total. */
const BLOCK: usize = 4096;

// @ts-ignore: decorator
@inline
function sumBlock(x: usize, n: usize, squared: bool): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  const end = x + (n << 2);
  for (; x + 32 <= end; x += 32) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    s0 = f32x4.add(s0, squared ? f32x4.mul(a, a) : a);
    s1 = f32x4.add(s1, squared ? f32x4.mul(b, b) : b);
  }
  let total = horizontalSum(f32x4.add(s0, s1));
  for (; x < end; x += 4) {
    const a = load<f32>(x);
    total += squared ? a * a : a;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function sumBlocks(x: usize, n: usize, squared: bool): f64 {
  let total: f64 = 0;
  while (n > BLOCK) {
    total += sumBlock(x, BLOCK, squared);
    x += BLOCK << 2;
    n -= BLOCK;
  }
  return total + sumBlock(x, n, squared);
}

/** Sum of `n` floats. */
export function sum(x: usize, n: usize): f64 {
  return sumBlocks(x, n, false);
}

/** Sum of the squares of `n` floats. */
export function sumOfSquares(x: usize, n: usize): f64 {
  return sumBlocks(x, n, true);
}

/** out[i] = sum over j of x[i, j]. */
export function rowSums(out: usize, x: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    store<f32>(out + (i << 2), sumBlock(x, columns, false));
    x += columns << 2;
  }
}

/** to[0..n) += from[0..n). */
// @ts-ignore: decorator
@inline
function accumulate(to: usize, from: usize, n: usize): void {
  const end = to + (n << 2);
  for (; to + 16 <= end; to += 16, from += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  }
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}

/** out[j] (+)= sum over i of x[i, j]. */
export function columnSums(out: usize, x: usize, rows: usize, columns: usize, add: bool): void {
  if (!add) memory.fill(out, 0, columns << 2);
  for (let i: usize = 0; i < rows; i++) {
    accumulate(out, x, columns);
    x += columns << 2;
  }
}

/** to[0..n) = from[0..n), which do not overlap: short rows cost more to call `memory.copy` for. */
// @ts-ignore: decorator
@inline
function copyRow(to: usize, from: usize, n: usize): void {
  const end = to + (n << 2);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

/** out[i, j] = x[j]. */
export function repeatRow(out: usize, x: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    copyRow(out, x, columns);
    out += columns << 2;
  }
}

/** out[i, j] = x[i]. */
export function repeatColumn(out: usize, x: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    const value = load<f32>(x + (i << 2));
    for (let j: usize = 0; j < columns; j++) store<f32>(out + (j << 2), value);
    out += columns << 2;
  }
}

/** Copies a block of [rows, columns] between matrices of other widths. */
export function copyBlock(
  out: usize,
  outLd: usize,
  x: usize,
  xLd: usize,
  rows: usize,
  columns: usize,
): void {
  for (let i: usize = 0; i < rows; i++) {
    copyRow(out, x, columns);
    out += outLd << 2;
    x += xLd << 2;
  }
}

/** out[i, :] = x[ids[i], :]; ids are int32. */
export function gatherRows(out: usize, x: usize, ids: usize, rows: usize, columns: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    copyRow(out, x + ((load<i32>(ids + (i << 2)) * columns) << 2), columns);
    out += columns << 2;
  }
}

/** out[s, :] = sum over the rows i with ids[i] = s of x[i, :], in the order of the rows; ids are int32. */
export function segmentSum(
  out: usize,
  x: usize,
  ids: usize,
  rows: usize,
  columns: usize,
  segments: usize,
): void {
  memory.fill(out, 0, (segments * columns) << 2);
  for (let i: usize = 0; i < rows; i++) {
    accumulate(out + ((load<i32>(ids + (i << 2)) * columns) << 2), x, columns);
    x += columns << 2;
  }
}

/** out[s, :] = largest x[i, :] of the rows i with ids[i] = s; -infinity where a segment has no row. */
export function segmentMax(
  out: usize,
  x: usize,
  ids: usize,
  rows: usize,
  columns: usize,
  segments: usize,
): void {
  const outEnd = out + ((segments * columns) << 2);
  for (let at = out; at < outEnd; at += 4) store<f32>(at, -f32.MAX_VALUE * 2);
  for (let i: usize = 0; i < rows; i++) {
    const to = out + ((load<i32>(ids + (i << 2)) * columns) << 2);
    for (let j: usize = 0; j < columns << 2; j += 4) {
      store<f32>(to + j, max(load<f32>(to + j), load<f32>(x + j)));
    }
    x += columns << 2;
  }
}

// @ts-ignore: decorator
@inline
function largest(x: usize, n: usize): f32 {
  let value: f32 = -f32.MAX_VALUE * 2;
  const end = x + (n << 2);
  if (n >= 4) {
    let values = v128.load(x);
    for (x += 16; x + 16 <= end; x += 16) values = f32x4.pmax(values, v128.load(x));
    value = horizontalMax(values);
  }
  for (; x < end; x += 4) value = max(value, load<f32>(x));
  return value;
}

/** out[i, :] = softmax of x[i, :]. */
export function softmaxRows(out: usize, x: usize, rows: usize, columns: usize): void {
  const bytes = columns << 2;
  for (let i: usize = 0; i < rows; i++) {
    const top = f32x4.splat(largest(x, columns));
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) v128.store(out + j, exp4(f32x4.sub(v128.load(x + j), top)));
    for (; j < bytes; j += 4) {
      const e = exp4(f32x4.sub(f32x4.splat(load<f32>(x + j)), top));
      store<f32>(out + j, f32x4.extract_lane(e, 0));
    }
    const total = sumBlock(out, columns, false);
    for (j = 0; j < bytes; j += 4) store<f32>(out + j, load<f32>(out + j) / total);
    out += bytes;
    x += bytes;
  }
}
