import { type Backward, describe, type Shape, type Tape, Var } from './tape.js';

/** The tape of an operation's inputs; throws unless they are live on one and the same. */
export function tapeOf(first: Var, second: Var = first): Tape {
  const { tape } = first;
  tape.check(first);
  if (second !== first) tape.check(second);
  return tape;
}

/** Throws unless two operands have the same shape. */
export function expectSameShape(name: string, a: Shape, b: Shape): void {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new RangeError(`${name}: shapes ${describe(a)} and ${describe(b)} differ`);
  }
}

/** A new matrix on the tape, for a kernel to fill. */
export function output(inputs: readonly [Var, ...Var[]], shape: Shape, backward: Backward): Var {
  const { tape } = inputs[0];
  const { rows, columns } = shape;
  const address = tape.allocate(rows * columns * 4);
  return new Var(tape, { rows, columns, address }, { inputs, backward });
}

/** A new matrix through which no gradient flows. */
export function constant(tape: Tape, { rows, columns }: Shape): Var {
  return new Var(tape, { rows, columns, address: tape.allocate(rows * columns * 4) });
}
