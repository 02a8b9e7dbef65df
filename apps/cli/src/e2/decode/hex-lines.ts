const OCTETS_A_LINE = 32;

/** `1 octet`, `2 octets`. */
export const count = (octets: Uint8Array): string =>
  `${octets.length} octet${octets.length === 1 ? '' : 's'}`;

/** Octets in hexadecimal, with the text that they are if they are one. */
export function hexText(octets: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(octets);
  const hex = Buffer.from(octets).toString('hex');
  return /^[\x20-\x7e]{2,}$/.test(text) ? `${hex} ${JSON.stringify(text)}` : hex;
}

/** Octets in hexadecimal, line by line behind the offset. */
export function hexLines(octets: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += OCTETS_A_LINE) {
    const hex = Buffer.from(octets.subarray(at, at + OCTETS_A_LINE)).toString('hex');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex}`);
  }
  return lines;
}
