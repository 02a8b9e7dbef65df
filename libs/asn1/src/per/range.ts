import { Asn1Error } from '../asn1-error.js';

/** `(min..max)`, and `(min..max, ...)` when extensible. What is left out is not bounded. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Values outside the range can be sent too. */
  readonly extensible?: boolean;
}

/** A SIZE constraint: `SIZE (n)` as a number, or a range. */
export type Size = number | Range;

export interface SizeBounds {
  readonly min: number;
  /** Infinity when not bounded. */
  readonly max: number;
  readonly extensible: boolean;
}

/** @throws {Asn1Error} ASN1_SCHEMA when there is no such size */
export function sizeBounds(size: Size = {}): SizeBounds {
  const range = typeof size === 'number' ? { min: size, max: size } : size;
  const { min = 0, max = Infinity, extensible = false } = range;
  if (
    !Number.isSafeInteger(min) ||
    min < 0 ||
    !(max >= min) ||
    (max !== Infinity && !Number.isSafeInteger(max))
  ) {
    throw new Asn1Error('ASN1_SCHEMA', `a size can not be from ${min} to ${max}`);
  }
  return { min, max, extensible };
}

/** `8`, `1 to 64`, `at least 3`. */
export function formatRange(min: number, max: number): string {
  if (min === max) return String(min);
  if (max === Infinity) return `at least ${min}`;
  return min === -Infinity ? `at most ${max}` : `${min} to ${max}`;
}
