/** What stands between octets. */
const SEPARATORS = /[\s,:;_-]+|0x|\\x/gi;

/** A PDU begins with two bits of choice among three alternatives, and padding. */
const MAX_CHOICE = 0x40;
const CHOICE_PADDING = 0x1f;

/** Text that is not octets in hexadecimal: says why. */
export class HexError extends Error {
  override readonly name = 'HexError';
}

/**
 * Octets of text in hexadecimal; spaces, colons, commas, dashes and `0x` may stand between them.
 * @throws {HexError}
 */
export function parseHex(text: string): Uint8Array {
  const digits = text.replaceAll(SEPARATORS, '');
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null) throw new HexError(`${JSON.stringify(wrong[0])} is no hexadecimal digit`);
  if (digits.length === 0) throw new HexError('there are no hexadecimal digits');
  if (digits.length % 2 !== 0) throw new HexError(`an odd number of hexadecimal digits, ${digits.length}`);
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/**
 * The PDUs of a file of hexadecimal text: one a line, or one that goes on from line to line. Lines that begin with # are
 * comments, and no PDU goes on behind one.
 * @throws {HexError} that names the line
 */
export function parseHexFile(text: string): Uint8Array[] {
  const blocks: Line[][] = [[]];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim().startsWith('#')) blocks.push([]);
    else if (line.trim() !== '') blocks.at(-1)?.push({ text: line, number: i + 1 });
  }
  return blocks.flatMap(parseBlock);
}

/** The PDUs of lines without a comment between them. */
function parseBlock(lines: readonly Line[]): Uint8Array[] {
  const texts = lines.map((line) => line.text);
  if (isWrapped(texts)) return [parseHex(texts.join(' '))];
  return lines.map((line) => {
    try {
      return parseHex(line.text);
    } catch (error) {
      if (!(error instanceof HexError)) throw error;
      throw new HexError(`line ${line.number}: ${error.message}`);
    }
  });
}

/** Whether the lines are one PDU: the first holds less than it says, and no other is one of its own. */
function isWrapped([first = '', ...others]: readonly string[]): boolean {
  return others.length > 0 && missingOctets(first) > 0 && !others.some((line) => missingOctets(line) === 0);
}

/** What a PDU lacks of the length that it says it has; `NaN` for what is no PDU. */
function missingOctets(line: string): number {
  try {
    const octets = parseHex(line);
    const [choice = 0xff, , , first = 0, second = 0] = octets;
    if (choice > MAX_CHOICE || (choice & CHOICE_PADDING) !== 0) return Number.NaN;
    // Behind choice, procedure code and criticality there is a length (X.691 11.9).
    if (first < 0x80) return 4 + first - octets.length;
    return first < 0xc0 ? 5 + (first & 0x3f) * 256 + second - octets.length : Infinity;
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    return Number.NaN;
  }
}
