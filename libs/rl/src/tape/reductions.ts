import { output, tapeOf } from './operation.js';
import { describe, type Shape, type Var } from './tape.js';

/** Sum of all elements, [1, 1]. */
export function sum(x: Var): Var {
  tapeOf(x);
  const y = output([x], { rows: 1, columns: 1 }, (g) => [broadcast(g, x)]);
  y.data[0] = y.tape.kernels.sum(x.address, x.size);
  return y;
}

/** Sum of each row, [rows, 1]. */
export function rowSums(x: Var): Var {
  tapeOf(x);
  const y = output([x], { rows: x.rows, columns: 1 }, (g) => [broadcast(g, x)]);
  y.tape.kernels.rowSums(y.address, x.address, x.rows, x.columns);
  return y;
}

/** Sum of each column, [1, columns]. */
export function columnSums(x: Var): Var {
  tapeOf(x);
  const y = output([x], { rows: 1, columns: x.columns }, (g) => [broadcast(g, x)]);
  y.tape.kernels.columnSums(y.address, x.address, x.rows, x.columns, 0);
  return y;
}

/** A scalar, a row or a column repeated to a shape. */
export function broadcast(x: Var, shape: Shape): Var {
  tapeOf(x);
  const { rows, columns } = shape;
  if (x.rows === rows && x.columns === columns) return x;
  const y = output([x], { rows, columns }, (g) => [sumTo(g, x)]);
  const { kernels } = y.tape;
  if (x.size === 1) kernels.fill(y.address, y.size, x.data[0]!);
  else if (x.rows === 1 && x.columns === columns) kernels.repeatRow(y.address, x.address, rows, columns);
  else if (x.columns === 1 && x.rows === rows) kernels.repeatColumn(y.address, x.address, rows, columns);
  else throw new RangeError(`broadcast: ${describe(x)} does not repeat to ${describe(shape)}`);
  return y;
}

/** Summed to the shape of a scalar, a row or a column: the transpose of `broadcast`. */
export function sumTo(x: Var, { rows, columns }: Shape): Var {
  if (x.rows === rows && x.columns === columns) return x;
  if (rows === 1 && columns === 1) return sum(x);
  return rows === 1 ? columnSums(x) : rowSums(x);
}
