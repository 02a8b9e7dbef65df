/**
 * Elementary functions on four float32 lanes. Own polynomials, so that the bits do not depend on a C library.
 * exp, log: minimax polynomials of S. Moshier's Cephes library (expf, logf), 1 to 2 ulp.
 */

/** Multiplies and adds: one rounding where the module is built with relaxed SIMD, two otherwise. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** min(max(x, low), high); NaN stays NaN. The pseudo-minimum is one instruction, `f32x4.min` is eight. */
// @ts-ignore: decorator
@inline
export function clamp4(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** max(x, 0); NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function horizontalSum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function horizontalMax(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** e^x; saturates at 2.4e38 above and 1.2e-38 below. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = clamp4(x, f32x4.splat(-87.33654475), f32x4.splat(88.3762626647949));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), f32x4.splat(1));
  // n is at most 127: 2^n is written into the exponent bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** Natural logarithm; -infinity at 0, NaN below. Denormals count as the smallest normal number. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const isZero = f32x4.eq(x, zero);
  const bad = v128.not(f32x4.ge(x, zero));
  const infinite = f32x4.eq(x, f32x4.splat(f32.MAX_VALUE * 2));
  const original = x;
  x = f32x4.pmax(x, f32x4.splat(1.17549435e-38));
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  // Mantissa in [0.5, 1).
  x = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(x, f32x4.splat(0.707106781186547524));
  exponent = f32x4.sub(exponent, v128.and(small, f32x4.splat(1)));
  x = f32x4.add(f32x4.sub(x, f32x4.splat(1)), v128.and(small, x));
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(7.0376836292e-2);
  p = multiplyAdd(p, x, f32x4.splat(-1.1514610310e-1));
  p = multiplyAdd(p, x, f32x4.splat(1.1676998740e-1));
  p = multiplyAdd(p, x, f32x4.splat(-1.2420140846e-1));
  p = multiplyAdd(p, x, f32x4.splat(1.4249322787e-1));
  p = multiplyAdd(p, x, f32x4.splat(-1.6668057665e-1));
  p = multiplyAdd(p, x, f32x4.splat(2.0000714765e-1));
  p = multiplyAdd(p, x, f32x4.splat(-2.4999993993e-1));
  p = multiplyAdd(p, x, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, x), z);
  p = f32x4.add(p, f32x4.mul(exponent, f32x4.splat(-2.12194440e-4)));
  p = f32x4.sub(p, f32x4.mul(z, f32x4.splat(0.5)));
  let y = f32x4.add(f32x4.add(x, p), f32x4.mul(exponent, f32x4.splat(0.693359375)));
  y = v128.bitselect(original, y, infinite);
  y = v128.bitselect(f32x4.splat(-f32.MAX_VALUE * 2), y, isZero);
  return v128.bitselect(f32x4.splat(f32.NaN), y, bad);
}

/** Logistic function. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/**
 * Hyperbolic tangent: x P(x²) / Q(x²) on |x| < 8 with P of degree 3 and Q of degree 4, fitted to the least largest
 * relative error, 2e-7; 4 ulp with the rounding of float32.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  x = clamp4(x, f32x4.splat(-8), f32x4.splat(8));
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(f32x4.splat(46.49642562866211), z, f32x4.splat(12010.7431640625));
  p = multiplyAdd(p, z, f32x4.splat(526078.75));
  p = multiplyAdd(p, z, f32x4.splat(4069960.75));
  let q = f32x4.add(z, f32x4.splat(971.28955078125));
  q = multiplyAdd(q, z, f32x4.splat(96931.359375));
  q = multiplyAdd(q, z, f32x4.splat(1882728.125));
  q = multiplyAdd(q, z, f32x4.splat(4069961.25));
  return f32x4.div(f32x4.mul(x, p), q);
}
