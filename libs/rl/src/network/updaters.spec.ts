import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEngine } from '../engine/engine.js';
import { describeEngines } from '../engine/engines.fixture.js';
import { SeededRandom } from '../random/seeded-random.js';
import { tensorFlowUpdater } from '../tensorflow/tensorflow-updater.js';
import { engineUpdater } from './engine-updater.js';
import { type Updater, updateProblem } from './update-problem.js';

const random = new SeededRandom('updaters');
/** A learning rate that moves each parameter a hundred times as far as the engines may differ. */
const LEARNING_RATE = 1e-2;
const problem = updateProblem(
  { hidden: [32, 24], stateSize: 9, actionSize: 3, batch: 40 },
  () => random.uniform(),
  LEARNING_RATE,
);

/** Parameters of all four networks after three updates. */
function updated(updater: Updater): Float32Array {
  for (let i = 0; i < 3; i++) updater.update();
  const { actor, critic, actorTarget, criticTarget } = updater.parameters();
  return Float32Array.of(...actor, ...critic, ...actorTarget, ...criticTarget);
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function expectSameUpdate(updater: Updater): void {
  const expected = updated(engineUpdater(createEngine({ mebibytes: 8 }), problem, { mebibytes: 4 }));
  const actual = updated(updater);
  expect(largest(actual.map((value, i) => value - expected[i]!))).toBeLessThan(1e-4);
  const { actor, critic } = problem.parameters;
  const start = Float32Array.of(...actor, ...critic);
  expect(largest(start.map((value, i) => value - actual[i]!))).toBeGreaterThan(LEARNING_RATE);
}

describeEngines((make) => {
  it('makes the same update of the same weights and batch', () => {
    expectSameUpdate(engineUpdater(make({ mebibytes: 8 }), problem, { mebibytes: 4 }));
  });

  it('holds no more memory after a hundred thousand updates than after ten thousand', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const engine = make({ mebibytes: 2 });
    const tiny = updateProblem({ hidden: [3], stateSize: 2, actionSize: 1, batch: 2 }, () => 0.4);
    const updater = engineUpdater(engine, tiny, { mebibytes: 1 });
    const held = (updates: number): { arena: number; heap: number } => {
      for (let i = 0; i < updates; i++) updater.update();
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return { arena: engine.freeBytes, heap: heapUsed + external };
    };
    const before = held(10_000);
    const after = held(90_000);
    expect(after.arena).toBe(before.arena);
    // Ten bytes an update would be 900,000.
    expect(after.heap - before.heap).toBeLessThan(500_000);
  }, 120_000);
});

describe('TensorFlow.js', () => {
  it.each(['wasm', 'cpu'] as const)('makes the same update (%s)', async (backend) => {
    const updater = await tensorFlowUpdater(problem, backend);
    expect(updater.name).toMatch(`tfjs-${backend}-4.`);
    expectSameUpdate(updater);
  });

  const inNode = hasTfjsNode() ? it : it.skip;
  inNode('makes the same update (tensorflow: @tensorflow/tfjs-node, where installed)', async () => {
    expectSameUpdate(await tensorFlowUpdater(problem, 'tensorflow'));
  });

  it('holds no more tensors after an update than before', async () => {
    const { memory } = await import('@tensorflow/tfjs-core');
    const updater = await tensorFlowUpdater(problem, 'wasm');
    updater.update();
    const before = memory().numTensors;
    updater.update();
    updater.act(new Float32Array(9));
    expect(memory().numTensors).toBe(before);
  });
});

function hasTfjsNode(): boolean {
  try {
    require.resolve('@tensorflow/tfjs-node');
    return true;
  } catch {
    return false;
  }
}
