import { type Adaptation } from '../learner/du-adapters.js';
import { type LearningDoor, type OfferedModel, type Opening } from './learning-door.js';
import { LearningRounds, ModelRefusedError } from './learning-rounds.js';

const NODES = ['du-2', 'du-1'];
const model = (version: number, change: Partial<OfferedModel> = {}): OfferedModel => ({
  version,
  architecture: 'nets',
  parameters: Float32Array.of(1, 2, version),
  ...change,
});

/** An aggregator that closes a round once all its participants have contributed. */
class FakeAggregator implements LearningDoor<'high'> {
  readonly models = new Map<number, OfferedModel>([[1, model(1)]]);
  readonly openings: Opening<'high'>[] = [];
  readonly parts: Parameters<LearningDoor<'high'>['contribute']>[0][] = [];
  answers = true;
  private tell: Parameters<LearningDoor<'high'>['onRoundClosed']>[0] = () => undefined;

  model(_: 'high', version = 1): Promise<OfferedModel | undefined> {
    return Promise.resolve(this.models.get(version));
  }

  openRound(opening: Opening<'high'>): Promise<number> {
    if (!this.answers) return Promise.reject(new Error('nobody answers'));
    this.openings.push(opening);
    return Promise.resolve(this.openings.length);
  }

  contribute(part: (typeof this.parts)[number]): Promise<void> {
    this.parts.push(part);
    return Promise.resolve();
  }

  onRoundClosed(listener: typeof this.tell): void {
    this.tell = listener;
  }

  close(round: number, modelVersion: number, settled = true): void {
    this.models.set(modelVersion, model(modelVersion));
    this.tell({ level: 'high', round, modelVersion, settled });
  }
}

function host({ adaptation = false } = {}) {
  const aggregator = new FakeAggregator();
  const calls: string[] = [];
  const told: string[] = [];
  const verdicts: Record<string, Partial<Adaptation>> = {};
  const warnings: string[] = [];
  const waiting = new Set<string>();
  const rounds: LearningRounds<'high', number> = new LearningRounds({
    level: 'high',
    architecture: 'nets',
    parameterCount: 3,
    roundPeriodMs: 200,
    learner: {
      engine: 'test-engine',
      adopt: (version) => Promise.resolve(void calls.push(`adopt ${version}`)),
      record: (nodeId) => Promise.resolve(calls.push(`record ${nodeId}`) > 0),
      contribute: (nodeId, round) => {
        calls.push(`contribute ${nodeId} ${round}`);
        return Promise.resolve({
          gradient: Float32Array.of(0),
          tdVariance: 1,
          supportSamples: 2,
          querySamples: 3,
        });
      },
      adapt: (nodeId, round) => {
        calls.push(`adapt ${nodeId} ${round}`);
        const verdict = verdicts[nodeId];
        if (verdict === undefined) return Promise.reject(new Error('no gradient'));
        const modelVersion = rounds.model?.version ?? 0;
        return Promise.resolve({ nodeId, modelVersion, verdict: 'kept', ...verdict });
      },
      forget: (nodeId) => Promise.resolve(void calls.push(`forget ${nodeId}`)),
    },
    actors: {
      adopt: (parameters) => void calls.push(`act ${parameters[2]}`),
      adoptFor: (nodeId, parameters) => void calls.push(`act ${nodeId} ${parameters[0]}`),
      share: (nodeId) => void calls.push(`share ${nodeId}`),
    },
    adaptation,
    onGone: (nodeId) => void calls.push(`gone ${nodeId}`),
    info: (line) => void told.push(line),
    transitions: {
      nodes: () => [...waiting],
      take: (nodeId) => {
        waiting.delete(nodeId);
        return 1;
      },
    },
    door: aggregator,
    warn: (line) => warnings.push(line),
  });
  /** Reports of all DUs at one instant. */
  const report = (timeMs: number, lockstep = false, nodes = NODES): (Promise<void> | undefined)[] =>
    nodes.map((nodeId) => {
      const round = rounds.beforeDecision({ nodeId, timeMs, lockstep });
      waiting.add(nodeId);
      return round;
    });
  return { aggregator, rounds, calls, warnings, told, verdicts, report };
}

