import { horizontalSum, multiplyAdd } from './math';

/** Four columns of xᵀB; the steps are bytes. */
// @ts-ignore: decorator
@inline
function fourColumns(k: usize, x: usize, xStep: usize, b: usize, bStep: usize): v128 {
  let sum = f32x4.splat(0);
  for (const end = x + k * xStep; x < end; x += xStep, b += bStep) {
    sum = multiplyAdd(v128.load32_splat(x), v128.load(b), sum);
  }
  return sum;
}

/** y = xᵀB where the columns of a row of B are neighbours; the steps are bytes. 32 columns at a time, all in registers. */
function alongRows(y: usize, n: usize, k: usize, x: usize, xStep: usize, b: usize, bStep: usize, add: bool): void {
  for (; n >= 32; n -= 32, y += 128, b += 128) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let at = b;
    let from = x;
    for (const end = x + k * xStep; from < end; from += xStep, at += bStep) {
      const value = v128.load32_splat(from);
      s0 = multiplyAdd(value, v128.load(at), s0);
      s1 = multiplyAdd(value, v128.load(at, 16), s1);
      s2 = multiplyAdd(value, v128.load(at, 32), s2);
      s3 = multiplyAdd(value, v128.load(at, 48), s3);
      s4 = multiplyAdd(value, v128.load(at, 64), s4);
      s5 = multiplyAdd(value, v128.load(at, 80), s5);
      s6 = multiplyAdd(value, v128.load(at, 96), s6);
      s7 = multiplyAdd(value, v128.load(at, 112), s7);
    }
    if (add) {
      s0 = f32x4.add(s0, v128.load(y));
      s1 = f32x4.add(s1, v128.load(y, 16));
      s2 = f32x4.add(s2, v128.load(y, 32));
      s3 = f32x4.add(s3, v128.load(y, 48));
      s4 = f32x4.add(s4, v128.load(y, 64));
      s5 = f32x4.add(s5, v128.load(y, 80));
      s6 = f32x4.add(s6, v128.load(y, 96));
      s7 = f32x4.add(s7, v128.load(y, 112));
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
    v128.store(y, s2, 32);
    v128.store(y, s3, 48);
    v128.store(y, s4, 64);
    v128.store(y, s5, 80);
    v128.store(y, s6, 96);
    v128.store(y, s7, 112);
  }
  for (; n >= 4; n -= 4, y += 16, b += 16) {
    const sum = fourColumns(k, x, xStep, b, bStep);
    v128.store(y, add ? f32x4.add(sum, v128.load(y)) : sum);
  }
  for (; n > 0; n--, y += 4, b += 4) {
    let sum: f32 = 0;
    let at = b;
    let from = x;
    for (let p: usize = 0; p < k; p++, from += xStep, at += bStep) sum += load<f32>(from) * load<f32>(at);
    store<f32>(y, add ? sum + load<f32>(y) : sum);
  }
}

/** y = xᵀB where the rows of a column of B are neighbours; the steps are bytes. One dot product a column. */
function alongColumns(y: usize, yStep: usize, n: usize, k: usize, x: usize, b: usize, bStep: usize, add: bool): void {
  const bytes = k << 2;
  const whole = bytes & ~31;
  for (let j: usize = 0; j < n; j++, y += yStep, b += bStep) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let at: usize = 0;
    for (; at < whole; at += 32) {
      s0 = multiplyAdd(v128.load(x + at), v128.load(b + at), s0);
      s1 = multiplyAdd(v128.load(x + at, 16), v128.load(b + at, 16), s1);
    }
    let sum = horizontalSum(f32x4.add(s0, s1));
    for (; at < bytes; at += 4) sum += load<f32>(x + at) * load<f32>(b + at);
    store<f32>(y, add ? sum + load<f32>(y) : sum);
  }
}

/**
 * y[j] (+)= sum over p of x[p] · B[p, j], for j < n and p < k. Element (p, j) of B lies at p·bRow + j·bColumn floats;
 * x and y have strides as well. Fast where B and what runs along it are contiguous one way or the other.
 */
export function gemv(
  y: usize,
  yStride: usize,
  n: usize,
  k: usize,
  x: usize,
  xStride: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  accumulate: bool,
): void {
  if (bRow == 1 && xStride == 1) {
    alongColumns(y, yStride << 2, n, k, x, b, bColumn << 2, accumulate);
  } else if (bColumn == 1 && yStride == 1) {
    alongRows(y, n, k, x, xStride << 2, b, bRow << 2, accumulate);
  } else {
    for (let j: usize = 0; j < n; j++, y += yStride << 2, b += bColumn << 2) {
      let sum: f32 = accumulate ? load<f32>(y) : 0;
      for (let p: usize = 0; p < k; p++) {
        sum += load<f32>(x + ((p * xStride) << 2)) * load<f32>(b + ((p * bRow) << 2));
      }
      store<f32>(y, sum);
    }
  }
}
