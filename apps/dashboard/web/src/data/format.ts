const NONE = '–';

/** A number with as many digits as it is worth. */
export function figure(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit}`;
}

/** A share in 0..1 as percent. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? NONE : `${Math.round(100 * share)} %`;
}

/** Simulation time: `1:23.4`, or `1:02:03.4`. */
export function clock(timeMs: number): string {
  const tenths = Math.floor(timeMs / 100);
  const [s, m, h] = [
    Math.floor(tenths / 10) % 60,
    Math.floor(tenths / 600) % 60,
    Math.floor(tenths / 36_000),
  ];
  const seconds = `${String(s).padStart(2, '0')}.${tenths % 10}`;
  return h === 0 ? `${m}:${seconds}` : `${h}:${String(m).padStart(2, '0')}:${seconds}`;
}

const count = new Intl.NumberFormat('en-GB');

export function counted(value: number | undefined): string {
  return value === undefined ? NONE : count.format(value);
}

export function kilobytes(bytes: number | null): string {
  if (bytes === null) return NONE;
  return bytes >= 1_000_000 ? `${figure(bytes / 1_000_000)} MB` : `${figure(bytes / 1_000)} kB`;
}
