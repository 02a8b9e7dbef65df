import { describeEngines } from '../engine/engines.fixture.js';
import { SeededRandom } from '../random/seeded-random.js';
import { gradients } from './gradients.js';
import * as ops from './ops.js';
import { Tape, type Var } from './tape.js';

let tape: Tape;
const ids = Int32Array.of(2, 0, 0, 3, 2, 2);
const groups = 4;

/** An operation of a flat vector, on the tape and, for float64, on paper. */
interface Case {
  readonly name: string;
  readonly size: number;
  readonly operation: (x: Var) => Var;
  readonly paper: (x: readonly number[]) => number[];
}

/** The stretch of x from float `from` on, as a matrix. */
function part(x: Var, from: number, [rows, columns]: readonly [number, number]): Var {
  return ops.view(x, from, { rows, columns });
}

function elementwise(name: string, operation: (x: Var) => Var, paper: (x: number) => number): Case {
  return { name, size: 10, operation, paper: (x) => x.map(paper) };
}

/** Six numbers a [2, 3], then what is repeated against them. */
function binary(name: 'add' | 'sub' | 'mul' | 'div', other: readonly [number, number], swap = false): Case {
  const paper = {
    add: (a: number, b: number) => a + b,
    sub: (a: number, b: number) => a - b,
    mul: (a: number, b: number) => a * b,
    div: (a: number, b: number) => a / b,
  }[name];
  const [rows, columns] = other;
  const pick = (i: number): number =>
    6 + (rows > 1 ? Math.floor(i / 3) * columns : 0) + (columns > 1 ? i % 3 : 0);
  return {
    name: `${name} ${swap ? 'of' : 'with'} a [${rows}, ${columns}]`,
    size: 6 + rows * columns,
    operation: (x) => {
      const [a, b] = [part(x, 0, [2, 3]), part(x, 6, other)];
      return swap ? ops[name](b, a) : ops[name](a, b);
    },
    paper: (x) =>
      [0, 1, 2, 3, 4, 5].map((i) => (swap ? paper(x[pick(i)]!, x[i]!) : paper(x[i]!, x[pick(i)]!))),
  };
}

/** A [3, 4] times a [4, 2], either of which may lie transposed. */
function product(transposeA: boolean, transposeB: boolean): Case {
  return {
    name: `matmul of A${transposeA ? 'ᵀ' : ''} and B${transposeB ? 'ᵀ' : ''}`,
    size: 20,
    operation: (x) =>
      ops.matmul(part(x, 0, transposeA ? [4, 3] : [3, 4]), part(x, 12, transposeB ? [2, 4] : [4, 2]), {
        transposeA,
        transposeB,
      }),
    paper: (x) =>
      grid(3, 2, (i, j) =>
        total(
          4,
          (p) => x[transposeA ? p * 3 + i : i * 4 + p]! * x[12 + (transposeB ? j * 4 + p : p * 2 + j)]!,
        ),
      ),
  };
}

/** Layers of 3-4-2 on two rows of constants; the parameters are x. */
function network(activation: ops.Activation): Case {
  const inputs = [0.3, -0.8, 0.5, -0.2, 0.9, 0.7];
  const slope = scalar[activation];
  return {
    name: `two layers with ${activation}`,
    size: 26,
    operation: (x) => {
      const rows = tape.leaf(inputs, { rows: 2, columns: 3 });
      const hidden = ops.dense(rows, { weights: part(x, 0, [3, 4]), bias: part(x, 12, [1, 4]) }, activation);
      return ops.dense(hidden, { weights: part(x, 16, [4, 2]), bias: part(x, 24, [1, 2]) });
    },
    paper: (x) => {
      const hidden = grid(2, 4, (i, j) =>
        slope(total(3, (p) => inputs[i * 3 + p]! * x[p * 4 + j]!) + x[12 + j]!),
      );
      return grid(2, 2, (i, j) => total(4, (p) => hidden[i * 4 + p]! * x[16 + p * 2 + j]!) + x[24 + j]!);
    },
  };
}

const scalar = {
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  relu: (x: number) => Math.max(x, 0),
};

function total(count: number, term: (i: number) => number): number {
  return Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);
}

function grid(rows: number, columns: number, element: (i: number, j: number) => number): number[] {
  return Array.from({ length: rows * columns }, (_, at) => element(Math.floor(at / columns), at % columns));
}

/** A six by two matrix, row-major: its softmax over the rows of each group. */
function groupSoftmax(x: readonly number[]): number[] {
  const sumOf = (id: number, j: number): number =>
    total(6, (i) => (ids[i] === id ? Math.exp(x[i * 2 + j]!) : 0));
  return grid(6, 2, (i, j) => Math.exp(x[i * 2 + j]!) / sumOf(ids[i]!, j));
}

