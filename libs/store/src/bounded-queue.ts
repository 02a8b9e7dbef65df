/** First in, first out, at most `capacity` items: what comes in too much pushes the oldest out. */
export class BoundedQueue<T> {
  private readonly ring: (T | undefined)[];
  private head = 0;
  private count = 0;

  constructor(readonly capacity: number) {
    this.ring = new Array<T | undefined>(capacity);
  }

  get length(): number {
    return this.count;
  }

  /** Gives the number of items that fell out: 0 or 1. */
  push(item: T): number {
    this.ring[(this.head + this.count) % this.capacity] = item;
    if (this.count < this.capacity) {
      this.count += 1;
      return 0;
    }
    this.head = (this.head + 1) % this.capacity;
    return 1;
  }

  /** Takes the oldest items out, at most `limit` of them. */
  take(limit: number): T[] {
    const taken: T[] = [];
    for (let left = Math.min(limit, this.count); left > 0; left -= 1) {
      taken.push(this.ring[this.head] as T);
      this.ring[this.head] = undefined;
      this.head = (this.head + 1) % this.capacity;
      this.count -= 1;
    }
    return taken;
  }

  /** Puts taken items back in front. Gives the number of those that find no room any more: the oldest. */
  putBack(items: readonly T[]): number {
    const room = Math.min(items.length, this.capacity - this.count);
    for (let i = items.length - 1; i >= items.length - room; i -= 1) {
      this.head = (this.head + this.capacity - 1) % this.capacity;
      this.ring[this.head] = items[i];
      this.count += 1;
    }
    return items.length - room;
  }
}
