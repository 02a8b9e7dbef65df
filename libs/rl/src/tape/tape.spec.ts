import { createEngine } from '../engine/engine.js';
import { Mlp } from '../network/mlp.js';
import { Adam } from '../optimiser/adam.js';
import { SeededRandom } from '../random/seeded-random.js';
import { gradients } from './gradients.js';
import * as ops from './ops.js';
import { Tape } from './tape.js';

/** Learns x² from a few points and returns the bits of the parameters. */
function learn(steps: number): string {
  const engine = createEngine({ mebibytes: 4 });
  const tape = new Tape(engine, { mebibytes: 1 });
  const mlp = new Mlp(engine, { inputs: 1, hidden: [13, 9], outputs: 1, activation: 'tanh' });
  const random = new SeededRandom(7);
  const parameters = mlp.initialise(() => random.uniform());
  const adam = new Adam(engine, [{ length: mlp.parameterCount, learningRate: 0.003 }]);
  const inputs = Float32Array.from({ length: 11 }, (_, i) => i / 5 - 1);
  const wanted = inputs.map((x) => x * x);
  for (let step = 0; step < steps; step++) {
    tape.reset();
    const theta = tape.leaf(parameters);
    const outputs = mlp.forward(theta, tape.leaf(inputs, { rows: 11, columns: 1 }));
    const error = ops.sub(outputs, tape.leaf(wanted, { rows: 11, columns: 1 }));
    const [gradient] = gradients(ops.mean(ops.square(error)), [theta]);
    adam.step(parameters, gradient!.data);
  }
  const learned = [...mlp.infer(parameters, Float32Array.of(-0.9, 0, 0.5))];
  expect(learned).toEqual([0.81, 0, 0.25].map((value) => expect.closeTo(value, 1) as number));
  return Buffer.from(parameters.slice().buffer).toString('hex');
}

it('gives the same bits for the same inputs', () => {
  expect(learn(400)).toBe(learn(400));
});

describe('a tape', () => {
  const engine = createEngine({ mebibytes: 2 });
  const tape = new Tape(engine, { mebibytes: 1 });
  beforeEach(() => tape.reset());

  it('copies values from outside and uses those of the arena where they lie', () => {
    const outside = Float32Array.of(1, 2, 3, 4);
    const inside = engine.allocate(4).fill(5);
    const [a, b] = [tape.leaf(outside, { rows: 2, columns: 2 }), tape.leaf(inside)];
    outside.fill(0);
    expect([...a.data]).toEqual([1, 2, 3, 4]);
    expect(b.address).toBe(inside.byteOffset);
    expect(b).toMatchObject({ rows: 1, columns: 4, size: 4 });
  });

  it('knows its own: Vars of another tape, or from before the reset, are refused', () => {
    const x = tape.scalar(1);
    tape.reset();
    const y = tape.scalar(2);
    expect(() => ops.add(x, y)).toThrow(
      'a Var [1, 1] is used on another tape than its own, or after the reset',
    );
    const other = new Tape(createEngine({ mebibytes: 2 }), { mebibytes: 1 });
    other.scalar(0);
    expect(() => ops.mul(y, other.scalar(3))).toThrow('is used on another tape');
    expect(() => gradients(ops.square(y), [other.scalar(3)])).toThrow('is used on another tape');
  });

  it('forgets what was made in a scope, and keeps what was there before', () => {
    const x = tape.scalar(3);
    const before = tape.usedBytes;
    const made = tape.scope(() => {
      tape.vector(100).fill(1);
      return ops.square(x);
    });
    expect([tape.length, tape.usedBytes]).toEqual([1, before]);
    expect(() => ops.add(x, made)).toThrow('is used on another tape than its own, or after the reset');
    expect(() =>
      tape.scope(() => {
        tape.scalar(1);
        throw new Error('broken off');
      }),
    ).toThrow('broken off');
    expect(tape.length).toBe(1);
    expect(ops.square(x).value).toBe(9);
  });

  it('says what fills it', () => {
    const x = tape.leaf(new Float32Array(100_000));
    expect(() => {
      for (;;) ops.square(x);
    }).toThrow(
      'tape is full: 0.38 MiB more on 0.76 of 1.00 MiB held by 2 Vars; reset it before each update, ' +
        'or raise new Tape(engine, { mebibytes })',
    );
    tape.reset();
    expect(tape.usedBytes).toBe(0);
    expect(() => new Tape(engine, { mebibytes: 64 })).toThrow('a tape of 64 MiB needs 64.00 MiB');
  });

  it.each([
    { what: 'leaf [2, 2] needs 4 values, not 3', build: () => tape.leaf([1, 2, 3], { rows: 2, columns: 2 }) },
    { what: 'value of [1, 2]', build: () => tape.leaf([1, 2]).value },
    {
      what: 'broadcast: [1, 2] does not repeat to [1, 3]',
      build: () => ops.add(tape.leaf([1, 2]), tape.leaf([1, 2, 3])),
    },
    {
      what: 'matmul: [1, 2]ᵀ · [1, 3]ᵀ do not fit',
      build: () =>
        ops.matmul(tape.leaf([1, 2]), tape.leaf([1, 2, 3]), { transposeA: true, transposeB: true }),
    },
    {
      what: 'dense: [1, 2] · [1, 3] + [1, 3] do not fit',
      build: () =>
        ops.dense(tape.leaf([1, 2]), { weights: tape.leaf([1, 2, 3]), bias: tape.leaf([1, 2, 3]) }),
    },
    {
      what: 'view: [1, 2] from float 2 does not lie in [1, 3]',
      build: () => ops.view(tape.leaf([1, 2, 3]), 2, { rows: 1, columns: 2 }),
    },
    { what: 'sliceColumns: 1 to 4 of [1, 3]', build: () => ops.sliceColumns(tape.leaf([1, 2, 3]), 1, 4) },
    {
      what: 'segments: row 1 is of group 2, of 2 groups',
      build: () => ops.segments(tape, Int32Array.of(0, 2), 2),
    },
    {
      what: 'segmentSum: [1, 2] where 2 rows are needed',
      build: () => ops.segmentSum(tape.leaf([1, 2]), ops.segments(tape, Int32Array.of(0, 1), 2)),
    },
  ])('says "$what"', ({ what, build }) => {
    expect(build).toThrow(what);
  });
});

it('takes groups of no rows, and softmax of large numbers', () => {
  const tape = new Tape(createEngine({ mebibytes: 2 }), { mebibytes: 1 });
  const groups = ops.segments(tape, Int32Array.of(2, 2, 0), 4);
  const x = tape.leaf([1000, 1000, -1000], { rows: 3, columns: 1 });
  expect([...ops.segmentSoftmax(x, groups).data]).toEqual([0.5, 0.5, 1]);
  expect([...ops.segmentSum(x, groups).data]).toEqual([-1000, 0, 2000, 0]);
  expect([...ops.softmax(tape.leaf([1e4, -1e4, 1e4])).data]).toEqual([0.5, expect.closeTo(0, 30), 0.5]);
});
