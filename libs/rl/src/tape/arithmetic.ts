import { expectSameShape, output, tapeOf } from './operation.js';
import { broadcast, sum } from './reductions.js';
import { type Backward, type Var } from './tape.js';

type BinaryKernel = 'add' | 'subtract' | 'multiply' | 'divide';

/** Operands brought to one shape: a scalar, a row or a column is repeated to the other's. */
function aligned(a: Var, b: Var): readonly [Var, Var] {
  if (a.rows === b.rows && a.columns === b.columns) return [a, b];
  const shape = { rows: Math.max(a.rows, b.rows), columns: Math.max(a.columns, b.columns) };
  return [broadcast(a, shape), broadcast(b, shape)];
}

function binary(kernel: BinaryKernel, [a, b]: readonly [Var, Var], backward: Backward): Var {
  const { kernels } = tapeOf(a, b);
  expectSameShape(kernel, a, b);
  const y = output([a, b], a, backward);
  kernels[kernel](y.address, a.address, b.address, y.size);
  return y;
}

/** a + b; here and below, a scalar, row or column operand is repeated to the shape of the other. */
export function add(a: Var, b: Var): Var {
  return binary('add', aligned(a, b), (g) => [g, g]);
}

/** a - b. */
export function sub(a: Var, b: Var): Var {
  return binary('subtract', aligned(a, b), (g, needed) => [g, needed[1] ? affine(g, -1, 0) : undefined]);
}

/** a · b, element by element. */
export function mul(a: Var, b: Var): Var {
  const [x, y] = aligned(a, b);
  return binary('multiply', [x, y], (g, needed) => [
    needed[0] ? mul(g, y) : undefined,
    needed[1] ? mul(g, x) : undefined,
  ]);
}

/** a / b, element by element. */
export function div(a: Var, b: Var): Var {
  const [x, y] = aligned(a, b);
  const quotient: Var = binary('divide', [x, y], (g, needed) => {
    const gx = div(g, y);
    return [gx, needed[1] ? affine(mul(gx, quotient), -1, 0) : undefined];
  });
  return quotient;
}

/** scale · x + shift. */
export function affine(x: Var, scale: number, shift: number): Var {
  const { kernels } = tapeOf(x);
  const y = output([x], x, (g) => [affine(g, scale, 0)]);
  kernels.affine(y.address, x.address, y.size, scale, shift);
  return y;
}

/** scale · x. */
export function scale(x: Var, factor: number): Var {
  return affine(x, factor, 0);
}

/** Mean of all elements, [1, 1]. */
export function mean(x: Var): Var {
  return affine(sum(x), 1 / x.size, 0);
}

/** x². */
export function square(x: Var): Var {
  const { kernels } = tapeOf(x);
  const y = output([x], x, (g) => [mul(g, affine(x, 2, 0))]);
  kernels.square(y.address, x.address, y.size);
  return y;
}

/** min(max(x, low), high); the subgradient is 1 on [low, high] and 0 outside. */
export function clip(x: Var, low: number, high: number): Var {
  const { kernels } = tapeOf(x);
  const y = output([x], x, (g) => [clipGradient(g, x, [low, high])]);
  kernels.clamp(y.address, x.address, y.size, low, high);
  return y;
}

/** min(x, bound) against a constant. */
export function minimum(x: Var, bound: number): Var {
  return clip(x, -Infinity, bound);
}

/** max(x, bound) against a constant. */
export function maximum(x: Var, bound: number): Var {
  return clip(x, bound, Infinity);
}

/** g where x lies within the bounds, else 0: linear in g, and constant in x but for the bounds themselves. */
function clipGradient(g: Var, x: Var, bounds: readonly [number, number]): Var {
  const { kernels } = tapeOf(g, x);
  const y = output([g], g, (gg) => [clipGradient(gg, x, bounds)]);
  kernels.clampGradient(y.address, g.address, x.address, y.size, ...bounds);
  return y;
}
