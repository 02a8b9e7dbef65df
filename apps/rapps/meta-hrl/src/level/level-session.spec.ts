import { setTimeout as sleep } from 'node:timers/promises';
import { type Contribution, type RoundClosed, type Vector } from '@ricochet/contracts';
import { createEngine } from '@ricochet/rl';
import { Aggregator } from '../aggregator/aggregator.js';
import { CanaryGuard } from '../canary/canary-guard.js';
import { type Model, type NewModel } from '../registry/model-registry.client.js';
import { noRefusals, type RefusalCounts } from '../round/refusal-counts.js';
import { type InitialModel, LevelSession } from './level-session.js';

const engine = createEngine({ mebibytes: 16 });
const LAYOUT = { actor: 1, critic: 1 };
const ARCHITECTURE = 'two numbers';
const GRADIENTS: Record<string, number[]> = {
  good: [1, 1],
  short: [1],
  infinite: [Infinity, 0],
  huge: [3e38, 3e38],
};

/** A registry in memory that fails when told to. */
class Registry {
  readonly saved: NewModel[] = [];
  inForce: number | undefined;
  lastRound = 0;
  fault: string | undefined;

  private failing(): void {
    if (this.fault !== undefined) throw new Error(this.fault);
  }

  current(): Promise<Model | undefined> {
    return this.answer(() => {
      const model = this.inForce === undefined ? undefined : this.saved[this.inForce - 1];
      return model && { ...model, version: this.inForce as number };
    });
  }

  nextRound(): Promise<number> {
    return this.answer(() => ++this.lastRound);
  }

  save(model: NewModel): Promise<number> {
    return this.answer(() => (this.inForce = this.saved.push(model)));
  }

  activate(version: number): Promise<void> {
    return this.answer(() => void (this.inForce = version));
  }

  private async answer<T>(work: () => T): Promise<T> {
    await sleep(1);
    this.failing();
    return work();
  }
}

