import { div, mul, sub } from './arithmetic.js';
import { exp } from './activations.js';
import { constant, output, tapeOf } from './operation.js';
import { rowSums } from './reductions.js';
import { describe, type Tape, type Var } from './tape.js';

/** Which group each row of a matrix belongs to, for operations on groups of any size. Lives until the tape's reset. */
export interface Segments {
  readonly tape: Tape;
  /** Number of rows. */
  readonly length: number;
  /** Number of groups. */
  readonly count: number;
  /** Byte address of the int32 ids. */
  readonly address: number;
}

/** Checks that ids lie within 0 and `count` - 1, in any order, and puts them on the tape. */
export function segments(tape: Tape, ids: Int32Array, count: number): Segments {
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= count)
      throw new RangeError(`segments: row ${row} is of group ${id}, of ${count} groups`);
  }
  const address = tape.allocate(ids.length * 4);
  tape.engine.viewInt32(address, ids.length).set(ids);
  return { tape, length: ids.length, count, address };
}

function expectRows(name: string, x: Var, rows: number): void {
  if (x.rows !== rows) throw new RangeError(`${name}: ${describe(x)} where ${rows} rows are needed`);
}

/** Sum of the rows of each group, [groups, columns]; zeros for a group without rows. */
export function segmentSum(x: Var, groups: Segments): Var {
  const { kernels } = tapeOf(x);
  expectRows('segmentSum', x, groups.length);
  const y = output([x], { rows: groups.count, columns: x.columns }, (g) => [segmentRepeat(g, groups)]);
  kernels.segmentSum(y.address, x.address, groups.address, x.rows, x.columns, groups.count);
  return y;
}

/** Gives each row its group's row of `x` [groups, columns]: [rows, columns]. Any gathering of rows, too. */
export function segmentRepeat(x: Var, groups: Segments): Var {
  const { kernels } = tapeOf(x);
  expectRows('segmentRepeat', x, groups.count);
  const y = output([x], { rows: groups.length, columns: x.columns }, (g) => [segmentSum(g, groups)]);
  kernels.gatherRows(y.address, x.address, groups.address, y.rows, y.columns);
  return y;
}

/** Softmax over the rows of each group, column by column. */
export function segmentSoftmax(x: Var, groups: Segments): Var {
  const { tape } = x;
  expectRows('segmentSoftmax', x, groups.length);
  // The result does not depend on what is subtracted: no gradient needs to flow through the largest.
  const largest = constant(tape, { rows: groups.count, columns: x.columns });
  tape.kernels.segmentMax(largest.address, x.address, groups.address, x.rows, x.columns, groups.count);
  const powers = exp(sub(x, segmentRepeat(largest, groups)));
  return div(powers, segmentRepeat(segmentSum(powers, groups), groups));
}

/** Softmax over each row. */
export function softmax(x: Var): Var {
  const { kernels } = tapeOf(x);
  const y: Var = output([x], x, (g) => [mul(y, sub(g, rowSums(mul(g, y))))]);
  kernels.softmaxRows(y.address, x.address, x.rows, x.columns);
  return y;
}
