import { readFileSync, readdirSync } from 'node:fs';
import {
  LearningError,
  SeededRandom,
  SetAgent,
  Tape,
  createEngine,
  packElements,
  packVectors,
} from '@ricochet/rl';
import { LevelLearner, learnerSettings } from '../learner/level-learner.js';
import { ThreadError } from './thread.error.js';
import { LearnerThread } from './learner-thread.js';

const config = { kind: 'set', preset: 'default', featureCount: 10 } as const;
const options = { agent: config, seed: 5, settings: { batchSize: 16 } };
const engine = createEngine({ mebibytes: 32 });
const agent = new SetAgent(engine, config);
const parameters = agent.initialParameters(new SeededRandom('model'));

const transitions = (nodeId: string, count = 50) => {
  const random = new SeededRandom(nodeId);
  const states = Array.from({ length: count + 1 }, () => ({
    features: Float32Array.from({ length: 60 }, () => random.normal()),
    groups: Int32Array.of(0, 0, 1, 1, 2, 2),
  }));
  return packElements(
    states.slice(1).map((next, i) => ({
      state: states[i]!,
      action: new Float32Array(6).fill(0.5),
      reward: random.uniform(),
      next,
    })),
  );
};

describe('LearnerThread', () => {
  let thread: LearnerThread<typeof config>;

  beforeEach(async () => {
    thread = await LearnerThread.start(options, { mebibytes: { engine: 32, tape: 16 } });
  });
  afterEach(() => thread.stop());

  it('gives what the learner gives on this thread', async () => {
    const tape = new Tape(engine, { mebibytes: 16 });
    const here = new LevelLearner({ agent, tape }, learnerSettings(options));
    await thread.adopt(1, parameters);
    here.adopt(1, parameters);
    for (const nodeId of ['du-1', 'du-2']) {
      here.record(nodeId, transitions(nodeId));
      expect(await thread.record(nodeId, transitions(nodeId))).toBe(true);
    }
    const parts = await Promise.all(['du-2', 'du-1'].map((nodeId) => thread.contribute(nodeId, 1)));
    for (const [i, nodeId] of ['du-2', 'du-1'].entries()) {
      const { gradient, ...rest } = here.contribute(nodeId, 1);
      expect([...parts[i]!.gradient]).toEqual([...gradient]);
      expect(parts[i]).toMatchObject(rest);
    }
  });

  it('moves transitions and copies models', async () => {
    const batch = transitions('du-1');
    const recorded = thread.record('du-1', batch);
    expect(batch.features).toHaveLength(0);
    await recorded;
    await thread.adopt(1, parameters);
    expect(parameters.every(Number.isFinite) && parameters.length > 0).toBe(true);
    await thread.forget('du-1');
    await expect(thread.contribute('du-1', 1)).rejects.toMatchObject({ code: 'LEARNING_TOO_FEW' });
  });

  it('carries errors over, with their codes, and goes on', async () => {
    await expect(thread.contribute('du-1', 1)).rejects.toThrow(
      new LearningError('LEARNING_NO_MODEL', 'du-1 has no model to learn on'),
    );
    await expect(thread.adopt(2, new Float32Array(7))).rejects.toMatchObject({
      code: 'LEARNING_BAD_SHAPE',
      message: `model 2 has 7 values instead of ${parameters.length}`,
    });
    const strange = packVectors([]) as unknown as ReturnType<typeof transitions>;
    await expect(thread.record('du-1', strange)).rejects.toMatchObject({
      name: 'ThreadError',
      code: 'THREAD_FAILED',
    });
    await thread.adopt(1, parameters);
    expect(await thread.record('du-1', transitions('du-1'))).toBe(true);
  });

  it('rejects what is under way when it is stopped, and what comes after', async () => {
    await thread.record('du-1', transitions('du-1'));
    const waiting = thread.contribute('du-1', 1);
    const stopped = thread.stop();
    await expect(waiting).rejects.toThrow(ThreadError);
    await stopped;
    await expect(thread.adopt(1, parameters)).rejects.toMatchObject({
      code: 'THREAD_GONE',
      message: 'learner set: it was stopped',
    });
  });

  it('does not block the caller while it computes', async () => {
    await thread.adopt(1, parameters);
    await thread.record('du-1', transitions('du-1', 200));
    let done = false;
    const rounds = Promise.all(Array.from({ length: 30 }, (_, round) => thread.contribute('du-1', round)));
    void rounds.then(() => (done = true));
    let turns = 0;
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    expect(turns).toBeGreaterThan(30);
  });

  (process.platform === 'linux' ? it : it.skip)('steps back behind the other threads', () => {
    const nice = readdirSync('/proc/self/task').map((id) => {
      const [, fields] = readFileSync(`/proc/self/task/${id}/stat`, 'utf8').split(') ');
      return Number(fields!.split(' ')[16]);
    });
    expect(Math.max(...nice)).toBeGreaterThanOrEqual(10);
  });
});

it('does not start on options that make no learner', async () => {
  const settings = { batchSize: -1 };
  await expect(
    LearnerThread.start({ ...options, settings }, { mebibytes: { engine: 32, tape: 16 } }),
  ).rejects.toMatchObject({ code: 'LEARNING_BAD_INPUT' });
  await expect(LearnerThread.start(options, { mebibytes: { engine: 8, tape: 16 } })).rejects.toThrow(
    'tape of 16 MiB',
  );
});
