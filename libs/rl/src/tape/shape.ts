import { constant, output, tapeOf } from './operation.js';
import { describe, type Shape, Var } from './tape.js';

/** The stretch of `size(shape)` floats of `x` that starts at float `from`, seen as a matrix. Copies nothing. */
export function view(x: Var, from: number, shape: Shape): Var {
  const tape = tapeOf(x);
  const { rows, columns } = shape;
  const size = rows * columns;
  if (!(from >= 0 && from + size <= x.size)) {
    throw new RangeError(`view: ${describe(shape)} from float ${from} does not lie in ${describe(x)}`);
  }
  return new Var(
    tape,
    { rows, columns, address: x.address + from * 4 },
    { inputs: [x], backward: (g) => [assemble([{ from, part: g }], x)], viewFrom: from },
  );
}

/** The same floats in another shape of the same size. */
export function reshape(x: Var, shape: Shape): Var {
  if (shape.rows * shape.columns !== x.size) {
    throw new RangeError(`reshape: ${describe(x)} into ${describe(shape)}`);
  }
  return view(x, 0, shape);
}

/** The rows from `from` up to, not including, `to`. Copies nothing. */
export function sliceRows(x: Var, from: number, to: number): Var {
  return view(x, from * x.columns, { rows: to - from, columns: x.columns });
}

/** The same values, through which no gradient flows. Copies nothing. */
export function stopGradient(x: Var): Var {
  return new Var(tapeOf(x), x);
}

/** A part of a flat vector: the floats from `from` on. */
export interface Piece {
  readonly from: number;
  readonly part: Var;
}

/** The matrix of zeros to which each piece is added in its place: the transpose of `view`. */
export function assemble(pieces: readonly Piece[], shape: Shape): Var {
  const sorted = pieces.toSorted((a, b) => a.from - b.from);
  const parts = sorted.map(({ part }) => part);
  const [first] = parts;
  if (!first) throw new RangeError('assemble needs a piece');
  for (const part of parts) tapeOf(first, part);
  const y = output([first, ...parts.slice(1)], shape, (g, needed) =>
    sorted.map(({ from, part }, i) => (needed[i] ? view(g, from, part) : undefined)),
  );
  const { kernels } = y.tape;
  let covered = 0;
  for (const { from, part } of sorted) {
    if (from > covered) kernels.fill(y.address + covered * 4, from - covered, 0);
    covered = Math.max(covered, from);
    // Where pieces overlap, what is there already is added to.
    const shared = Math.min(covered - from, part.size);
    const to = y.address + from * 4;
    if (shared > 0) kernels.add(to, to, part.address, shared);
    if (shared < part.size) {
      const bytes = shared * 4;
      const rest = part.size - shared;
      kernels.copyBlock(to + bytes, rest, part.address + bytes, rest, 1, rest);
    }
    covered = Math.max(covered, from + part.size);
  }
  kernels.fill(y.address + covered * 4, y.size - covered, 0);
  return y;
}

/** Matrices of equal height side by side. */
export function concatColumns(parts: readonly [Var, ...Var[]]): Var {
  const [{ rows }] = parts;
  let columns = 0;
  const starts: number[] = [];
  for (const part of parts) {
    tapeOf(parts[0], part);
    if (part.rows !== rows) {
      throw new RangeError(`concatColumns: ${describe(parts[0])} beside ${describe(part)}`);
    }
    starts.push(columns);
    columns += part.columns;
  }
  const y = output(parts, { rows, columns }, (g, needed) =>
    parts.map((part, i) => (needed[i] ? sliceColumns(g, starts[i]!, starts[i]! + part.columns) : undefined)),
  );
  parts.forEach((part, i) => {
    y.tape.kernels.copyBlock(
      y.address + starts[i]! * 4,
      columns,
      part.address,
      part.columns,
      rows,
      part.columns,
    );
  });
  return y;
}

/** The columns from `from` up to, not including, `to`. */
export function sliceColumns(x: Var, from: number, to: number): Var {
  tapeOf(x);
  if (!(from >= 0 && from < to && to <= x.columns)) {
    throw new RangeError(`sliceColumns: ${from} to ${to} of ${describe(x)}`);
  }
  const columns = to - from;
  const y = output([x], { rows: x.rows, columns }, (g) => [padColumns(g, from, x.columns)]);
  y.tape.kernels.copyBlock(y.address, columns, x.address + from * 4, x.columns, x.rows, columns);
  return y;
}

/** Zeros of width `columns` with `x` in the columns from `from` on: the transpose of `sliceColumns`. */
export function padColumns(x: Var, from: number, columns: number): Var {
  tapeOf(x);
  if (!(from >= 0 && from + x.columns <= columns)) {
    throw new RangeError(`padColumns: ${describe(x)} at column ${from} of ${columns}`);
  }
  const y = output([x], { rows: x.rows, columns }, (g) => [sliceColumns(g, from, from + x.columns)]);
  const { kernels } = y.tape;
  kernels.fill(y.address, y.size, 0);
  kernels.copyBlock(y.address + from * 4, columns, x.address, x.columns, x.rows, x.columns);
  return y;
}

/** Zeros of a shape, on the tape of `like`. */
export function zeros(like: Var, shape: Shape = like): Var {
  const y = constant(tapeOf(like), shape);
  y.tape.kernels.fill(y.address, y.size, 0);
  return y;
}
