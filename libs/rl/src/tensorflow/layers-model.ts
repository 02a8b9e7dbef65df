import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { assertVector, LearningError } from '../learning.error.js';
import { mlpLayout, type MlpSpec } from '../network/mlp-layout.js';
import { loadTensorFlow } from './load-tensorflow.js';

/** A trained network: `parameters` are flat, as `mlpLayout` says. */
export interface TrainedMlp {
  readonly spec: MlpSpec;
  readonly parameters: Float32Array;
}

/** A TensorFlow.js LayersModel, as it is written to two files side by side. */
export interface LayersModelFiles {
  /** `model.json` */
  readonly modelJson: string;
  /** `weights.bin`; to read a model in several shards, all of them one after the other. */
  readonly weights: Uint8Array;
}

const WEIGHTS_FILE = 'weights.bin';

/**
 * A network as a TensorFlow.js LayersModel: a Sequential of Dense layers of float32.
 * @throws {LearningError} the parameters do not fit the network, or are not finite
 */
export async function exportLayersModel({ spec, parameters }: TrainedMlp): Promise<LayersModelFiles> {
  const layout = mlpLayout(spec);
  assertVector(parameters, layout.parameterCount, 'parameters');
  const { tf, layers } = await loadTensorFlow();
  const model = layers.sequential();
  try {
    layout.layers.forEach(({ inputs, outputs }, i) => {
      const activation = i + 1 < layout.layers.length ? spec.activation : 'linear';
      model.add(
        layers.layers.dense({ units: outputs, inputDim: inputs, activation, name: `dense_${i + 1}` }),
      );
    });
    tf.tidy(() =>
      model.setWeights(
        layout.layers.flatMap(({ inputs, outputs, weightsFrom, biasFrom }) => [
          tf.tensor2d(parameters.slice(weightsFrom, biasFrom), [inputs, outputs]),
          tf.tensor1d(parameters.slice(biasFrom, biasFrom + outputs)),
        ]),
      ),
    );
    return await filesOf(tf, model);
  } finally {
    model.dispose();
  }
}

async function filesOf(tf: typeof Core, model: Layers.LayersModel): Promise<LayersModelFiles> {
  const artifacts = await new Promise<Core.io.ModelArtifacts>((resolve, reject) => {
    const handler = tf.io.withSaveHandler((saved) => {
      resolve(saved);
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    });
    model.save(handler).catch(reject);
  });
  const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy } = artifacts;
  const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }];
  return {
    modelJson: JSON.stringify({ format, generatedBy, convertedBy, modelTopology, weightsManifest }),
    weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
  };
}

/**
 * The network that a TensorFlow.js LayersModel holds: a Sequential of Dense layers of float32, the hidden ones all of
 * tanh or all of relu, the last one linear. Layers without a bias get one of zeros.
 * @throws {LearningError} it is no such model, or its weights are not all there or not finite
 */
export async function importLayersModel({ modelJson, weights }: LayersModelFiles): Promise<TrainedMlp> {
  const manifest = manifestOf(modelJson, weights);
  const { tf, layers } = await loadTensorFlow();
  let model: Layers.LayersModel | undefined;
  try {
    const artifacts = await tf.io.getModelArtifactsForJSON(manifest.json, () =>
      Promise.resolve([manifest.weights, weights.slice().buffer]),
    );
    model = await layers.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (error) {
    throw bad(`TensorFlow.js does not take it: ${String(error)}`);
  }
  try {
    return mlpOf(model);
  } finally {
    model.dispose();
  }
}

interface Manifest {
  readonly json: Core.io.ModelJSON;
  readonly weights: Core.io.WeightsManifestEntry[];
}

/** Parses model.json and checks that the weights are all there. */
function manifestOf(modelJson: string, { byteLength }: Uint8Array): Manifest {
  let json: Partial<Core.io.ModelJSON> | null;
  try {
    json = JSON.parse(modelJson) as Partial<Core.io.ModelJSON> | null;
  } catch (error) {
    throw bad(String(error));
  }
  const { modelTopology, weightsManifest } = json ?? {};
  if (modelTopology === undefined || !Array.isArray(weightsManifest)) {
    throw bad('it has no modelTopology or no weightsManifest: a model saved as a LayersModel has both');
  }
  const weights = weightsManifest.flatMap((group) => group.weights);
  let bytes = 0;
  for (const { name, shape, dtype, quantization } of weights) {
    if (dtype !== 'float32' || quantization) throw bad(`${name} is not float32 as it stands`);
    bytes += 4 * shape.reduce((size, length) => size * length, 1);
  }
  if (bytes !== byteLength) throw bad(`its weights take ${bytes} bytes, not ${byteLength}`);
  return { json: json as Core.io.ModelJSON, weights };
}

function mlpOf(model: Layers.LayersModel): TrainedMlp {
  if (model.getClassName() !== 'Sequential') throw bad(`it is a ${model.getClassName()}, not a Sequential`);
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map(readDense);
  const [first] = layers;
  if (!first || model.inputs[0]?.shape.length !== 2) throw bad('it does not map rows of numbers');
  const hidden = layers.slice(0, -1);
  const activation = (hidden[0] ?? { activation: 'tanh' }).activation;
  if (activation !== 'tanh' && activation !== 'relu') {
    throw bad(`layer ${first.name}: activation ${activation}: only tanh and relu are read`);
  }
  layers.forEach((layer, i) => {
    const expected = i < hidden.length ? activation : 'linear';
    if (layer.activation !== expected) {
      throw bad(`layer ${layer.name}: activation ${layer.activation} where only ${expected} is read`);
    }
  });
  const spec: MlpSpec = {
    inputs: first.inputs,
    hidden: hidden.map(({ outputs }) => outputs),
    outputs: layers.at(-1)!.outputs,
    activation,
  };
  const parameters = Float32Array.from(layers.flatMap(({ weights, bias }) => [...weights, ...bias]));
  assertVector(parameters, mlpLayout(spec).parameterCount, 'LayersModel: parameters');
  return { spec, parameters };
}

interface DenseLayer {
  readonly name: string;
  readonly activation: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

function readDense(layer: Layers.layers.Layer): DenseLayer {
  const { name } = layer;
  if (layer.getClassName() !== 'Dense') throw bad(`layer ${name} is a ${layer.getClassName()}, not Dense`);
  const [kernel, bias] = layer.getWeights();
  const [inputs, outputs] = kernel?.shape ?? [];
  if (!kernel || inputs === undefined || outputs === undefined) throw bad(`layer ${name} has no weights`);
  return {
    ...{ name, inputs, outputs, activation: layer.getConfig()['activation'] as string },
    weights: kernel.dataSync<'float32'>(),
    bias: bias?.dataSync<'float32'>() ?? new Float32Array(outputs),
  };
}

function bad(what: string): LearningError {
  return new LearningError('LEARNING_BAD_INPUT', `LayersModel: ${what}`);
}
