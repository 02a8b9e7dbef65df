import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { gradients } from '../tape/gradients.js';
import { mean, mul, square, sum } from '../tape/ops.js';
import { Tape, type Var } from '../tape/tape.js';
import { Mlp } from './mlp.js';
import { initialParameters, type MlpSpec } from './mlp-layout.js';

const engine = createEngine({ mebibytes: 32 });
const tape = new Tape(engine, { mebibytes: 8 });
const spec: MlpSpec = { inputs: 19, hidden: [33, 20], outputs: 3, activation: 'tanh' };

function gaussians(length: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Outputs for one row in float64. */
function reference(network: MlpSpec, parameters: Float32Array, row: Float32Array): number[] {
  const widths = [...network.hidden, network.outputs];
  let x = [...row];
  let at = 0;
  widths.forEach((outputs, layer) => {
    const inputs = x.length;
    const y = Array.from({ length: outputs }, (_, j) => {
      const weights = x.reduce((sum, value, i) => sum + value * parameters[at + i * outputs + j]!, 0);
      return weights + parameters[at + inputs * outputs + j]!;
    });
    at += (inputs + 1) * outputs;
    const activation = network.activation === 'tanh' ? Math.tanh : (z: number) => Math.max(z, 0);
    x = layer + 1 < widths.length ? y.map(activation) : y;
  });
  return x;
}

describe.each(['tanh', 'relu'] as const)('a %s network', (activation) => {
  const network = { ...spec, activation };
  const mlp = new Mlp(engine, network);

  it.each([1, 2, 7, 64])('gives the float64 outputs for %i rows, on the tape and without it', (count) => {
    const parameters = gaussians(mlp.parameterCount, 1).map((x) => 0.3 * x);
    const rows = gaussians(count * 19, 2);
    const expected = Array.from({ length: count }, (_, i) =>
      reference(network, parameters, rows.subarray(i * 19, (i + 1) * 19)),
    ).flat();
    tape.reset();
    const forward = mlp.forward(tape.leaf(parameters), tape.leaf(rows, { rows: count, columns: 19 }));
    const inferred = mlp.infer(parameters, rows);
    expect(inferred).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      expect(forward.data[i]).toBeCloseTo(value, 4);
      expect(inferred[i]).toBeCloseTo(value, 4);
    });
  });
});

