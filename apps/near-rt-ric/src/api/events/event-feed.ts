import { type Timers } from '@ricochet/e2ap';
import { Inject, Injectable } from '@nestjs/common';
import { E2_TIMERS } from '../../e2/e2-timers.js';
import {
  chunksOf,
  EVENT_TYPES,
  keyOf,
  type EventFilter,
  type EventSubject,
  type EventType,
} from './event-frame.js';
import { EventHistory } from './event-history.js';
import { EventReader, type EventChunk, type EventOutput } from './event-reader.js';

interface PendingEvent extends EventSubject {
  readonly type: EventType;
  readonly data: () => object;
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
/** A reader that has gone may come back: what it wants to hear is kept for it for so long. */
const LINGER_MS = 30_000;

/**
 * What happens in the RIC, for who watches: server-sent events. Whoever tells of something is not held up: it is put into
 * words later, once for all readers, and not at all when nobody wants to hear of its kind, or did a moment ago.
 */
@Injectable()
export class EventFeed {
  private readonly listening = new Set<Listening>();
  private heard: ReadonlySet<EventType> = new Set();
  private readonly audienceListeners: ((heard: ReadonlySet<EventType>) => void)[] = [];
  private pending: PendingEvent[] = [];
  private lost = 0;
  private readonly history = new EventHistory();
  /** Types whose reader has gone a moment ago: what ends that. */
  private readonly lingering = new Map<EventType, () => void>();
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

  /**
   * Sends what the filter lets through, until `output` closes or the feed does.
   * @param lastEventId of a reader that comes back: what has been since is sent first, and how much of it is lost
   */
  add(output: EventOutput, filter: EventFilter, lastEventId?: string): void {
    const reader = new EventReader(output);
    const one = { reader, filter, key: keyOf(filter) };
    const missed = lastEventId === undefined ? undefined : this.history.missed(lastEventId, filter);
    this.listening.add(one);
    output.on('close', () => this.remove(one));
    this.cancelHeartBeat ??= this.timers.after(HEART_BEAT_EVERY_MS, () => this.beat());
    this.audienceChanged();
    if (missed !== undefined) {
      if (missed.lost !== 0) reader.dropped(missed.lost);
      for (const chunk of chunksOf(missed.frames, filter)) reader.take(chunk);
    }
    reader.mark(this.history.position);
  }

  /** Ends all streams. */
  close(): void {
    for (const { reader } of this.listening) reader.end();
    this.listening.clear();
    for (const cancel of this.lingering.values()) cancel();
    this.lingering.clear();
    this.audienceChanged();
    this.cancelFlush?.();
    this.cancelHeartBeat?.();
  }

  private remove(one: Listening): void {
    if (!this.listening.delete(one)) return;
    for (const type of typesOf(one)) {
      this.lingering.get(type)?.();
      const end = (): void => {
        this.lingering.delete(type);
        this.audienceChanged();
      };
      this.lingering.set(type, this.timers.after(LINGER_MS, end));
    }
  }

  private audienceChanged(): void {
    const heard = new Set([...[...this.listening].flatMap(typesOf), ...this.lingering.keys()]);
    if (heard.size === this.heard.size && [...heard].every((type) => this.heard.has(type))) return;
    this.heard = heard;
    this.history.hear(heard);
    for (const listener of this.audienceListeners) listener(heard);
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const { pending, lost } = this;
    this.pending = [];
    this.lost = 0;
    const frames = pending.map(({ data, ...event }) => this.history.add(event, data()));
    if (lost > 0) this.history.skip(lost);
    const chunks = new Map<string, readonly EventChunk[]>();
    for (const { reader, filter, key } of this.listening) {
      let ofFilter = chunks.get(key);
      if (ofFilter === undefined) chunks.set(key, (ofFilter = chunksOf(frames, filter)));
      for (const chunk of ofFilter) reader.take(chunk);
      if (lost > 0) reader.dropped(lost);
    }
  }

  private beat(): void {
    for (const one of this.listening) if (!one.reader.beat(this.history.position)) this.remove(one);
    const isHeard = this.listening.size > 0;
    this.cancelHeartBeat = isHeard ? this.timers.after(HEART_BEAT_EVERY_MS, () => this.beat()) : undefined;
  }
}

function typesOf({ filter }: Listening): readonly EventType[] {
  return filter.types ?? EVENT_TYPES;
}
