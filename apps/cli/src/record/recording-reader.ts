import { closeSync, openSync, readSync } from 'node:fs';
import { type z } from 'zod';
import { messageOf } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import {
  CHAIN_OCTETS,
  chainOf,
  FIRST_CHAIN,
  FIRST_LINE,
  FORMAT_NAME,
  FORMAT_VERSION,
  LENGTH_OCTETS,
  MAX_RECORD_OCTETS,
  readHead,
  readStored,
} from './record-codec.js';
import { type NumberedMessage } from './record.js';
import {
  recordingEndSchema,
  recordingHeaderSchema,
  type RecordingEnd,
  type RecordingHeader,
} from './recording-header.js';
import { RunHash } from './run-hash.js';
import { seconds } from './words.js';

const CHUNK_OCTETS = 1024 * 1024;
const MAX_FAULT_LENGTH = 300;

/** A recording can not be read: one line that says what is wrong and where. */
export class RecordingError extends CliError {}

/** What gives the octets of a recording, up to so many at a time; none at its end. */
export type OctetSource = (maxOctets: number) => Uint8Array;

/** Reads a recording from its beginning, and checks each record as it comes. All throw `RecordingError`. */
export class RecordingReader {
  readonly header: RecordingHeader;
  /** Once all has been read. */
  end: RecordingEnd | undefined;
  private chain = FIRST_CHAIN;
  private number = 0;
  private lastMs = 0;
  private buffered: Buffer = Buffer.alloc(0);
  private readonly hash = new RunHash();

  constructor(
    /** What messages name it by. */
    readonly name: string,
    private readonly source: OctetSource,
  ) {
    this.readFirstLine();
    const first = this.nextRecord();
    if (first?.kind !== 'header') throw this.fault('it does not begin with its header');
    this.header = this.contentOf(first, recordingHeaderSchema);
  }

  /** Its messages, header and end apart. */
  *messages(): Generator<NumberedMessage, void> {
    for (;;) {
      const message = this.nextRecord();
      if (message === undefined) {
        throw this.fault(`it is cut off after record ${this.number - 1}, at ${seconds(this.lastMs)}`);
      }
      if (message.kind === 'end') return this.finish(message);
      this.hash.add(message);
      yield message;
    }
  }

  private finish(message: NumberedMessage): void {
    const end = this.contentOf(message, recordingEndSchema);
    if (end.messages !== this.hash.count || end.hash !== this.hash.value) {
      throw this.fault('its end speaks of other messages than those before');
    }
    if (this.take(1) !== undefined) throw this.fault('something follows its end');
    this.end = end;
  }

  private readFirstLine(): void {
    const octets = this.take(FIRST_LINE.length) ?? this.buffered;
    const line = octets.toString('latin1');
    if (line === FIRST_LINE) return;
    const version = new RegExp(`^${FORMAT_NAME} (\\d+)`).exec(line)?.[1];
    if (version !== undefined && Number(version) > FORMAT_VERSION) {
      throw this.fault(`it has format ${version}; this program reads up to ${FORMAT_VERSION}`);
    }
    throw this.fault('this is no recording');
  }

  private nextRecord(): NumberedMessage | undefined {
    const { number } = this;
    const prefix = this.take(LENGTH_OCTETS);
    if (prefix === undefined) return this.buffered.length === 0 ? undefined : this.cutOff();
    const length = prefix.readUInt32BE();
    if (length < CHAIN_OCTETS || length > MAX_RECORD_OCTETS) {
      throw this.fault(`record ${number}, after ${seconds(this.lastMs)}: its length was changed`);
    }
    const octets = this.take(length);
    if (octets === undefined) return this.cutOff();
    const stored = octets.subarray(0, length - CHAIN_OCTETS);
    const chain = chainOf(this.chain, stored);
    if (Buffer.compare(chain, octets.subarray(stored.length)) !== 0) throw this.fault(this.changed(stored));
    const message = readStored(stored);
    if (message === undefined) throw this.fault(`record ${number} is of no kind that this program knows`);
    // What is shown on a terminal.
    if (/\p{Cc}/u.test(message.node + message.xapp)) {
      throw this.fault(`record ${number}: the name of its node or xApp is none`);
    }
    this.chain = chain;
    this.number += 1;
    this.lastMs = message.timeMs;
    return { ...message, number };
  }

  private cutOff(): never {
    const where = `record ${this.number}, after ${seconds(this.lastMs)}`;
    throw this.fault(`${where}: the file ends within it: it was cut off, or the length was changed`);
  }

  /** What a record that was changed says of itself. */
  private changed(stored: Uint8Array): string {
    const { kind, timeMs, node, xapp } = readHead(stored);
    const of = [node, xapp].filter((name) => /^[\x20-\x7e]+$/.test(name)).join(', ');
    return `record ${this.number} was changed: ${kind ?? 'of an unknown kind'}${of && ` of ${of}`} at ${seconds(timeMs)}`;
  }

  /** So many octets, or `undefined` when there are less. */
  private take(count: number): Buffer | undefined {
    const parts = [this.buffered];
    let had = this.buffered.length;
    while (had < count) {
      const more = this.source(Math.max(CHUNK_OCTETS, count - had));
      if (more.length === 0) break;
      parts.push(Buffer.from(more));
      had += more.length;
    }
    const all = parts.length === 1 ? this.buffered : Buffer.concat(parts);
    if (had < count) {
      this.buffered = all;
      return undefined;
    }
    this.buffered = all.subarray(count);
    return all.subarray(0, count);
  }

  /** What the JSON of a message says. @throws RecordingError naming the record, the path and what was expected there */
  contentOf<T>(message: NumberedMessage, schema: z.ZodType<T>): T {
    let content: unknown;
    try {
      content = JSON.parse(Buffer.from(message.payload).toString());
    } catch (error) {
      throw this.faultIn(message, `not JSON: ${messageOf(error)}`);
    }
    const result = schema.safeParse(content);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw this.faultIn(message, `${issue?.path.join('.') || 'all of it'}: ${issue?.message}`);
  }

  /** What is wrong with a message, for {@link contentOf} and who compares. */
  faultIn({ number, kind, timeMs }: NumberedMessage, what: string): RecordingError {
    const words = what.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_FAULT_LENGTH);
    return this.fault(`record ${number}, ${kind} at ${seconds(timeMs)}: ${words}`);
  }

  private fault(what: string): RecordingError {
    return new RecordingError(`${this.name}: ${what}`);
  }
}

/**
 * Opens a recording; it is closed when all has been read, or with the process.
 * @param name what messages name it by
 * @throws CliError, RecordingError
 */
export function openRecording(path: string, name = path): RecordingReader {
  let descriptor: number | undefined;
  const tried = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw new CliError(`recording ${pathFault(error, path)}`);
    }
  };
  descriptor = tried(() => openSync(path, 'r'));
  return new RecordingReader(name, (maxOctets) => {
    if (descriptor === undefined) return new Uint8Array();
    const of = descriptor;
    const chunk = Buffer.allocUnsafe(maxOctets);
    const read = tried(() => readSync(of, chunk, 0, maxOctets, null));
    if (read === 0) {
      closeSync(of);
      descriptor = undefined;
    }
    return chunk.subarray(0, read);
  });
}
