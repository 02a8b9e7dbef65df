import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Timers } from '@ricochet/e2ap';
import { messageOf, oneLine } from '@ricochet/platform';

export interface RefusedPdu {
  /** The node, or the peer that is not one yet. */
  readonly from: string;
  readonly reason: string;
  readonly octets: Uint8Array;
}

export interface RefusedPdusOptions {
  readonly path: string;
  readonly timers: Timers;
  /** One line when the file can not be written; nothing more until it could be again. */
  readonly onTrouble: (line: string) => void;
}

const MAX_FILE_OCTETS = 1024 * 1024;
/** PDUs of real networks name subscribers. */
const OWNER_ONLY = 0o600;
const MAX_PDUS_PER_S = 20;
const MAX_WAITING = 100;
/** Of a longer PDU the beginning is kept. */
const MAX_PDU_OCTETS = 64 * 1024;

/**
 * PDUs that could not be read, for `ricochet e2 decode`: a comment with time, sender and reason, then the octets in
 * hexadecimal. At most 20 a second are kept. A file of 1 MiB becomes `….1`, in place of the one before it.
 */
export class RefusedPdus {
  private thisSecond = 0;
  private waiting = 0;
  private isInTrouble = false;
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly options: RefusedPdusOptions) {}

  keep(pdu: RefusedPdu): void {
    if (this.thisSecond >= MAX_PDUS_PER_S || this.waiting >= MAX_WAITING) return;
    if (this.thisSecond === 0) this.options.timers.after(1_000, () => (this.thisSecond = 0));
    this.thisSecond += 1;
    this.waiting += 1;
    const text = textOf(pdu);
    this.written = this.written.then(() => this.write(text));
  }

  /** Resolves when all that was kept is on disk, or given up. */
  async flushed(): Promise<void> {
    await this.written;
  }

  private async write(text: string): Promise<void> {
    const { path, onTrouble } = this.options;
    try {
      await mkdir(dirname(path), { recursive: true });
      const { size } = await stat(path).catch(() => ({ size: 0 }));
      if (size > 0 && size + text.length > MAX_FILE_OCTETS) await rename(path, `${path}.1`);
      await appendFile(path, text, { mode: OWNER_ONLY });
      this.isInTrouble = false;
    } catch (error) {
      if (!this.isInTrouble) onTrouble(`refused PDUs can not be kept in ${path}: ${messageOf(error)}`);
      this.isInTrouble = true;
    }
    this.waiting -= 1;
  }
}

function textOf({ from, reason, octets }: RefusedPdu): string {
  const hex = Buffer.from(octets.subarray(0, MAX_PDU_OCTETS)).toString('hex');
  const cut =
    octets.length > MAX_PDU_OCTETS ? ` (the first ${MAX_PDU_OCTETS} of ${octets.length} octets)` : '';
  // What the reason quotes of the PDU must not end the comment.
  const line = oneLine(`${new Date().toISOString()} ${from} ${reason}${cut}`);
  return `# ${line}\n${hex}\n`;
}