const turns = async (count = 20): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('LearningRounds', () => {
  it('adopts a version once, and gives it to the learner', async () => {
    const { rounds, calls } = host();
    expect(rounds.model).toBeUndefined();
    await rounds.adopt(1);
    await rounds.adopt(1);
    expect(rounds.model?.version).toBe(1);
    expect(calls).toEqual(['adopt 1', 'act 1']);
  });

  test.each([
    [2, undefined, 'there is no high level model v2'],
    [2, { architecture: 'others' }, 'model v2 is of networks "others", ours are "nets"'],
    [2, { parameters: new Float32Array(4) }, 'model v2 has 4 parameters instead of 3'],
    [2, { parameters: Float32Array.of(0, NaN, 0) }, 'model v2: parameter 1 is NaN'],
  ])('refuses version %d that is %j and keeps the one in force', async (version, change, message) => {
    const { rounds, aggregator } = host();
    await rounds.adopt(1);
    if (change !== undefined) aggregator.models.set(version, model(version, change));
    await expect(rounds.adopt(version)).rejects.toThrow(ModelRefusedError);
    await expect(rounds.adopt(version)).rejects.toThrow(message);
    expect(rounds.model?.version).toBe(1);
  });

  it('begins none in lockstep while A1 is out, and the next when it is back', async () => {
    const { rounds, aggregator, report } = host();
    await rounds.adopt(1);
    for (const timeMs of [100, 200]) void report(timeMs, true);
    const whileOut = [300, 400].map((timeMs) =>
      rounds.beforeDecision({ nodeId: 'du-1', timeMs, lockstep: true, a1Out: true }),
    );
    expect(whileOut).toEqual([undefined, undefined]);
    await turns();
    expect(aggregator.openings).toEqual([]);
    void report(500, true);
    await turns();
    expect(aggregator.openings).toMatchObject([{ timeMs: 400 }]);
  });

  it('begins a round with the first report after a period has ended, DUs in order', async () => {
    const { rounds, aggregator, calls, report } = host();
    await rounds.adopt(1);
    for (const timeMs of [100, 200]) expect(report(timeMs)).toEqual([undefined, undefined]);
    rounds.earned('du-1', 0.5);
    rounds.earned('du-1', 0.7);
    void report(300);
    await turns();
    expect(aggregator.openings).toEqual([
      { level: 'high', modelVersion: 1, participants: ['du-1', 'du-2'], engine: 'test-engine', timeMs: 200 },
    ]);
    expect(calls.slice(2)).toEqual(['record du-1', 'record du-2', 'contribute du-1 1', 'contribute du-2 1']);
    expect(
      aggregator.parts.map(({ nodeId, meanReward, decisions }) => [nodeId, meanReward, decisions]),
    ).toEqual([
      ['du-1', 0.6, 2],
      ['du-2', undefined, 0],
    ]);
    expect(report(400)).toEqual([undefined, undefined]);
    void report(500);
    await turns();
    expect(aggregator.openings.map(({ timeMs }) => timeMs)).toEqual([200, 400]);
  });

  it('in lockstep holds decisions until the model of the round is adopted', async () => {
    const { rounds, aggregator, report } = host();
    await rounds.adopt(1);
    void report(200, true);
    let decided = 0;
    for (const round of report(300, true)) void round?.then(() => (decided += 1));
    await turns();
    expect(aggregator.parts).toHaveLength(2);
    aggregator.close(1, 2);
    await turns();
    expect(decided).toBe(0);
    await rounds.adopt(2);
    await turns();
    expect(decided).toBe(2);
  });

  it('in real time does without a round and says so once; in lockstep decides no more', async () => {
    const lockstep = host();
    await lockstep.rounds.adopt(1);
    lockstep.aggregator.answers = false;
    void lockstep.report(200, true);
    let decided = 0;
    for (const round of lockstep.report(300, true)) void round?.then(() => (decided += 1));
    await turns();
    expect(decided).toBe(0);
    expect(lockstep.aggregator.openings).toEqual([]);

    const live = host();
    await live.rounds.adopt(1);
    live.aggregator.answers = false;
    for (const timeMs of [200, 300, 400, 500, 600, 700]) {
      void live.report(timeMs);
      await turns();
    }
    expect(live.warnings).toEqual(['no high level round at 400 ms: nobody answers']);
  });

  it('in lockstep decides no more when nobody knows which version is in force', async () => {
    const { rounds, aggregator, report } = host();
    await rounds.adopt(1);
    void report(200, true);
    let decided = 0;
    for (const round of report(300, true)) void round?.then(() => (decided += 1));
    await turns();
    aggregator.close(1, 1, false);
    await turns();
    expect(decided).toBe(0);
    // The next run is another one, and learns.
    void report(400);
    await turns();
    expect(decided).toBe(2);
    void report(600);
    void report(700);
    await turns();
    expect(aggregator.openings).toHaveLength(2);
  });

  it('keeps rewards for the next round when one could not be opened', async () => {
    const { rounds, aggregator, report } = host();
    await rounds.adopt(1);
    void report(200);
    rounds.earned('du-1', 0.25);
    aggregator.answers = false;
    void report(300);
    await turns();
    aggregator.answers = true;
    void report(500);
    void report(600);
    await turns();
    expect(aggregator.parts.find(({ nodeId }) => nodeId === 'du-1')?.meanReward).toBe(0.25);
  });

  it('goes on after the simulator began anew', async () => {
    const { rounds, aggregator, report } = host();
    await rounds.adopt(1);
    for (const timeMs of [5_000, 5_100, 100, 200, 300]) {
      void report(timeMs);
      await turns();
    }
    expect(aggregator.openings.map(({ timeMs }) => timeMs)).toEqual([5_000, 200]);
  });

  it('forgets a DU that has not reported for two minutes', async () => {
    const { rounds, calls, told, report } = host();
    await rounds.adopt(1);
    void report(100);
    rounds.earned('du-2', 0.5);
    for (const timeMs of [60_000, 120_000, 120_100, 120_200]) {
      void report(timeMs, false, ['du-1']);
      await turns();
    }
    expect(calls).not.toContain('gone du-2');
    // A report of the instant at which it is forgotten does not depend on who comes first.
    void report(120_500, false, ['du-2', 'du-1']);
    expect(calls.filter((call) => /^(gone|forget)/.test(call))).toEqual(['gone du-2', 'forget du-2']);
    expect(told).toEqual(['du-2 is forgotten on the high level: no report for 120 s']);
  });
});

