import { closeSync, openSync, writeSync } from 'node:fs';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import {
  CHAIN_OCTETS,
  chainOf,
  FIRST_CHAIN,
  FIRST_LINE,
  LENGTH_OCTETS,
  storedRecord,
} from './record-codec.js';
import { type RunMessage } from './record.js';
import { type RecordingHeader } from './recording-header.js';
import { RunHash } from './run-hash.js';

const BUFFERED_OCTETS = 256 * 1024;

/** A recording that grows. All but `abandon` throw `CliError` when it can not be written. */
export class RecordingWriter {
  private readonly descriptor: number;
  private chain = FIRST_CHAIN;
  private readonly hash = new RunHash();
  private pending: Uint8Array[] = [];
  private pendingOctets = 0;
  private written = 0;

  constructor(
    private readonly path: string,
    header: RecordingHeader,
    /** Told of all octets as they are written. */
    private readonly onOctets: (octets: Uint8Array) => void = () => undefined,
  ) {
    this.descriptor = this.tried(() => openSync(path, 'w'));
    this.append(Buffer.from(FIRST_LINE));
    this.store({
      kind: 'header',
      timeMs: 0,
      node: '',
      xapp: '',
      payload: Buffer.from(JSON.stringify(header)),
    });
    this.flush();
  }

  get octets(): number {
    return this.written;
  }

  add(message: RunMessage): void {
    this.hash.add(message);
    this.store(message);
  }

  /** What has been added is with the operating system. */
  flush(): void {
    const octets = Buffer.concat(this.pending);
    this.pending = [];
    this.pendingOctets = 0;
    this.tried(() => {
      for (let at = 0; at < octets.length;) at += writeSync(this.descriptor, octets, at);
    });
    this.written += octets.length;
    if (octets.length > 0) this.onOctets(octets);
  }

  /** Ends the recording. Gives the run's hash. */
  end(timeMs: number, kpiHash: string | null): { readonly hash: string; readonly messages: number } {
    const end = { messages: this.hash.count, hash: this.hash.value, kpiHash };
    this.store({ kind: 'end', timeMs, node: '', xapp: '', payload: Buffer.from(JSON.stringify(end)) });
    this.flush();
    this.tried(() => closeSync(this.descriptor));
    return end;
  }

  /** Leaves what there is, without an end. */
  abandon(): void {
    try {
      try {
        this.flush();
      } finally {
        closeSync(this.descriptor);
      }
    } catch {
      // What went wrong before has been told.
    }
  }

  private store(message: RunMessage): void {
    const stored = storedRecord(message);
    this.chain = chainOf(this.chain, stored);
    const length = Buffer.alloc(LENGTH_OCTETS);
    length.writeUInt32BE(stored.length + CHAIN_OCTETS);
    for (const part of [length, stored, this.chain]) this.append(part);
    if (this.pendingOctets >= BUFFERED_OCTETS) this.flush();
  }

  private append(octets: Uint8Array): void {
    this.pending.push(octets);
    this.pendingOctets += octets.length;
  }

  private tried<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new CliError(`recording ${pathFault(error, this.path)}`, 1);
    }
  }
}
