import { randomBytes } from 'node:crypto';
import {
  EVENT_TYPES,
  type EventFilter,
  type EventSubject,
  type EventType,
  type Frame,
} from './event-frame.js';
import { EventRing } from './event-ring.js';

const LIFE_BYTES = 4;

/** What a reader who comes back gets. */
export interface MissedEvents {
  /** In their order, of all types that he wants. */
  readonly frames: readonly Frame[];
  /** So many others there were; `null`: nobody knows. */
  readonly lost: number | null;
}

/**
 * Numbers events, and keeps the last of each type, so that a flood of one drives no other out. Ids are
 * `<life>-<number>`: a reader's may be of another life of the RIC.
 */
export class EventHistory {
  private readonly life = randomBytes(LIFE_BYTES).toString('hex');
  private readonly rings: Readonly<Record<EventType, EventRing>> = Object.fromEntries(
    EVENT_TYPES.map((type) => [type, new EventRing()]),
  ) as Record<EventType, EventRing>;
  /** The number from which on nothing of a type that is heard is missing. */
  private readonly heardFrom = new Map<EventType, number>();
  private lastNumber = 0;
  private skippedUpTo = 0;

  /** The id of all that has been: who has it has missed nothing. */
  get position(): string {
    return this.idOf(this.lastNumber);
  }

  add(event: EventSubject & { readonly type: EventType }, data: object): Frame {
    const number = ++this.lastNumber;
    const text = `id: ${this.idOf(number)}\nevent: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
    const frame = { ...event, number, text };
    this.rings[event.type].push(frame);
    return frame;
  }

  /** There were so many more that nobody has kept. */
  skip(events: number): void {
    this.lastNumber += events;
    this.skippedUpTo = this.lastNumber;
  }

  /** Others are not added from now on. */
  hear(types: ReadonlySet<EventType>): void {
    const isNew = [...types].some((type) => !this.heardFrom.has(type));
    // A number that no event has: who names an earlier one may have missed something of the new types.
    if (isNew) this.lastNumber += 1;
    for (const type of EVENT_TYPES) {
      if (!types.has(type)) this.heardFrom.delete(type);
      else if (!this.heardFrom.has(type)) this.heardFrom.set(type, this.lastNumber);
    }
  }

  /** @param id the last that the reader has; one of another life, or none at all, is as old as can be */
  missed(id: string, filter: EventFilter): MissedEvents {
    const number = this.numberOf(id);
    const types = filter.types ?? EVENT_TYPES;
    const frames = types
      .flatMap((type) => this.rings[type].after(number ?? 0))
      .sort((one, other) => one.number - other.number);
    if (number === undefined || types.some((type) => (this.heardFrom.get(type) ?? Infinity) > number)) {
      return { frames, lost: null };
    }
    const wantsAll = filter.types === undefined && filter.xapp === undefined && filter.node === undefined;
    if (wantsAll) return { frames, lost: this.lastNumber - number - frames.length };
    const hasAll = this.skippedUpTo <= number && types.every((type) => this.rings[type].hasAllAfter(number));
    return { frames, lost: hasAll ? 0 : null };
  }

  private idOf(number: number): string {
    return `${this.life}-${number}`;
  }

  /** Of an id that has been given in this life. */
  private numberOf(id: string): number | undefined {
    const [, life, digits] = /^([0-9a-f]+)-(\d{1,15})$/.exec(id) ?? [];
    const number = Number(digits);
    return life === this.life && number <= this.lastNumber ? number : undefined;
  }
}