it('gives the same bits on every machine', () => {
  const mlp = new Mlp(engine, { inputs: 3, hidden: [5, 4], outputs: 2, activation: 'tanh' });
  const parameters = Float32Array.from({ length: mlp.parameterCount }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
  const outputs = mlp.infer(
    parameters,
    Float32Array.from({ length: 15 }, (_, i) => ((i * 5) % 7) / 4 - 0.7),
  );
  expect(Buffer.from(outputs.buffer).toString('hex')).toBe(
    '712900bf5bc9b73e7cd805bfdcd5d93ef67bc7be00a3a73cc9b4cabe487b463d83cf8ebe6fd3a8be',
  );
});

it('gives the gradient of the flat vector back flat', () => {
  tape.reset();
  const mlp = new Mlp(engine, spec);
  const parameters = tape.leaf(mlp.initialise(() => 0.25));
  const loss = mean(square(mlp.forward(parameters, tape.leaf(gaussians(38, 3), { rows: 2, columns: 19 }))));
  const [gradient] = gradients(loss, [parameters]);
  expect(gradient).toMatchObject({ rows: 1, columns: mlp.parameterCount });
  expect(gradient!.data.every(Number.isFinite)).toBe(true);
  expect(gradient!.data.some((x) => x !== 0)).toBe(true);
});

it.each([1, 5, 128, 300])(
  'gives the same gradients of %i rows whether they can be differentiated or not',
  (count) => {
    tape.reset();
    const mlp = new Mlp(engine, { ...spec, outputActivation: 'tanh' });
    const parameters = tape.leaf(gaussians(mlp.parameterCount, 1).map((x) => 0.3 * x));
    const states = tape.leaf(gaussians(count * 17, 2), { rows: count, columns: 17 });
    const actions = tape.leaf(gaussians(count * 2, 3), { rows: count, columns: 2 });
    const loss = mean(square(mlp.forward(parameters, states, actions)));
    for (const wrt of [[parameters], [actions], [parameters, states, actions]]) {
      const recorded = gradients(loss, wrt);
      const atOnce = gradients(loss, wrt, { differentiable: false });
      atOnce.forEach((gradient, i) => {
        const differences = gradient.data.map((value, at) => Math.abs(value - recorded[i]!.data[at]!));
        expect(gradient).toMatchObject({ rows: wrt[i]!.rows, columns: wrt[i]!.columns });
        expect(Math.max(...differences)).toBeLessThan(1e-6);
      });
    }
  },
);

it('has exact gradients of second order', () => {
  const mlp = new Mlp(engine, { inputs: 4, hidden: [5], outputs: 2, activation: 'tanh' });
  const start = gaussians(mlp.parameterCount, 4);
  const direction = gaussians(mlp.parameterCount, 5);
  // Through the actions to the parameters, and by them a second time.
  const slope = (at: Float32Array): { readonly along: Var; readonly parameters: Var } => {
    tape.reset();
    const parameters = tape.leaf(at);
    const actions = mlp.forward(parameters, tape.leaf(gaussians(12, 6), { rows: 3, columns: 4 }));
    const states = tape.leaf(gaussians(6, 7), { rows: 3, columns: 2 });
    const loss = mean(square(mlp.forward(parameters, states, actions)));
    const [gradient] = gradients(loss, [parameters]) as [Var];
    return { along: sum(mul(gradient, tape.leaf(direction))), parameters };
  };
  const { along, parameters } = slope(start);
  const curvature = gradients(along, [parameters])[0]!.data.slice();
  const step = 1e-2;
  for (let i = 0; i < start.length; i += 3) {
    const moved = (by: number): number => slope(start.map((x, at) => (at === i ? x + by : x))).along.value;
    const expected = (moved(step) - moved(-step)) / (2 * step);
    expect(Math.abs(curvature[i]! - expected)).toBeLessThan(2e-3 * Math.max(1, Math.abs(expected)));
  }
});

it('starts with weights scaled by the fan-in and an output layer scaled on request', () => {
  const random = new SeededRandom(5);
  const wide: MlpSpec = { inputs: 400, hidden: [300], outputs: 200, activation: 'relu' };
  const parameters = initialParameters(wide, () => random.uniform(), { outputScale: 0.1 });
  const variance = (values: Float32Array): number =>
    values.reduce((sum, x) => sum + x * x, 0) / values.length;
  expect(variance(parameters.subarray(0, 120_000))).toBeCloseTo(2 / 400, 4);
  expect(parameters.subarray(120_000, 120_300).every((x) => x === 0)).toBe(true);
  expect(variance(parameters.subarray(120_300, 180_300))).toBeCloseTo(0.01 / 300, 6);
  expect(parameters.subarray(180_300).every((x) => x === 0)).toBe(true);
});

it('names what does not fit', () => {
  const mlp = new Mlp(engine, spec);
  expect(() => mlp.infer(new Float32Array(5), new Float32Array(19))).toThrow(
    '5 parameters for a network of 1403',
  );
  expect(() => mlp.infer(new Float32Array(1403), new Float32Array(20))).toThrow(
    '20 floats are no rows of 19',
  );
  tape.reset();
  const narrow = tape.leaf(new Float32Array(18));
  expect(() => mlp.forward(tape.leaf(new Float32Array(1403)), narrow)).toThrow(
    '18 columns for a network of 19 inputs',
  );
  expect(() => new Mlp(engine, { ...spec, hidden: [0] })).toThrow('network 19-0-3: a width of 0');
});