describe('LevelSession', () => {
  let registry: Registry;
  let closed: RoundClosed[];
  let warned: string[];
  let told: string[];
  let refused: RefusalCounts;
  const running: LevelSession[] = [];

  beforeEach(() => {
    registry = new Registry();
    closed = [];
    warned = [];
    told = [];
    refused = noRefusals();
  });
  afterEach(() => running.splice(0).forEach((session) => session.stop()));

  const create = (deadlineMs = 5_000, initial?: InitialModel): LevelSession => {
    const session = new LevelSession({
      level: 'high',
      agent: {
        architecture: ARCHITECTURE,
        initialParameters: (random) => Float32Array.of(random.uniform(), 0),
      },
      ...(initial && { initial }),
      aggregator: new Aggregator({
        engine,
        layout: LAYOUT,
        weighting: 'softmin',
        varianceMemory: 0.9,
        optimiser: {},
      }),
      guard: new CanaryGuard({ window: 2, margin: 0.1, patience: 1, horizon: 9 }),
      registry,
      readVector: (vector: Vector) => {
        const name = 'inline' in vector ? vector.inline : vector.object;
        const values = GRADIENTS[name];
        return values === undefined
          ? Promise.reject(new Error('not there'))
          : Promise.resolve(Float32Array.from(values));
      },
      tell: (round) => closed.push(round),
      log: {
        info: (line: string) => void told.push(line),
        warn: (line: string) => void warned.push(line),
      },
      refused,
      weighting: 'softmin',
      seed: 1,
      deadlineMs,
      instance: 'life-1',
    });
    running.push(session);
    return session;
  };
  const begun = async (deadlineMs?: number): Promise<LevelSession> => {
    const session = create(deadlineMs);
    await session.begin();
    return session;
  };
  const open = (
    session: LevelSession,
    modelVersion: number,
    participants = ['du-1', 'du-2'],
  ): Promise<number> =>
    session.open({ level: 'high', modelVersion, participants, engine: 'simd', timeMs: 100 * modelVersion });
  const part = (nodeId: string, round: number, changes: Partial<Contribution> = {}): Contribution => ({
    level: 'high',
    round,
    nodeId,
    modelVersion: round,
    gradient: { inline: 'good' },
    tdVariance: 0.5,
    supportSamples: 10,
    querySamples: 10,
    decisions: 0,
    ...changes,
  });
  /** The `count`-th round from now on that is closed. */
  const closing = async (count = closed.length + 1): Promise<RoundClosed> => {
    while (closed.length < count) await sleep(2);
    return closed[count - 1]!;
  };
  /** A whole round; the rewards of its DUs, if they made decisions. */
  const play = async (session: LevelSession, version: number, ...rewards: number[]): Promise<RoundClosed> => {
    const round = await open(session, version);
    const due = closed.length + 1;
    for (const [i, nodeId] of ['du-1', 'du-2'].entries()) {
      const reward = rewards[i];
      const earned = reward === undefined ? {} : { meanReward: reward, decisions: 5 };
      await session.contribute(part(nodeId, round, { modelVersion: version, ...earned }));
    }
    return closing(due);
  };

  it('makes the first model from its seed, and one of each round whose DUs have all contributed', async () => {
    const session = await begun();
    expect(registry.saved).toMatchObject([
      { parent: null, architecture: ARCHITECTURE, origin: { kind: 'initial' } },
    ]);
    expect(await play(session, 1)).toMatchObject({
      level: 'high',
      round: 1,
      timeMs: 100,
      closedBy: 'all',
      baseVersion: 1,
      modelVersion: 2,
      weighting: 'softmin',
      engine: 'simd',
      contributions: [
        { nodeId: 'du-1', weight: 0.5 },
        { nodeId: 'du-2', weight: 0.5 },
      ],
      missing: [],
      rolledBack: false,
      updateMs: expect.any(Number),
    });
    expect(await play(session, 2)).toMatchObject({ round: 2, baseVersion: 2, modelVersion: 3 });
    const [first, second] = registry.saved;
    expect(second).toMatchObject({
      parent: 1,
      origin: { kind: 'meta-update', round: 1, weighting: 'softmin' },
    });
    expect(second?.origin.contributions).toEqual(closed[0]?.contributions);
    // Adam's first step: .002 against the gradient, the actor's half of it.
    expect(second!.parameters[0]).toBeCloseTo(first!.parameters[0]! - 1e-3, 6);
    expect(second!.parameters[1]).toBeCloseTo(-2e-3, 6);
    expect(new Set(registry.saved.map(({ key }) => key)).size).toBe(3);
  });

  it('goes on from the model in force when it comes again, and uses no round twice', async () => {
    await begun();
    registry.lastRound = 8;
    const again = await begun();
    expect(registry.saved).toHaveLength(1);
    expect(await open(again, 1)).toBe(9);
  });

  it('begins anew when the model in force is of other networks', async () => {
    registry.inForce = registry.saved.push({
      ...{ key: 'k', architecture: 'three numbers', parent: null, parameters: new Float32Array(3) },
      origin: { kind: 'import', contributions: [] },
    });
    await begun();
    expect(registry.inForce).toBe(2);
    expect(registry.saved[1]).toMatchObject({ architecture: ARCHITECTURE, parent: null });
    expect(warned).toEqual([
      'high model v1 is of other networks, "three numbers", and is not used; beginning anew with fresh parameters for "two numbers"',
    ]);
  });

  it('begins with a model that has learned, and only where there is none of its networks', async () => {
    const initial = { parameters: Float32Array.of(7, 8), source: 'model paper' };
    registry.inForce = registry.saved.push({
      ...{ key: 'k', architecture: 'three numbers', parent: null, parameters: new Float32Array(3) },
      origin: { kind: 'initial', contributions: [] },
    });
    await create(5_000, initial).begin();
    expect(registry.saved[1]).toMatchObject({
      ...{ architecture: ARCHITECTURE, parent: null, parameters: initial.parameters },
      origin: { kind: 'initial', source: 'model paper' },
    });
    expect(warned).toEqual([expect.stringContaining('beginning anew with model paper for "two numbers"')]);
    expect(told).toEqual(['high model v2: model paper']);
    await create(5_000, { ...initial, source: 'another' }).begin();
    expect(registry.saved).toHaveLength(2);
  });

  it('waits for a registry that comes late', async () => {
    registry.fault = 'nobody answers';
    const session = create();
    const started = session.begin();
    await sleep(50);
    registry.fault = undefined;
    await started;
    expect(warned).toEqual(['high level waits for its model: nobody answers']);
    expect(await open(session, 1)).toBe(1);
  });

  it('closes at the deadline with those that have come', async () => {
    const session = await begun(30);
    const round = await open(session, 1);
    await session.contribute(part('du-2', round));
    expect(await closing()).toMatchObject({
      closedBy: 'deadline',
      modelVersion: 2,
      contributions: [{ nodeId: 'du-2', weight: 1 }],
      missing: ['du-1'],
    });
    await expect(session.contribute(part('du-1', round))).rejects.toThrow(
      'late: round 1 of the high level is not open',
    );
    await open(session, 2);
    expect(await closing()).toMatchObject({
      round: 2,
      modelVersion: 2,
      contributions: [],
      note: 'nobody contributed',
    });
  });

  it('closes the open round as it stands when the next one is opened', async () => {
    const session = await begun();
    const round = await open(session, 1);
    await session.contribute(part('du-1', round));
    // It has led to a new version, which this opening does not know of.
    await expect(open(session, 1)).rejects.toThrow('stale: v2 is in force on the high level, not v1');
    expect(closed).toMatchObject([{ round: 1, closedBy: 'next-round', missing: ['du-2'], modelVersion: 2 }]);
    expect(await open(session, 2)).toBe(2);
    // Nobody contributes to this one, so the version stays.
    expect(await open(session, 2)).toBe(3);
    expect(closed[1]).toMatchObject({
      round: 2,
      closedBy: 'next-round',
      modelVersion: 2,
      missing: ['du-1', 'du-2'],
    });
  });

  it('refuses bad contributions with one line, counts them, and lets their round go on', async () => {
    const session = await begun();
    await expect(session.contribute(part('du-1', 1))).rejects.toThrow(/^late: /);
    const round = await open(session, 1);
    const cases: [Contribution, RegExp][] = [
      [part('du-1', 9, { modelVersion: 1 }), /^late: round 9 of the high level is not open$/],
      [part('du-3', round), /^unknown-du: du-3 /],
      [part('du-1', round, { modelVersion: 2 }), /^stale: /],
      [
        part('du-1', round, { gradient: { inline: 'short' } }),
        /^shape: gradient of du-1 has 1 values instead of 2$/,
      ],
      [part('du-1', round, { gradient: { object: 'gone' } }), /^shape: gradient of du-1: not there$/],
      [
        part('du-1', round, { gradient: { inline: 'infinite' } }),
        /^not-finite: gradient of du-1: value 0 is Infinity$/,
      ],
    ];
    for (const [contribution, line] of cases) {
      await expect(session.contribute(contribution)).rejects.toThrow(line);
      expect(warned.at(-1)).toMatch(/^contribution refused: /);
    }
    await session.contribute(part('du-1', round));
    await expect(session.contribute(part('du-1', round))).rejects.toThrow(/^duplicate: /);
    await session.contribute(part('du-2', round));
    expect(await closing()).toMatchObject({
      closedBy: 'all',
      modelVersion: 2,
      refused: { late: 2, 'unknown-du': 1, stale: 1, shape: 2, 'not-finite': 1, duplicate: 1 },
    });
  });

  it('takes two copies that come at once for one', async () => {
    const session = await begun();
    const round = await open(session, 1);
    const both = await Promise.allSettled([1, 2].map(() => session.contribute(part('du-1', round))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(refused.duplicate).toBe(1);
  });

  it('keeps the version when the model can not be saved, and goes on from it', async () => {
    const session = await begun();
    await open(session, 1);
    registry.fault = 'store x: the disk is full';
    for (const round of [2, 3]) {
      expect(await play(session, 1)).toMatchObject({
        round,
        modelVersion: 1,
        note: 'model not saved: store x: the disk is full',
        contributions: [{ weight: 0.5 }, { weight: 0.5 }],
      });
      expect(closed.at(-1)).not.toHaveProperty('updateMs');
    }
    // The trouble is told once, besides that of the registry that could not be asked.
    expect(warned.filter((line) => line.includes('not saved'))).toHaveLength(1);
    registry.fault = undefined;
    // Numbers that we gave meanwhile are not given again.
    expect(await play(session, 1)).toMatchObject({ round: 4, modelVersion: 2 });
    // As if the failed ones had not been: Adam's first step again.
    expect(registry.saved[1]!.parameters[1]).toBeCloseTo(-2e-3, 6);
  });

  it('opens no round until it knows which numbers were given', async () => {
    const session = await begun();
    registry.fault = 'store x: the disk is full';
    await expect(open(session, 1)).rejects.toThrow('the round has no number: store x: the disk is full');
    registry.fault = undefined;
    expect(await open(session, 1)).toBe(1);
  });

  it('finds out that a model was saved although nobody said so', async () => {
    const session = await begun();
    const save = registry.save.bind(registry);
    registry.save = async (model) => {
      await save(model);
      throw new Error('no answer');
    };
    expect(await play(session, 1)).toMatchObject({ modelVersion: 1, note: 'model not saved: no answer' });
    registry.save = save;
    expect(await play(session, 2)).toMatchObject({ baseVersion: 2, modelVersion: 3 });
  });

  it('keeps the version when the update overflows', async () => {
    const session = await begun();
    const round = await open(session, 1);
    for (const nodeId of ['du-1', 'du-2']) {
      await session.contribute(part(nodeId, round, { gradient: { inline: 'huge' } }));
    }
    expect(await closing()).toMatchObject({
      modelVersion: 1,
      note: expect.stringMatching(/^no update: .*overflows/),
    });
    expect(await play(session, 1)).toMatchObject({ modelVersion: 2 });
  });

  it('follows when somebody else has put another version in force', async () => {
    const session = await begun();
    await play(session, 1);
    await play(session, 2);
    registry.inForce = 1;
    expect(await open(session, 1)).toBe(3);
    await expect(open(session, 3)).rejects.toThrow('stale: v1 is in force');
  });

  it('goes back to the best version when its successors earn less, and learns on from there', async () => {
    const session = await begun();
    await play(session, 1, 0.8, 0.9);
    await play(session, 2, 0.8, 0.8);
    const worse = await play(session, 3, 0.5, 0.6);
    expect(worse).toMatchObject({
      baseVersion: 3,
      modelVersion: 2,
      rolledBack: true,
      note: 'back to v2: mean reward fell to 0.675, v2 had 0.825',
      contributions: [
        { nodeId: 'du-1', weight: 0, meanReward: 0.5 },
        { nodeId: 'du-2', weight: 0, meanReward: 0.6 },
      ],
    });
    expect(registry.inForce).toBe(2);
    expect(registry.saved).toHaveLength(3);
    // The traffic may be the reason: what v2 earns now is the new measure.
    expect(await play(session, 2, 0.5, 0.6)).toMatchObject({ rolledBack: false, modelVersion: 4 });
    expect(registry.saved[3]).toMatchObject({ parent: 2 });
    expect(await play(session, 4, 0.5, 0.6)).toMatchObject({ rolledBack: false, modelVersion: 5 });
  });

  it('goes back as soon as the registry lets it', async () => {
    const session = await begun();
    await play(session, 1, 0.9, 0.9);
    await play(session, 2, 0.9, 0.9);
    registry.fault = 'away';
    const { modelVersion, rolledBack, note } = await play(session, 3, 0.1, 0.1);
    expect([modelVersion, rolledBack]).toEqual([3, false]);
    expect(note).toBe('mean reward fell to 0.500, v2 had 0.900; not rolled back: away');
    registry.fault = undefined;
    expect(await play(session, 3, 0.1, 0.1)).toMatchObject({ modelVersion: 2, rolledBack: true });
  });
});