const cases: Case[] = [
  elementwise('tanh', ops.tanh, Math.tanh),
  elementwise('sigmoid', ops.sigmoid, scalar.sigmoid),
  elementwise('relu', ops.relu, scalar.relu),
  elementwise('exp', ops.exp, Math.exp),
  elementwise(
    'log',
    (x) => ops.log(ops.affine(x, 0.5, 2)),
    (x) => Math.log(0.5 * x + 2),
  ),
  elementwise('square', ops.square, (x) => x * x),
  elementwise(
    'affine',
    (x) => ops.square(ops.affine(x, -1.5, 0.25)),
    (x) => (0.25 - 1.5 * x) ** 2,
  ),
  elementwise(
    'clip',
    (x) => ops.square(ops.clip(x, -0.5, 0.7)),
    (x) => Math.min(Math.max(x, -0.5), 0.7) ** 2,
  ),
  elementwise(
    'minimum',
    (x) => ops.square(ops.minimum(x, 0.2)),
    (x) => Math.min(x, 0.2) ** 2,
  ),
  elementwise(
    'maximum',
    (x) => ops.square(ops.maximum(x, 0.2)),
    (x) => Math.max(x, 0.2) ** 2,
  ),
  ...(['add', 'sub', 'mul'] as const).flatMap((name) => [
    binary(name, [2, 3]),
    binary(name, [1, 3]),
    binary(name, [2, 1], true),
    binary(name, [1, 1]),
  ]),
  product(false, false),
  product(true, false),
  product(false, true),
  product(true, true),
  network('tanh'),
  network('sigmoid'),
  network('relu'),
  {
    name: 'div',
    size: 8,
    operation: (x) => ops.div(part(x, 0, [2, 2]), ops.affine(part(x, 4, [2, 2]), 1, 3)),
    paper: (x) => [0, 1, 2, 3].map((i) => x[i]! / (x[4 + i]! + 3)),
  },
  {
    name: 'mean of squares',
    size: 7,
    operation: (x) => ops.mean(ops.square(x)),
    paper: (x) => [total(7, (i) => x[i]! ** 2) / 7],
  },
  {
    name: 'squared row sums and column sums',
    size: 6,
    operation: (x) => {
      const y = part(x, 0, [2, 3]);
      return ops.mul(ops.square(ops.rowSums(y)), ops.square(ops.columnSums(y)));
    },
    paper: (x) =>
      grid(2, 3, (i, j) => total(3, (p) => x[i * 3 + p]!) ** 2 * total(2, (p) => x[p * 3 + j]!) ** 2),
  },
  {
    name: 'columns joined, cut and squared',
    size: 10,
    operation: (x) =>
      ops.square(ops.sliceColumns(ops.concatColumns([part(x, 0, [2, 3]), part(x, 6, [2, 2])]), 1, 4)),
    paper: (x) => [x[1]!, x[2]!, x[6]!, x[4]!, x[5]!, x[8]!].map((value) => value ** 2),
  },
  {
    name: 'views that overlap',
    size: 5,
    operation: (x) => ops.mul(part(x, 0, [1, 3]), ops.square(part(x, 2, [1, 3]))),
    paper: (x) => [0, 1, 2].map((i) => x[i]! * x[i + 2]! ** 2),
  },
  {
    name: 'softmax over rows',
    size: 12,
    operation: (x) => ops.softmax(part(x, 0, [2, 6])),
    paper: (x) => grid(2, 6, (i, j) => Math.exp(x[i * 6 + j]!) / total(6, (p) => Math.exp(x[i * 6 + p]!))),
  },
  {
    name: 'softmax over groups',
    size: 12,
    operation: (x) => ops.segmentSoftmax(part(x, 0, [6, 2]), ops.segments(tape, ids, groups)),
    paper: groupSoftmax,
  },
  {
    name: 'squared sums of groups',
    size: 12,
    operation: (x) => ops.square(ops.segmentSum(part(x, 0, [6, 2]), ops.segments(tape, ids, groups))),
    paper: (x) => grid(groups, 2, (id, j) => total(6, (i) => (ids[i] === id ? x[i * 2 + j]! : 0)) ** 2),
  },
  {
    name: 'squares repeated to groups',
    size: 20,
    operation: (x) =>
      ops.mul(
        part(x, 8, [6, 2]),
        ops.square(ops.segmentRepeat(part(x, 0, [4, 2]), ops.segments(tape, ids, groups))),
      ),
    paper: (x) => grid(6, 2, (i, j) => x[8 + i * 2 + j]! * x[ids[i]! * 2 + j]! ** 2),
  },
];

/** Numbers in (-1, 1), a hundredth or more from the kinks of the cases, which lie on even hundredths. */
function point(random: SeededRandom, size: number): number[] {
  return Array.from({ length: size }, () => (2 * random.index(100) - 99) / 100);
}

