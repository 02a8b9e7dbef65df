import { type RadioState, type StateArray } from './radio-state.js';

/**
 * One pass over the state of a network, in fixed order and in either direction: out of it ({@link StateWriter}) or back
 * into it ({@link StateReader}). A class with state has a method `exchange` that hands over each of its fields once, so
 * that saving and restoring can not differ: `state.array(this.x); this.slot = state.number(this.slot);`
 */
export interface StateExchange {
  /** An array as a whole; its length never changes. */
  array(values: StateArray): void;
  /** The elements `from` … `to − 1` of an array of which not all is in use. */
  range(values: Int32Array, from: number, to: number): void;
  /** @returns the number to go on with */
  number(value: number): number;
  /** A list of plain data that is replaced, never changed. @returns the list to go on with */
  list<T>(value: readonly T[]): readonly T[];
}

/** Copies state out; into the memory that an earlier pass over the same network left in `state`. */
export class StateWriter implements StateExchange {
  private arrayCount = 0;
  private numberCount = 0;
  private wordCount = 0;
  private listCount = 0;

  constructor(private readonly state: RadioState) {}

  array(values: StateArray): void {
    const kept = this.state.arrays[this.arrayCount];
    if (kept === undefined) this.state.arrays.push(values.slice());
    else kept.set(values);
    this.arrayCount++;
  }

  range(values: Int32Array, from: number, to: number): void {
    const words = this.roomFor(to - from);
    let at = this.wordCount;
    for (let i = from; i < to; i++) words[at++] = values[i] as number;
    this.wordCount = at;
  }

  private roomFor(count: number): Int32Array {
    const { state } = this;
    const needed = this.wordCount + count;
    if (needed > state.words.length) {
      const grown = new Int32Array(2 * needed);
      grown.set(state.words);
      state.words = grown;
    }
    return state.words;
  }

  number(value: number): number {
    this.state.numbers[this.numberCount++] = value;
    return value;
  }

  list<T>(value: readonly T[]): readonly T[] {
    this.state.lists[this.listCount++] = value;
    return value;
  }
}

/** Puts the state of a like network back. */
export class StateReader implements StateExchange {
  private arrayCount = 0;
  private numberCount = 0;
  private wordCount = 0;
  private listCount = 0;

  constructor(private readonly state: RadioState) {}

  array(values: StateArray): void {
    values.set(this.state.arrays[this.arrayCount++] as StateArray);
  }

  range(values: Int32Array, from: number, to: number): void {
    const { words } = this.state;
    let at = this.wordCount;
    for (let i = from; i < to; i++) values[i] = words[at++] as number;
    this.wordCount = at;
  }

  number(): number {
    return this.state.numbers[this.numberCount++] as number;
  }

  list<T>(): readonly T[] {
    return this.state.lists[this.listCount++] as readonly T[];
  }
}
