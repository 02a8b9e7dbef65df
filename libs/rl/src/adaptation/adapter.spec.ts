import { experience, learn, regret, setToy, simplexToy, type ToyTask } from '../agents/toy-tasks.fixture.js';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { ReplayBuffer, type TransitionBatch } from '../replay/replay-buffer.js';
import { Tape } from '../tape/tape.js';
import { Adapter } from './adapter.js';

const engine = createEngine({ mebibytes: 64 });
const tape = new Tape(engine, { mebibytes: 16 });

interface Trial {
  readonly seed: string;
  readonly taste?: number;
  readonly noise?: boolean;
  readonly shots?: number;
}

/** Shots of ten decisions by what is in force, twelve rounds and a judgement each. */
function adaptTo<State, B extends TransitionBatch>(
  toy: ToyTask<State, B>,
  adapter: Adapter<B>,
  { seed, shots = 12, ...task }: Trial,
): number {
  const random = new SeededRandom('trial', seed);
  const replay = new ReplayBuffer<B>();
  let accepted = 0;
  for (let shot = 0; shot < shots; shot++) {
    toy.agent.adopt(adapter.parameters);
    replay.add(experience(toy, 10, { random, ...task }));
    adapter.adapt(replay, { rounds: 12, random });
    if (adapter.judge(replay).accepted) accepted++;
  }
  return accepted;
}

function adapts<State, B extends TransitionBatch>(toy: ToyTask<State, B>): void {
  describe(`Adapter of ${toy.agent.architecture}`, () => {
    const taste = 1;
    const meta = learn(toy, { tape, updates: 200, seed: 'meta' });
    const adapter = new Adapter({ agent: toy.agent, tape }, meta);
    beforeEach(() => adapter.restart(meta));

    it('fits a task that the meta model does not know', () => {
      expect(adaptTo(toy, adapter, { seed: 'other', taste })).toBeGreaterThan(0);
      expect(regret(toy, adapter.parameters, taste)).toBeLessThan(0.85 * regret(toy, meta, taste));
    });

    it('keeps the model where there is nothing but noise, but for what 2.5 standard errors let through', () => {
      const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];
      const fooled = seeds.filter((seed) => {
        adapter.restart(meta);
        const accepted = adaptTo(toy, adapter, { seed, noise: true, shots: 8 });
        if (accepted === 0) expect(adapter.parameters).toEqual(meta);
        expect(adapter.candidate).not.toEqual(meta);
        return accepted > 0;
      });
      expect(fooled.length).toBeLessThanOrEqual(1);
    });

    it('repeats to the bit', () => {
      const results = [1, 2].map(() => {
        adapter.restart(meta);
        adaptTo(toy, adapter, { seed: 'bits', taste, shots: 5 });
        return [adapter.parameters, adapter.candidate];
      });
      expect(results[0]).toEqual(results[1]);
    });
  });
}

adapts(simplexToy(engine));
adapts(simplexToy(engine, { improvements: 'td3' }));
adapts(setToy(engine));

