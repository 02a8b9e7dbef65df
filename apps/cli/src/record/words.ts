const MS_PER_S = 1_000;

/** Simulation time in words, exact: `12.34 s`. */
export const seconds = (timeMs: number): string => `${timeMs / MS_PER_S} s`;

/** A recording in a line. */
export function recordingLine(of: {
  readonly file: string;
  readonly messages: number;
  readonly timeMs: number;
  readonly octets: number;
}): string {
  const size = (of.octets / 1e6).toFixed(1);
  return `${of.file}: ${of.messages.toLocaleString('en')} messages of ${seconds(of.timeMs)}, ${size} MB`;
}
