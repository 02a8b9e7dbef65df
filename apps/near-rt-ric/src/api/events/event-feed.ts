import { type Timers } from '@ricochet/e2ap';
import { Inject, Injectable } from '@nestjs/common';
import { E2_TIMERS } from '../../e2/e2-timers.js';
import { EventReader, type EventChunk, type EventOutput } from './event-reader.js';

export const EVENT_TYPES = [
  'status',
  'node',
  'xapp',
  'control',
  'effect',
  'conflict',
  'indication-gap',
  'kpi',
  'policy',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an event is about; one that is about no xApp, or no node, is for readers of all of them. */
export interface EventSubject {
  readonly xapps?: readonly string[];
  readonly nodeId?: string;
}

/** What a reader wants to hear. */
export interface EventFilter {
  /** Absent: all. */
  readonly types?: readonly EventType[] | undefined;
  /** Nothing about other xApps. */
  readonly xapp?: string | undefined;
  /** Nothing about other nodes. */
  readonly node?: string | undefined;
}

interface PendingEvent extends EventSubject {
  readonly type: EventType;
  readonly data: () => object;
}

interface Frame extends EventSubject {
  readonly type: EventType;
  readonly text: string;
}

interface Listening {
  readonly reader: EventReader;
  readonly filter: EventFilter;
  /** The same for all who want the same. */
  readonly key: string;
}

export const MAX_READERS = 128;
const FLUSH_EVERY_MS = 100;
const HEART_BEAT_EVERY_MS = 15_000;
/** Between two flushes; further ones are counted as dropped. */
const MAX_PENDING = 5_000;
/** So that a reader who is behind loses little at a time. */
const CHUNK_CHARACTERS = 65_536;

/**
 * What happens in the RIC, for who watches: server-sent events. Whoever tells of something is not held up: it is put into
 * words later, once for all readers, and not at all when nobody wants to hear of its kind.
 */
@Injectable()
export class EventFeed {
  private readonly listening = new Set<Listening>();
  private heard: ReadonlySet<EventType> = new Set();
  private readonly audienceListeners: ((heard: ReadonlySet<EventType>) => void)[] = [];
  private pending: PendingEvent[] = [];
  private lost = 0;
  private lastId = 0;
  private cancelFlush: (() => void) | undefined;
  private cancelHeartBeat: (() => void) | undefined;

  constructor(@Inject(E2_TIMERS) private readonly timers: Timers) {}

  get readers(): number {
    return this.listening.size;
  }

  isHeard(type: EventType): boolean {
    return this.heard.has(type);
  }

  /** Told which types somebody hears, whenever that changes. */
  onAudience(listener: (heard: ReadonlySet<EventType>) => void): void {
    this.audienceListeners.push(listener);
  }

  /** @param data what it says; asked for a little later, and must say the same then */
  tell(type: EventType, subject: EventSubject, data: () => object): void {
    if (!this.heard.has(type)) return;
    if (this.pending.length < MAX_PENDING) this.pending.push({ type, ...subject, data });
    else this.lost += 1;
    this.cancelFlush ??= this.timers.after(FLUSH_EVERY_MS, () => this.flush());
  }

  /** Sends what the filter lets through, until `output` closes or the feed does. */
  add(output: EventOutput, filter: EventFilter): void {
    const one = { reader: new EventReader(output), filter, key: keyOf(filter) };
    this.listening.add(one);
    output.on('close', () => this.remove(one));
    this.cancelHeartBeat ??= this.timers.after(HEART_BEAT_EVERY_MS, () => this.beat());
    this.audienceChanged();
  }

  /** Ends all streams. */
  close(): void {
    for (const { reader } of this.listening) reader.end();
    this.listening.clear();
    this.audienceChanged();
    this.cancelFlush?.();
    this.cancelHeartBeat?.();
  }

  private remove(one: Listening): void {
    if (this.listening.delete(one)) this.audienceChanged();
  }

  private audienceChanged(): void {
    const heard = new Set([...this.listening].flatMap(({ filter }) => filter.types ?? EVENT_TYPES));
    if (heard.size === this.heard.size && [...heard].every((type) => this.heard.has(type))) return;
    this.heard = heard;
    for (const listener of this.audienceListeners) listener(heard);
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const { pending, lost } = this;
    this.pending = [];
    this.lost = 0;
    if (this.listening.size === 0) return;
    const frames = pending.map(({ data, ...event }): Frame => {
      const head = `id: ${++this.lastId}\nevent: ${event.type}\n`;
      return { ...event, text: `${head}data: ${JSON.stringify(data())}\n\n` };
    });
    const chunks = new Map<string, readonly EventChunk[]>();
    for (const { reader, filter, key } of this.listening) {
      let ofFilter = chunks.get(key);
      if (ofFilter === undefined) chunks.set(key, (ofFilter = chunksOf(frames, filter)));
      for (const chunk of ofFilter) reader.take(chunk);
      if (lost > 0) reader.dropped(lost);
    }
  }

  private beat(): void {
    for (const one of this.listening) if (!one.reader.beat()) this.remove(one);
    const isHeard = this.listening.size > 0;
    this.cancelHeartBeat = isHeard ? this.timers.after(HEART_BEAT_EVERY_MS, () => this.beat()) : undefined;
  }
}

function chunksOf(frames: readonly Frame[], filter: EventFilter): EventChunk[] {
  const chunks: EventChunk[] = [];
  let text = '';
  let events = 0;
  const cut = (): void => {
    if (events > 0) chunks.push({ octets: Buffer.from(text), events });
    text = '';
    events = 0;
  };
  for (const frame of frames) {
    if (!passes(frame, filter)) continue;
    text += frame.text;
    events += 1;
    if (text.length >= CHUNK_CHARACTERS) cut();
  }
  cut();
  return chunks;
}

function passes({ type, xapps, nodeId }: Frame, { types, xapp, node }: EventFilter): boolean {
  if (types !== undefined && !types.includes(type)) return false;
  if (xapp !== undefined && xapps !== undefined && !xapps.includes(xapp)) return false;
  return node === undefined || nodeId === undefined || nodeId === node;
}

function keyOf({ types, xapp, node }: EventFilter): string {
  return JSON.stringify([types?.toSorted(), xapp, node]);
}