describe('Adapter', () => {
  const toy = simplexToy(engine);
  const { agent } = toy;
  const random = new SeededRandom('adapter.spec');
  const meta = agent.initialParameters(random);
  agent.adopt(meta);
  const batch = experience(toy, 60, { random });
  const replayOf = (...batches: (typeof batch)[]) => {
    const replay = new ReplayBuffer<typeof batch>();
    for (const each of batches) replay.add(each);
    return replay;
  };
  const spoilt = (name: 'rewards' | 'states') => {
    const values = batch[name].slice();
    values[7] = NaN;
    return { ...batch, [name]: values };
  };

  it.each([
    ['rewards of 60 transitions[7] is NaN', spoilt('rewards')],
    ['states of 60 transitions[7] is NaN', spoilt('states')],
  ])('refuses transitions and changes nothing: %s', (message, bad) => {
    const adapter = new Adapter({ agent, tape }, meta);
    const replay = replayOf(batch, bad);
    expect(() => adapter.adapt(replay, { rounds: 1, random })).toThrow(message);
    expect(() => adapter.judge(replay)).toThrow(message);
    expect(adapter.candidate).toEqual(meta);
    expect(adapter.parameters).toEqual(meta);
  });

  it('refuses a meta model that is none, and keeps the one before', () => {
    const adapter = new Adapter({ agent, tape }, meta);
    expect(() => adapter.restart(meta.map(() => NaN))).toThrow('meta model[0] is NaN');
    expect(() => adapter.restart(meta.slice(1))).toThrow('meta model has');
    expect(adapter.candidate).toEqual(meta);
    expect(() => new Adapter({ agent, tape }, meta.slice(1))).toThrow('meta model has');
  });

  it('follows a meta model that moves, and keeps its distance to it', () => {
    const adapter = new Adapter({ agent, tape }, meta);
    adapter.adapt(replayOf(batch), { rounds: 5, random });
    const distance = adapter.candidate.map((x, i) => x - meta[i]!);
    const moved = meta.map((x) => x + 0.25);
    adapter.follow(moved);
    expect(adapter.parameters).toEqual(moved);
    adapter.candidate.forEach((x, i) => expect(x - moved[i]!).toBeCloseTo(distance[i]!, 5));
    expect(() => adapter.follow(meta.map(() => NaN))).toThrow('meta model[0] is NaN');
    expect(adapter.parameters).toEqual(moved);
  });

  it('takes no step along a gradient that overflows', () => {
    const adapter = new Adapter(
      { agent, tape },
      meta.map((x) => (x === 0 ? 3e38 : x)),
    );
    const before = adapter.candidate;
    const adapt = () => adapter.adapt(replayOf(batch), { rounds: 1, random });
    expect(adapt).toThrow('the gradient of the critic overflows');
    expect(adapter.candidate).toEqual(before);
  });

  it('waits for transitions', () => {
    const adapter = new Adapter({ agent, tape }, meta);
    expect(() => adapter.adapt(replayOf(), { rounds: 1, random })).toThrow('no transitions to adapt to');
    agent.adopt(meta);
    const few = replayOf(experience(toy, 35, { random }));
    adapter.adapt(few, { rounds: 20, random });
    expect(adapter.judge(few)).toEqual({ accepted: false, heldBack: 11 });
    expect(adapter.judge(replayOf(batch))).toMatchObject({ heldBack: 20, gains: { adapted: {}, meta: {} } });
  });

  it('moves the actor of TD3 in every second update', () => {
    const td3 = simplexToy(engine, { improvements: 'td3' }).agent;
    const model = td3.initialParameters(random);
    const adapter = new Adapter({ agent: td3, tape }, model);
    const { actor } = td3.layout;
    const moved = () => {
      const before = adapter.candidate;
      adapter.adapt(replayOf(batch), { rounds: 1, random });
      const parts = [adapter.candidate, before].map((of) => [of.slice(0, actor), of.slice(actor)]);
      return [0, 1].map((part) => !parts[0]![part]!.every((x, i) => x === parts[1]![part]![i]));
    };
    expect([moved(), moved(), moved()]).toEqual([
      [false, true],
      [true, true],
      [false, true],
    ]);
  });

  it('takes the candidate unjudged where it is told to', () => {
    const adapter = new Adapter({ agent, tape }, meta);
    adapter.adapt(replayOf(batch), { rounds: 3, random });
    expect(adapter.parameters).toEqual(meta);
    adapter.accept();
    expect(adapter.parameters).toEqual(adapter.candidate);
    expect(adapter.parameters).not.toEqual(meta);
  });

  it('stays nearer to the meta model the more that counts, and goes as fast as it is told', () => {
    const distance = (options: { proximal?: number; actorFactor?: number }) => {
      const adapter = new Adapter({ agent, tape }, meta, options);
      adapter.adapt(replayOf(batch), { rounds: 60, random: new SeededRandom('distance') });
      return Math.hypot(...adapter.candidate.subarray(0, agent.layout.actor).map((x, i) => x - meta[i]!));
    };
    expect(distance({ proximal: 100 })).toBeLessThan(0.5 * distance({ proximal: 0 }));
    expect(distance({ actorFactor: 0 })).toBe(0);
  });

  it.each([
    ['heldBackEvery of the adaptation is 1', { heldBackEvery: 1 }],
    ['batchSize of the adaptation is 2.5', { batchSize: 2.5 }],
    ['learningRate of the adaptation is NaN', { learningRate: NaN }],
    ['margin of the adaptation is -1', { margin: -1 }],
  ])('is not made: %s', (message, options) => {
    expect(() => new Adapter({ agent, tape }, meta, options)).toThrow(message);
  });
});
