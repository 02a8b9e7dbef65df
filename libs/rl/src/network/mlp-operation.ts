import { activationCodes } from '../engine/kernels.js';
import { activationKernels, type Activation } from '../tape/activations.js';
import { differentiate } from '../tape/gradients.js';
import { dense } from '../tape/linear.js';
import { constant, output, tapeOf } from '../tape/operation.js';
import { concatColumns, reshape, view } from '../tape/shape.js';
import { type Var } from '../tape/tape.js';
import { type LayerLayout } from './mlp-layout.js';

/** Rows that go through all layers together: what one layer makes of them is still at hand for the next. */
const BLOCK_ROWS = 256;

export interface Layer extends LayerLayout {
  /** None: linear. */
  readonly activation: Activation | undefined;
}

/** Inputs of a network, side by side, and its parameters in one flat vector. */
interface NetworkInputs {
  readonly parameters: Var;
  readonly parts: readonly [Var, ...Var[]];
}

/**
 * All layers as one operation: outputs [rows, outputs]. Where the gradients need no gradients of their own, they are
 * made without being recorded, and only those of the parts that they are needed of.
 */
export function forwardLayers(layers: readonly Layer[], { parameters, parts }: NetworkInputs): Var {
  const tape = tapeOf(parameters, parts[0]);
  const x = parts.length === 1 ? parts[0] : concatColumns(parts);
  const activated = layers
    .slice(0, -1)
    .map(({ outputs }) => constant(tape, { rows: x.rows, columns: outputs }));
  const shape = { rows: x.rows, columns: layers.at(-1)!.outputs };
  const y: Var = output([parameters, ...parts], shape, (g, needed, differentiable) =>
    differentiable
      ? recordedGradients(layers, { parameters, parts }, g)
      : blockedGradients(layers, { parameters, parts, values: [x, ...activated, y] }, { g, needed }),
  );
  const values = [x, ...activated, y];
  forEachBlock(x.rows, (from, rows) => {
    layers.forEach(({ inputs, outputs, weightsFrom, biasFrom, activation }, i) => {
      tape.kernels.dense(
        ...([rowAddress(values[i + 1]!, from), rowAddress(values[i]!, from), rows, inputs] as const),
        ...([parameters.address + 4 * weightsFrom, parameters.address + 4 * biasFrom, outputs] as const),
        activationCodes[activation ?? 'none'],
      );
    });
  });
  return y;
}

/** By recorded operations, layer by layer: differentiable again. */
function recordedGradients(
  layers: readonly Layer[],
  { parameters, parts }: NetworkInputs,
  g: Var,
): readonly Var[] {
  // By themselves, not through what they are made of: the gradients of that are the tape's business.
  const [all, ...own] = [parameters, ...parts].map((x) => reshape(x, x)) as [Var, Var, ...Var[]];
  const y = layers.reduce(
    (x, { inputs, outputs, weightsFrom, biasFrom, activation }) => {
      const weights = view(all, weightsFrom, { rows: inputs, columns: outputs });
      return dense(x, { weights, bias: view(all, biasFrom, { rows: 1, columns: outputs }) }, activation);
    },
    own.length === 1 ? own[0] : concatColumns(own),
  );
  return differentiate(y, g, [all, ...own]);
}

/** At once and block by block, straight into one flat vector. */
function blockedGradients(
  layers: readonly Layer[],
  { parameters, parts, values }: NetworkInputs & { readonly values: readonly Var[] },
  { g, needed }: { readonly g: Var; readonly needed: readonly boolean[] },
): readonly (Var | undefined)[] {
  const { tape } = g;
  const { kernels } = tape;
  const gradient = needed[0] ? constant(tape, parameters) : undefined;
  const inputGradients = parts.map((part, i) => (needed[i + 1] ? constant(tape, part) : undefined));
  const blockBytes =
    4 * BLOCK_ROWS * Math.max(...layers.map(({ inputs, outputs }) => Math.max(inputs, outputs)));
  const [scratch, spare] = [tape.allocate(blockBytes), tape.allocate(blockBytes)];
  forEachBlock(g.rows, (from, rows) => {
    const accumulate = from > 0 ? 1 : 0;
    let slope = rowAddress(g, from);
    for (let i = layers.length - 1; i >= 0; i--) {
      const { inputs, outputs, weightsFrom, biasFrom, activation } = layers[i]!;
      if (activation) {
        const kernel = kernels[activationKernels[activation]];
        kernel(scratch, slope, rowAddress(values[i + 1]!, from), rows * outputs);
        slope = scratch;
      }
      if (gradient) {
        const [weights, bias] = [gradient.address + 4 * weightsFrom, gradient.address + 4 * biasFrom];
        const x = rowAddress(values[i]!, from);
        kernels.gemm(inputs, outputs, rows, x, 1, inputs, slope, outputs, 1, weights, outputs, accumulate);
        kernels.columnSums(bias, slope, rows, outputs, accumulate);
      }
      const weights = parameters.address + 4 * weightsFrom;
      if (i > 0) {
        kernels.gemm(rows, inputs, outputs, slope, outputs, 1, weights, 1, outputs, spare, inputs, 0);
        slope = spare;
        continue;
      }
      let row = 0;
      parts.forEach(({ columns }, part) => {
        const to = inputGradients[part];
        const ofPart = weights + 4 * row * outputs;
        row += columns;
        if (!to) return;
        kernels.gemm(
          rows,
          columns,
          outputs,
          slope,
          outputs,
          1,
          ofPart,
          1,
          outputs,
          rowAddress(to, from),
          columns,
          0,
        );
      });
    }
  });
  return [gradient, ...inputGradients];
}

function forEachBlock(rows: number, work: (from: number, rows: number) => void): void {
  for (let from = 0; from < rows; from += BLOCK_ROWS) work(from, Math.min(BLOCK_ROWS, rows - from));
}

function rowAddress(x: Var, row: number): number {
  return x.address + 4 * row * x.columns;
}
