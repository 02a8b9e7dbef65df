import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { createEngine } from '../engine/engine.js';
import { Mlp } from '../network/mlp.js';
import { initialParameters, type MlpSpec } from '../network/mlp-layout.js';
import { SeededRandom } from '../random/seeded-random.js';
import { exportLayersModel, importLayersModel, type LayersModelFiles } from './layers-model.js';
import { loadTensorFlow } from './load-tensorflow.js';

const random = new SeededRandom('layers-model');

function trained(spec: MlpSpec) {
  const parameters = initialParameters(spec, () => random.uniform());
  return { spec, parameters: parameters.map((value) => value + 0.01 * random.normal()) };
}

/** Loads the files as a program without us does. */
async function loaded({ modelJson, weights }: LayersModelFiles): Promise<layers.LayersModel> {
  const json = JSON.parse(modelJson) as tf.io.ModelJSON;
  const specs = json.weightsManifest.flatMap((group) => group.weights);
  const artifacts = await tf.io.getModelArtifactsForJSON(json, () =>
    Promise.resolve([specs, weights.slice().buffer]),
  );
  return layers.loadLayersModel(tf.io.fromMemory(artifacts));
}

beforeAll(() => loadTensorFlow('cpu'));

describe.each([
  { inputs: 9, hidden: [16, 12], outputs: 3, activation: 'tanh' },
  { inputs: 5, hidden: [7], outputs: 2, activation: 'relu' },
  { inputs: 4, hidden: [], outputs: 2, activation: 'tanh' },
] satisfies MlpSpec[])('a network of $inputs, $hidden and $outputs units', (spec) => {
  it('comes back from a LayersModel as it was', async () => {
    const network = trained(spec);
    expect(await importLayersModel(await exportLayersModel(network))).toEqual(network);
  });

  it('says in TensorFlow.js what it says here', async () => {
    const network = trained(spec);
    const rows = Float32Array.from({ length: 10 * spec.inputs }, () => random.normal());
    const here = new Mlp(createEngine({ mebibytes: 1 }), spec).infer(network.parameters, rows);
    const model = await loaded(await exportLayersModel(network));
    const there = model.predict(tf.tensor2d(rows, [10, spec.inputs])) as tf.Tensor;
    const differences = there.dataSync<'float32'>().map((value, i) => Math.abs(value - here[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
});

it('reads what TensorFlow.js saved, a layer without bias included, and leaves no tensors behind', async () => {
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units: 4, inputShape: [3], activation: 'relu', useBias: false }),
      layers.layers.dense({ units: 2 }),
    ],
  });
  const files = await filesOf(model);
  const before = tf.memory().numTensors;
  const { spec, parameters } = await importLayersModel(files);
  expect(tf.memory().numTensors).toBe(before);
  expect(spec).toEqual({ inputs: 3, hidden: [4], outputs: 2, activation: 'relu' });
  expect([...parameters.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
  expect([...parameters.subarray(0, 12)]).toEqual([...model.getWeights()[0]!.dataSync()]);
});

async function filesOf(model: layers.LayersModel): Promise<LayersModelFiles> {
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  const { modelTopology, weightSpecs, weightData } = saved;
  return {
    modelJson: JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['w'], weights: weightSpecs }] }),
    weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
  };
}

const { dense, dropout, conv1d } = layers.layers;
const first = { units: 3, inputShape: [2] };
it.each([
  {
    layerList: () => [dense({ ...first, activation: 'sigmoid', name: 'first' }), dense({ units: 1 })],
    what: 'LayersModel: layer first: activation sigmoid: only tanh and relu are read',
  },
  {
    layerList: () => [
      dense({ ...first, activation: 'tanh' }),
      dense({ units: 3, activation: 'relu', name: 'second' }),
      dense({ units: 1 }),
    ],
    what: 'LayersModel: layer second: activation relu where only tanh is read',
  },
  {
    layerList: () => [dense({ ...first, activation: 'softmax', name: 'last' })],
    what: 'LayersModel: layer last: activation softmax where only linear is read',
  },
  {
    layerList: () => [dense(first), dropout({ rate: 0.1, name: 'drop' }), dense({ units: 1 })],
    what: 'LayersModel: layer drop is a Dropout, not Dense',
  },
  {
    layerList: () => [conv1d({ filters: 2, kernelSize: 1, inputShape: [4, 2], name: 'conv' })],
    what: 'LayersModel: layer conv is a Conv1D, not Dense',
  },
  {
    layerList: () => [dense({ units: 3, inputShape: [4, 2] })],
    what: 'LayersModel: it does not map rows of numbers',
  },
])('does not read another kind: $what', async ({ layerList, what }) => {
  const files = await filesOf(layers.sequential({ layers: layerList() }));
  await expect(importLayersModel(files)).rejects.toThrow(what);
});

describe('files and parameters that are wrong', () => {
  const network = trained({ inputs: 2, hidden: [3], outputs: 1, activation: 'tanh' });

  it('are told on the way out', async () => {
    const short = { ...network, parameters: network.parameters.slice(1) };
    await expect(exportLayersModel(short)).rejects.toThrow('parameters has 12 values instead of 13');
    const broken = { ...network, parameters: network.parameters.slice().fill(NaN, 4, 5) };
    await expect(exportLayersModel(broken)).rejects.toThrow('parameters[4] is NaN');
  });

  it('are told on the way in', async () => {
    const { modelJson, weights } = await exportLayersModel(network);
    const reading = (files: Partial<LayersModelFiles>) => importLayersModel({ modelJson, weights, ...files });
    await expect(reading({ weights: weights.slice(4) })).rejects.toThrow(
      'LayersModel: its weights take 52 bytes, not 48',
    );
    const nan = weights.slice();
    new Float32Array(nan.buffer)[2] = NaN;
    await expect(reading({ weights: nan })).rejects.toThrow('LayersModel: parameters[2] is NaN');
    await expect(reading({ modelJson: '{' })).rejects.toThrow('LayersModel: SyntaxError');
    await expect(reading({ modelJson: 'null' })).rejects.toThrow('LayersModel: it has no modelTopology');
    await expect(reading({ modelJson: modelJson.replaceAll('"float32"', '"int32"') })).rejects.toThrow(
      'LayersModel: dense_1/kernel is not float32 as it stands',
    );
    const unknown = modelJson.replace('"Dense"', '"Denser"');
    await expect(reading({ modelJson: unknown })).rejects.toThrow(
      'LayersModel: TensorFlow.js does not take it',
    );
  });

  it('are told when a back end is not there', async () => {
    await expect(loadTensorFlow('webgl' as 'wasm')).rejects.toThrow('TensorFlow.js back end webgl:');
  });
});