describe('LearningRounds with adaptation', () => {
  const own = Float32Array.of(7);

  it('in lockstep lets DUs adapt to the model of the round before they decide, and tells of it in the next', async () => {
    const { rounds, aggregator, calls, told, verdicts, report } = host({ adaptation: true });
    verdicts['du-1'] = { verdict: 'accepted', parameters: own };
    verdicts['du-2'] = { verdict: 'reverted' };
    await rounds.adopt(1);
    void report(200, true);
    let decided = 0;
    for (const round of report(300, true)) void round?.then(() => (decided += 1));
    await turns();
    aggregator.close(1, 2);
    await turns();
    expect([calls.includes('adapt du-1 1'), decided]).toEqual([false, 0]);
    await rounds.adopt(2);
    await turns();
    expect(calls.slice(-5)).toEqual(['act 2', 'adapt du-1 1', 'act du-1 7', 'adapt du-2 1', 'share du-2']);
    expect(decided).toBe(2);
    expect(told).toEqual(['du-1 acts by parameters of its own on the high level']);

    void report(400, true);
    void report(500, true);
    await turns();
    expect(aggregator.parts.map(({ nodeId, round, adaptation }) => [nodeId, round, adaptation])).toEqual([
      ['du-1', 1, undefined],
      ['du-2', 1, undefined],
      ['du-1', 2, 'accepted'],
      ['du-2', 2, 'reverted'],
    ]);
  });

  it('leaves a DU with the model when its adaptation fails, and says so once', async () => {
    const { rounds, aggregator, calls, warnings, verdicts, report } = host({ adaptation: true });
    verdicts['du-2'] = { verdict: 'accepted', modelVersion: 9, parameters: own };
    await rounds.adopt(1);
    for (const [round, timeMs] of [200, 400].entries()) {
      void report(timeMs);
      void report(timeMs + 100);
      await turns();
      aggregator.close(round + 1, 1);
      await turns();
    }
    expect(calls.filter((call) => /^(act|share)/.test(call))).toEqual(['act 1', 'share du-1', 'share du-1']);
    expect(warnings).toEqual(['high level round 1, adaptation of du-1: no gradient']);
  });
});
