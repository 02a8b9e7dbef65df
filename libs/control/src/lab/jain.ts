/** Jain's fairness index, (Σx)² / (n Σx²): 1 when all get the same, 1/n when one gets all; 1 for none. */
export function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}
