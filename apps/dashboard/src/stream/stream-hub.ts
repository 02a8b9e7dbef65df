import { type StreamName } from '../feed/frame.js';
import { StreamClient, streamChunk, type StreamOutput } from './stream-client.js';

/** Pages that take nothing for so long are cut off; those that live come again. */
const GIVE_UP_AFTER_MS = 20_000;
export const MAX_PAGES = 50;

/** Sends each message to all pages that listen, made once for all. */
export class StreamHub {
  private readonly clients = new Set<StreamClient>();
  private superseded = 0;

  constructor(private readonly nowMs: () => number) {}

  get count(): number {
    return this.clients.size;
  }

  /** Messages that slow pages were spared, as newer ones came. */
  get supersededCount(): number {
    return this.superseded;
  }

  get isFull(): boolean {
    return this.clients.size >= MAX_PAGES;
  }

  /** Gives what takes the page off again. */
  add(output: StreamOutput): () => void {
    const client = new StreamClient(output, this.nowMs);
    this.clients.add(client);
    return () => this.clients.delete(client);
  }

  tell(name: StreamName, text: string): void {
    if (this.clients.size === 0) return;
    const chunk = streamChunk(name, text);
    for (const client of this.clients) if (client.send(name, chunk)) this.superseded += 1;
  }

  /** A sign of life, and the end of those that show none. */
  beat(): void {
    for (const client of this.clients) {
      if (client.blockedForMs < GIVE_UP_AFTER_MS) continue;
      this.clients.delete(client);
      client.end();
    }
    this.tell('beat', '{}');
  }

  endAll(): void {
    for (const client of this.clients) client.end();
    this.clients.clear();
  }
}
