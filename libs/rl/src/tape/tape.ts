import { type Engine } from '../engine/engine.js';
import { type Kernels } from '../engine/kernels.js';

const MEBIBYTE = 2 ** 20;
const ALIGNMENT = 64;

/**
 * The vector-Jacobian product of one operation: from the gradient of its output, those of its inputs, made of
 * recorded operations wherever they are to be `differentiable`. Entries whose `needed` is false are not looked at and
 * may be undefined.
 */
export type Backward = (
  gradient: Var,
  needed: readonly boolean[],
  differentiable: boolean,
) => readonly (Var | undefined)[];

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** What made a Var, where gradients have to flow through it. */
export interface Origin {
  readonly inputs: readonly Var[];
  readonly backward: Backward;
  /** Set on a Var that is a stretch of its only input, from this float on. */
  readonly viewFrom?: number;
}

/** A matrix [rows, columns] of float32 on a tape, row-major; not written to once it is made. */
export class Var implements Shape {
  readonly tape: Tape;
  readonly rows: number;
  readonly columns: number;
  /** Byte address in the arena. */
  readonly address: number;
  /** Place on the tape: inputs come before what is made of them. */
  readonly id: number;
  readonly origin: Origin | undefined;

  /** For operations: puts a matrix that lies at `address` on the tape. */
  constructor(tape: Tape, place: Shape & { readonly address: number }, origin?: Origin) {
    this.tape = tape;
    this.rows = place.rows;
    this.columns = place.columns;
    this.address = place.address;
    this.origin = origin;
    this.id = tape.record(this);
  }

  /** Number of floats. */
  get size(): number {
    return this.rows * this.columns;
  }

  /** The floats themselves, not a copy: valid until the tape is reset. */
  get data(): Float32Array {
    return this.tape.engine.view(this.address, this.size);
  }

  /** The value of a [1, 1]. */
  get value(): number {
    if (this.size !== 1) throw new RangeError(`value of ${describe(this)}: only a [1, 1] has one`);
    return this.data[0]!;
  }
}

/** A shape as it stands in error messages. */
export function describe({ rows, columns }: Shape): string {
  return `[${rows}, ${columns}]`;
}

export interface TapeOptions {
  /** Memory of one update in MiB, taken out of the engine's arena. Default 64. */
  readonly mebibytes?: number;
}

/**
 * Records the operations of one update (`ops`), so that `gradients` can walk back over them. All it holds goes with
 * `reset`, to be called before each update: memory stays flat however many updates there are.
 */
export class Tape {
  readonly engine: Engine;
  readonly kernels: Kernels;
  private readonly start: number;
  private readonly end: number;
  private next: number;
  private readonly vars: Var[] = [];

  constructor(engine: Engine, { mebibytes = 64 }: TapeOptions = {}) {
    this.engine = engine;
    this.kernels = engine.kernels;
    this.start = engine.reserve(mebibytes * MEBIBYTE, `a tape of ${mebibytes} MiB`);
    this.next = this.start;
    this.end = this.start + mebibytes * MEBIBYTE;
  }

  /** Bytes in use since the last reset. */
  get usedBytes(): number {
    return this.next - this.start;
  }

  /** Number of Vars since the last reset. */
  get length(): number {
    return this.vars.length;
  }

  /** Forgets every Var made so far; their memory is used again. */
  reset(): void {
    this.vars.length = 0;
    this.next = this.start;
  }

  /** Does some work and forgets what that put on the tape; what was there before stays. */
  scope<T>(work: () => T): T {
    const { length, next } = this;
    try {
      return work();
    } finally {
      this.vars.length = length;
      this.next = next;
    }
  }

  /**
   * A matrix from outside, to differentiate by or to compute with; a row when no shape is given. A vector of the
   * engine's arena is used where it lies (leave it unchanged until the reset), any other is copied.
   * Throws when the length does not fit the shape.
   */
  leaf(values: ArrayLike<number>, shape: Shape = { rows: 1, columns: values.length }): Var {
    const { rows, columns } = shape;
    if (values.length !== rows * columns) {
      throw new RangeError(`leaf ${describe(shape)} needs ${rows * columns} values, not ${values.length}`);
    }
    const inPlace = values instanceof Float32Array ? this.engine.addressOf(values) : undefined;
    if (inPlace !== undefined) return new Var(this, { rows, columns, address: inPlace });
    const address = this.allocate(values.length * 4);
    this.engine.view(address, values.length).set(values);
    return new Var(this, { rows, columns, address });
  }

  /** A vector in the tape's memory, not zeroed: until the reset, or the end of the scope. */
  vector(length: number): Float32Array {
    return this.engine.view(this.allocate(length * 4), length);
  }

  /** A [1, 1]. */
  scalar(value: number): Var {
    return this.leaf([value]);
  }

  /** Memory until the next reset, not zeroed: its byte address, for operations. */
  allocate(bytes: number): number {
    const address = this.next;
    const next = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (next > this.end) throw new RangeError(this.describeFull(bytes));
    this.next = next;
    return address;
  }

  /** Appends a Var and returns its place; for the constructor of `Var`. */
  record(variable: Var): number {
    return this.vars.push(variable) - 1;
  }

  /** The Var at a place on the tape. */
  at(id: number): Var {
    const variable = this.vars[id];
    if (!variable) throw new RangeError(`no Var ${id} on a tape of ${this.vars.length}`);
    return variable;
  }

  /** Throws unless the Var is one of this tape's, made since its last reset. */
  check(variable: Var): void {
    if (this.vars[variable.id] !== variable) {
      throw new RangeError(
        `a Var ${describe(variable)} is used on another tape than its own, or after the reset`,
      );
    }
  }

  private describeFull(bytes: number): string {
    const [asked, used, size] = [bytes, this.usedBytes, this.end - this.start].map((x) =>
      (x / MEBIBYTE).toFixed(2),
    );
    return (
      `tape is full: ${asked} MiB more on ${used} of ${size} MiB held by ${this.vars.length} Vars; ` +
      'reset it before each update, or raise new Tape(engine, { mebibytes })'
    );
  }
}
