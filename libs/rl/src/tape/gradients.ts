import { add } from './arithmetic.js';
import { assemble, type Piece, reshape, zeros } from './shape.js';
import { describe, type Tape, type Var } from './tape.js';

/** The gradient of one Var while it is being gathered. */
interface Gathered {
  total?: Var;
  /** Gradients of views of it, brought together at once. */
  readonly pieces: Piece[];
}

export interface GradientOptions {
  /** Whether the gradients can be differentiated again; without, they are made faster. Default true. */
  readonly differentiable?: boolean;
}

/**
 * d loss / d x for each x of `wrt`, in their shapes; zeros where the loss does not depend on one. The gradients are
 * made of the same recorded operations as everything else, so they can be differentiated again.
 * Throws unless `loss` is a [1, 1].
 */
export function gradients(loss: Var, wrt: readonly Var[], options: GradientOptions = {}): Var[] {
  if (loss.size !== 1) throw new RangeError(`gradients of ${describe(loss)}: the loss must be a [1, 1]`);
  return differentiate(loss, loss.tape.scalar(1), wrt, options);
}

/** The vector-Jacobian products of `y` with `seed`, of its shape, for each x of `wrt`. */
export function differentiate(
  y: Var,
  seed: Var,
  wrt: readonly Var[],
  { differentiable = true }: GradientOptions = {},
): Var[] {
  const { tape } = y;
  for (const x of [y, ...wrt]) tape.check(x);
  const depends = dependants(tape, y, wrt);
  const gathered = new Map<number, Gathered>();
  gathered.set(y.id, { total: seed, pieces: [] });
  const lowest = Math.min(...wrt.map(({ id }) => id));
  for (let id = y.id; id >= lowest; id--) {
    const entry = gathered.get(id);
    if (!entry || !depends[id]) continue;
    const x = tape.at(id);
    const gradient = settle(x, entry);
    if (x.origin) spread(x, gradient, { depends, gathered, differentiable });
  }
  return wrt.map((x) => {
    const entry = gathered.get(x.id);
    return entry && depends[x.id] ? settle(x, entry) : zeros(x);
  });
}

/** Marks what depends on any of `wrt`, up to `y`. */
function dependants(tape: Tape, y: Var, wrt: readonly Var[]): Uint8Array {
  const depends = new Uint8Array(y.id + 1);
  for (const { id } of wrt) if (id <= y.id) depends[id] = 1;
  for (let id = Math.min(...wrt.map((x) => x.id)); id <= y.id; id++) {
    if (depends[id]) continue;
    if (tape.at(id).origin?.inputs.some((input) => depends[input.id])) depends[id] = 1;
  }
  return depends;
}

/** The whole gradient of `x`, made once. */
function settle(x: Var, entry: Gathered): Var {
  if (entry.pieces.length > 0) {
    const whole = assemble(entry.pieces.splice(0), x);
    entry.total = entry.total ? add(entry.total, whole) : whole;
  }
  return entry.total ?? zeros(x);
}

/** Adds the gradients of the inputs of `x` to what is gathered. */
function spread(
  x: Var,
  gradient: Var,
  {
    depends,
    gathered,
    differentiable,
  }: { depends: Uint8Array; gathered: Map<number, Gathered>; differentiable: boolean },
): void {
  const { inputs, backward, viewFrom } = x.origin!;
  const entryOf = (input: Var): Gathered => {
    let entry = gathered.get(input.id);
    if (!entry) gathered.set(input.id, (entry = { pieces: [] }));
    return entry;
  };
  const addTo = (entry: Gathered, part: Var): void => {
    entry.total = entry.total ? add(entry.total, part) : part;
  };
  if (viewFrom !== undefined) {
    const [source] = inputs as readonly [Var];
    if (!depends[source.id]) return;
    const entry = entryOf(source);
    if (x.size === source.size) addTo(entry, reshape(gradient, source));
    else entry.pieces.push({ from: viewFrom, part: gradient });
    return;
  }
  const needed = inputs.map(({ id }) => depends[id] === 1);
  backward(gradient, needed, differentiable).forEach((part, i) => {
    const input = inputs[i];
    if (part && input && needed[i]) addTo(entryOf(input), part);
  });
}
