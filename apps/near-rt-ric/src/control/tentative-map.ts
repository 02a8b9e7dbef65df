interface Entry<V> {
  readonly key: string;
  readonly value: V;
  /** What stood there before, until it is sure that this one stays. */
  former: Entry<V> | undefined;
  isVoid: boolean;
}

/**
 * A map whose values count from the moment they are set, though it is told only later whether they hold: those of a
 * control on its way to its node.
 */
export class TentativeMap<V> {
  private readonly entries = new Map<string, Entry<V>>();

  get(key: string): V | undefined {
    return this.entries.get(key)?.value;
  }

  /** All of it, by key. */
  *all(): Iterable<readonly [string, V]> {
    for (const [key, { value }] of this.entries) yield [key, value];
  }

  /** What is given back is to be called once: `false` puts back what still holds of what stood there before. */
  set(values: Iterable<readonly [string, V]>): (holds: boolean) => void {
    const set: Entry<V>[] = [];
    for (const [key, value] of values) {
      const entry: Entry<V> = { key, value, former: this.entries.get(key), isVoid: false };
      this.entries.set(key, entry);
      set.push(entry);
    }
    return (holds) => {
      for (const entry of set) {
        if (holds) entry.former = undefined;
        else this.takeBack(entry);
      }
    };
  }

  private takeBack(entry: Entry<V>): void {
    const { key } = entry;
    entry.isVoid = true;
    if (this.entries.get(key) !== entry) return;
    let former = entry.former;
    while (former?.isVoid) former = former.former;
    if (former === undefined) this.entries.delete(key);
    else this.entries.set(key, former);
  }
}
