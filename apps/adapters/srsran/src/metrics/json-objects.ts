const [OPEN, CLOSE, QUOTE, ESCAPE] = [0x7b, 0x7d, 0x22, 0x5c];

/** An object in more datagrams than this is none: each new one is a new look at all of them. */
const MAX_PIECES = 64;

/** What was cut out of a stream of datagrams. */
export interface CutObjects {
  /** Whole objects, as text. */
  readonly objects: readonly string[];
  /** Octets that belong to no whole object: between objects, of one that was never finished, of one too long. */
  readonly lostBytes: number;
}

/**
 * Cuts JSON objects out of datagrams, in which they stand one after the other, and which they may outlast. Holds one
 * unfinished object of at most `maxBytes`. A datagram that is whole in itself ends what was unfinished before: a
 * piece was lost on the way.
 */
export class JsonObjects {
  private unfinished = Buffer.alloc(0);
  private pieces = 0;

  constructor(private readonly maxBytes: number) {}

  push(datagram: Buffer): CutObjects {
    const before = this.unfinished;
    if (before.length === 0) return this.keep(cut(datagram));
    const alone = cut(datagram);
    if (alone.objects.length > 0 && alone.rest.length === 0 && alone.skipped === 0) {
      this.unfinished = Buffer.alloc(0);
      this.pieces = 0;
      return { objects: alone.objects, lostBytes: before.length };
    }
    return this.keep(cut(Buffer.concat([before, datagram])));
  }

  private keep({ objects, rest, skipped }: Cut): CutObjects {
    this.pieces = objects.length > 0 ? 1 : this.pieces + 1;
    const isTooLong = rest.length > this.maxBytes || this.pieces > MAX_PIECES;
    if (rest.length === 0 || isTooLong) this.pieces = 0;
    this.unfinished = isTooLong ? Buffer.alloc(0) : Buffer.from(rest);
    return { objects, lostBytes: skipped + (isTooLong ? rest.length : 0) };
  }
}

interface Cut {
  readonly objects: readonly string[];
  readonly rest: Buffer;
  /** Octets other than white space outside of objects. */
  readonly skipped: number;
}

function cut(octets: Buffer): Cut {
  const objects: string[] = [];
  let skipped = 0;
  let depth = 0;
  let begin = 0;
  let isText = false;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at];
    if (depth === 0) {
      if (octet === OPEN) {
        begin = at;
        depth = 1;
      } else if (octet! > 0x20) {
        skipped += 1;
      }
    } else if (isText) {
      if (octet === ESCAPE) at += 1;
      else if (octet === QUOTE) isText = false;
    } else if (octet === QUOTE) {
      isText = true;
    } else if (octet === OPEN) {
      depth += 1;
    } else if (octet === CLOSE) {
      depth -= 1;
      if (depth === 0) objects.push(octets.toString('utf8', begin, at + 1));
    }
  }
  return { objects, rest: depth === 0 ? Buffer.alloc(0) : octets.subarray(begin), skipped };
}
