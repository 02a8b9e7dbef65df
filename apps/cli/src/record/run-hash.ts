import { createHash } from 'node:crypto';
import { type RunMessage } from './record.js';

/** SHA-256 over the messages of a run, in their order: what a replay has to come to again. */
export class RunHash {
  private readonly hash = createHash('sha256');
  private counted = 0;

  add({ kind, timeMs, node, xapp, payload }: RunMessage): void {
    this.hash.update(`${kind} ${timeMs} ${node} ${xapp} ${payload.length}\n`).update(payload);
    this.counted += 1;
  }

  /** Messages so far. */
  get count(): number {
    return this.counted;
  }

  /** Of those so far, hexadecimal. */
  get value(): string {
    return this.hash.copy().digest('hex');
  }
}
