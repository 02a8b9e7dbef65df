/** A style or action for a person: `2 (Radio Resource Allocation Control)`, or the number where it has no known name. */
export function numbered(number: number, name: string | undefined): string {
  return name === undefined ? String(number) : `${number} (${name})`;
}

/** `1, 4`, each once; `none` for none. */
export function listed(things: Iterable<string | number>): string {
  return [...new Set(things)].join(', ') || 'none';
}