/** d f / dx by central differences. */
function slope(f: (x: readonly number[]) => number, x: readonly number[], step: number): number[] {
  return x.map((_, i) => {
    const at = (sign: number): number => f(x.map((value, j) => (i === j ? value + sign * step : value)));
    return (at(1) - at(-1)) / (2 * step);
  });
}

function expectClose(actual: Var, expected: readonly number[], tolerance: number): void {
  expect(actual.size).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const errors = expected.map((value, i) => Math.abs(actual.data[i]! - value) / scale);
  expect(Math.max(...errors)).toBeLessThan(tolerance);
}

describeEngines((make) => {
  beforeAll(() => {
    tape = new Tape(make({ mebibytes: 8 }), { mebibytes: 4 });
  });

  describe.each(cases)('$name', ({ size, operation, paper }) => {
    const random = new SeededRandom('gradients', size);
    const x = point(random, size);
    const weights = point(random, paper(x).length);
    const direction = point(random, size);
    const loss64 = (at: readonly number[]): number =>
      paper(at).reduce((sum, y, i) => sum + weights[i]! * y, 0);

    function loss(at: Var): Var {
      const y = operation(at);
      return ops.sum(ops.mul(y, tape.leaf(weights, y)));
    }

    beforeEach(() => tape.reset());

    it('has the value of the formula', () => {
      expectClose(operation(tape.leaf(x)), paper(x), 1e-6);
    });

    it('has the gradient of central differences', () => {
      const at = tape.leaf(x);
      expectClose(gradients(loss(at), [at])[0]!, slope(loss64, x, 1e-5), 2e-6);
    });

    it('has the second-order gradient of central differences', () => {
      const at = tape.leaf(x);
      const along = ops.sum(ops.mul(gradients(loss(at), [at])[0]!, tape.leaf(direction)));
      const slopeAlong = (from: readonly number[]): number =>
        slope(([t]) => loss64(from.map((value, i) => value + t! * direction[i]!)), [0], 1e-3)[0]!;
      expectClose(gradients(along, [at])[0]!, slope(slopeAlong, x, 1e-3), 1e-5);
    });
  });

  it('differentiates again and again: the third derivative of x tanh(x)', () => {
    tape.reset();
    const x = tape.leaf([0.7]);
    let y = ops.mul(x, ops.tanh(x));
    const t = Math.tanh(0.7);
    const s = 1 - t * t;
    for (const expected of [t + 0.7 * s, 2 * s * (1 - 0.7 * t), -6 * t * s - 1.4 * s * (1 - 3 * t * t)]) {
      y = gradients(y, [x])[0]!;
      expect(y.value).toBeCloseTo(expected, 5);
    }
  });

  it('differentiates through a step of gradient descent', () => {
    tape.reset();
    const net = cases.find(({ name }) => name === 'two layers with tanh')!;
    const start = point(new SeededRandom('maml'), net.size);
    const rate = 0.3;
    const loss64 = (at: readonly number[]): number => total(4, (i) => net.paper(at)[i]! ** 2);
    const query64 = (at: readonly number[]): number => {
      const step = slope(loss64, at, 1e-4);
      return loss64(at.map((value, i) => value - rate * step[i]!));
    };
    const theta = tape.leaf(start);
    const loss = (at: Var): Var => ops.sum(ops.square(net.operation(at)));
    const adapted = ops.sub(theta, ops.scale(gradients(loss(theta), [theta])[0]!, rate));
    expectClose(gradients(loss(adapted), [theta])[0]!, slope(query64, start, 1e-4), 1e-5);
  });

  describe('gradients', () => {
    beforeEach(() => tape.reset());

    it('do not flow through stopGradient, nor to what the loss does not depend on', () => {
      const [x, y] = [tape.leaf([2]), tape.leaf([3, 4])];
      const loss = ops.mul(x, ops.stopGradient(ops.square(x)));
      const [dx, dy] = gradients(loss, [x, y]);
      expect(dx!.value).toBe(4);
      expect([...dy!.data]).toEqual([0, 0]);
    });

    it('go by something in the middle as well as by a leaf', () => {
      const x = tape.leaf([2]);
      const y = ops.square(x);
      const [dx, dy] = gradients(ops.square(y), [x, y]);
      expect([dx!.value, dy!.value]).toEqual([32, 8]);
    });

    it('follow only the paths that are asked for', () => {
      const parameters = tape.leaf(new Float32Array(1000).fill(0.1));
      const x = tape.leaf([1]);
      const y = ops.mul(ops.mean(parameters), x);
      const before = tape.usedBytes;
      gradients(y, [x]);
      expect(tape.usedBytes - before).toBeLessThan(1000);
    });

    it('are of a [1, 1] only', () => {
      expect(() => gradients(tape.leaf([1, 2]), [])).toThrow(
        'gradients of [1, 2]: the loss must be a [1, 1]',
      );
    });
  });
});
