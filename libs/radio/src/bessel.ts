/** Bessel function of the first kind, order zero (Abramowitz and Stegun 9.4.1 and 9.4.3, error below 1e-7). */
export function besselJ0(x: number): number {
  const t = Math.abs(x) / 3;
  if (t <= 1) {
    const y = t * t;
    return (
      1 +
      y * (-2.2499997 + y * (1.2656208 + y * (-0.3163866 + y * (0.0444479 + y * (-0.0039444 + y * 0.00021)))))
    );
  }
  const y = 1 / t;
  const amplitude =
    0.79788456 +
    y *
      (-0.00000077 +
        y * (-0.0055274 + y * (-0.00009512 + y * (0.00137237 + y * (-0.00072805 + y * 0.00014476)))));
  const phase =
    Math.abs(x) -
    0.78539816 +
    y *
      (-0.04166397 +
        y * (-0.00003954 + y * (0.00262573 + y * (-0.00054125 + y * (-0.00029333 + y * 0.00013558)))));
  return (amplitude * Math.cos(phase)) / Math.sqrt(Math.abs(x));
}
