/** A measured value for people: `null` is none. */
export function formatMeasured(value: number | null): string {
  if (value === null) return 'no value';
  return Math.abs(value) >= 1e6 ? value.toFixed(0) : String(Number(value.toPrecision(6)));
}
