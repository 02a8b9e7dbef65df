import { PduDecoder } from '../e2/decode/pdu-decoder.js';
import { pduTree } from '../e2/decode/pdu-tree.js';
import { formatTree } from '../e2/decode/tree.js';
import { isE2, isSameMessage, type NumberedMessage, type RunMessage } from './record.js';
import { seconds } from './words.js';

const MAX_LINES = 12;
/** Of a line that is shown. */
const MAX_LENGTH = 160;
/** Of a message; what is behind them is not looked at. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 50;

/** Where two runs part. */
export interface Divergence {
  /** Absent: one has ended, the other goes on. */
  readonly recorded: NumberedMessage | undefined;
  readonly came: RunMessage | undefined;
  readonly text: string;
}

/**
 * Holds messages against recorded ones, one after the other.
 * @param namesOf what the recorded ones and those that come are called
 */
export class Comparison {
  private readonly decoders = [new PduDecoder(new Map()), new PduDecoder(new Map())] as const;
  private found: Divergence | undefined;
  private same = 0;

  constructor(private readonly recorded: Iterator<NumberedMessage, void>) {}

  get divergence(): Divergence | undefined {
    return this.found;
  }

  /** Messages that were the same. */
  get count(): number {
    return this.same;
  }

  /** Whether what comes is what was recorded; once it is not, all is over. */
  add(came: RunMessage): boolean {
    if (this.found !== undefined) return false;
    const { value, done } = this.recorded.next();
    const recorded = done === true ? undefined : value;
    if (recorded !== undefined && isSameMessage(recorded, came)) {
      this.learn(recorded);
      this.same += 1;
      return true;
    }
    this.diverge(recorded, came);
    return false;
  }

  /** Nothing more comes. */
  end(): void {
    if (this.found !== undefined) return;
    const { value, done } = this.recorded.next();
    if (done !== true) this.diverge(value, undefined);
  }

  private diverge(recorded: NumberedMessage | undefined, came: RunMessage | undefined): void {
    const number = recorded?.number ?? this.same + 1;
    const [left, right] = [recorded && this.words(recorded, 0), came && this.words(came, 1)];
    const of = (recorded ?? came) as RunMessage;
    const names = [of.node, of.xapp].filter((name) => name !== '').join(', ');
    const head = `record ${number}, at ${seconds(of.timeMs)}: ${of.kind}${names && ` of ${names}`}`;
    const lines = linesThatDiffer(left ?? ['nothing more'], right ?? ['nothing more']);
    this.found = { recorded, came, text: [head, ...lines].join('\n') };
  }

  /** Set-ups and subscriptions tell what later PDUs mean. */
  private learn(message: RunMessage): void {
    if (!isE2(message) || message.payload[1] === 5 || message.payload[1] === 4) return;
    for (const decoder of this.decoders) decoder.decode(message.payload, message.node);
  }

  private words(message: RunMessage, side: 0 | 1): string[] {
    const { kind, timeMs, node, xapp } = message;
    const head = [`${kind} at ${seconds(timeMs)}`, node, xapp].filter((word) => word !== '').join(' ');
    if (!isE2(message)) return [head, ...contentLines(message.payload)];
    const tree = formatTree(pduTree(this.decoders[side].decode(message.payload, node)));
    return [head, ...tree.trimEnd().split('\n')];
  }
}

/** What is in one and not in the other, some lines of each. */
function linesThatDiffer(recorded: readonly string[], came: readonly string[]): string[] {
  const without = (lines: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others);
    return lines.filter((line) => !known.has(line));
  };
  const shown = (lines: readonly string[], name: string): string[] => {
    const first = lines.slice(0, MAX_LINES).map((line) => `    ${shortened(line.trim())}`);
    const more = lines.length - first.length;
    return [`  ${name}:`, ...first, ...(more > 0 ? [`    … and ${more} lines more`] : [])];
  };
  const [onlyRecorded, onlyCame] = [without(recorded, came), without(came, recorded)];
  return [
    ...shown(onlyRecorded.length > 0 ? onlyRecorded : recorded, 'recorded'),
    ...shown(onlyCame.length > 0 ? onlyCame : came, 'came'),
  ];
}

/** A recording may come from anybody: nothing of it steers the terminal. */
function shortened(line: string): string {
  const start = line.slice(0, MAX_LENGTH).replace(/\p{Cc}/gu, '?');
  return line.length > MAX_LENGTH ? `${start}…` : start;
}

/** A value a line, with its path; of what is no JSON the text. */
function contentLines(payload: Uint8Array): string[] {
  const text = Buffer.from(payload).toString();
  const lines: string[] = [];
  try {
    addLines(lines, JSON.parse(text), []);
  } catch {
    return [`not JSON: ${text}`];
  }
  return lines;
}

function addLines(lines: string[], value: unknown, path: readonly string[]): void {
  if (lines.length >= MAX_VALUES) return;
  if (typeof value !== 'object' || value === null || path.length >= MAX_DEPTH) {
    const shown = typeof value === 'object' && value !== null ? '…' : JSON.stringify(value);
    lines.push(`${path.join('.')}: ${shown}`);
    return;
  }
  for (const [key, part] of Object.entries(value)) addLines(lines, part, [...path, key]);
}
