type Numbers = Float32Array | Int32Array;

const FIRST_CAPACITY = 64;

/** Flat numbers that others are appended to. Its memory is kept, so that to fill it again makes no garbage. */
export class GrowingArray<T extends Numbers> {
  private values: T;
  private used = 0;

  constructor(private readonly make: (length: number) => T) {
    this.values = make(FIRST_CAPACITY);
  }

  get length(): number {
    return this.used;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  push(value: number): void {
    this.reserve(1);
    this.values[this.used++] = value;
  }

  append(values: T): void {
    this.reserve(values.length);
    this.values.set(values, this.used);
    this.used += values.length;
  }

  appendZeros(count: number): void {
    this.reserve(count);
    this.values.fill(0, this.used, this.used + count);
    this.used += count;
  }

  /** Overwrites what begins there. */
  set(values: T, at: number): void {
    this.values.set(values, at);
  }

  /** Forgets the first ones; those that stay are less by `offset`. */
  dropFirst(count: number, offset = 0): void {
    this.values.copyWithin(0, count, this.used);
    this.used -= count;
    if (offset !== 0) for (let i = 0; i < this.used; i++) this.values[i]! -= offset;
  }

  /** A copy of them all; begins anew. */
  take(): T {
    const taken = this.values.slice(0, this.used) as T;
    this.used = 0;
    return taken;
  }

  private reserve(count: number): void {
    const needed = this.used + count;
    if (needed <= this.values.length) return;
    const grown = this.make(Math.max(needed, 2 * this.values.length));
    grown.set(this.values.subarray(0, this.used));
    this.values = grown;
  }
}

export function growingFloats(): GrowingArray<Float32Array> {
  return new GrowingArray((length) => new Float32Array(length));
}

export function growingIntegers(): GrowingArray<Int32Array> {
  return new GrowingArray((length) => new Int32Array(length));
}
