import { createAgent, createEngine, packVectors, SeededRandom } from '@ricochet/rl';
import { LastingLearner } from './lasting-learner.js';
import { LearnerThread } from './learner-thread.js';

const config = { kind: 'simplex', preset: 'default', stateSize: 2, shares: 3 } as const;
const parameters = createAgent(createEngine({ mebibytes: 8 }), config).initialParameters(
  new SeededRandom('model'),
);

const transitions = () =>
  packVectors(
    Array.from({ length: 40 }, () => ({
      state: Float32Array.of(1, 2),
      action: Float32Array.of(0.2, 0.3, 0.5),
      reward: 1,
      next: Float32Array.of(1, 2),
    })),
  );

describe('LastingLearner', () => {
  const threads: LearnerThread<typeof config>[] = [];
  const warnings: string[] = [];
  afterEach(() => Promise.all(threads.map((thread) => thread.stop())));

  const start = async () => {
    const thread = await LearnerThread.start(
      { agent: config, seed: 1 },
      { mebibytes: { engine: 16, tape: 8 } },
    );
    threads.push(thread);
    return thread;
  };

  it('goes on with the model in another thread when one has ended', async () => {
    const learner = new LastingLearner<typeof config>(start, {
      name: 'learner',
      warn: (line) => warnings.push(line),
    });
    await learner.adopt(3, parameters);
    await learner.record('du-1', transitions());
    await threads[0]?.stop();
    const lost = await Promise.allSettled([learner.contribute('du-1', 1), learner.contribute('du-2', 1)]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(warnings).toEqual(['learner: learner simplex: it was stopped; starting it again']);
    await expect(learner.contribute('du-1', 2)).rejects.toThrow('du-1 has 0 transitions');
    expect(await learner.record('du-1', transitions())).toBe(true);
    expect(await learner.contribute('du-1', 3)).toMatchObject({ modelVersion: 3 });
    expect(await learner.adapt('du-1', 3)).toMatchObject({ modelVersion: 3 });
    expect(threads).toHaveLength(2);
  });

  it('says with each call why no thread can start', async () => {
    const learner = new LastingLearner<typeof config>(() => Promise.reject(new Error('no memory')), {
      name: 'learner',
      warn: (line) => warnings.push(line),
    });
    await expect(learner.adopt(1, parameters)).rejects.toThrow('no memory');
    await expect(learner.forget('du-1')).rejects.toThrow('no memory');
  });
});
