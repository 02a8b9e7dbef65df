import { createEngine } from '../engine/engine.js';
import { gradients } from './gradients.js';
import * as ops from './ops.js';
import { Tape } from './tape.js';

it('tells the gradient of the gradient of x tanh(x)', () => {
  const tape = new Tape(createEngine({ mebibytes: 8 }), { mebibytes: 1 });
  const x = tape.leaf([0.7]);
  const [first] = gradients(ops.mul(x, ops.tanh(x)), [x]);
  const [second] = gradients(first!, [x]);
  expect(first!.value).toBeCloseTo(Math.tanh(0.7) + 0.7 * (1 - Math.tanh(0.7) ** 2), 5);
  const t = Math.tanh(0.7);
  expect(second!.value).toBeCloseTo(2 * (1 - t * t) - 2 * 0.7 * t * (1 - t * t), 5);
});
