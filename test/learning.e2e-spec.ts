import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { ricStatus, roundClosed, type RicStatus, type RoundClosed } from '@ricochet/contracts';
import { lopsidedModel } from './support/model-file.js';
import { kill, type Program } from './support/processes.js';
import { fixture, Ricochet, type Run } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const RUN_TIMEOUT_MS = 600_000;
const LEARNING = fixture('learning.yaml');

let ricochet: Ricochet;
beforeEach(() => (ricochet = new Ricochet()));
afterEach(() => ricochet.dispose());

interface Row {
  readonly level: string;
  readonly round: number;
  readonly modelVersion: number;
  readonly smoothed: number;
  readonly weight: number;
}

/** `learning.csv` by level and round. */
function roundsOf(run: Run): Row[][] {
  const [head = '', ...lines] = run.file('learning.csv').trim().split('\n');
  const columns = head.split(',');
  const groups = new Map<string, Row[]>();
  for (const line of lines) {
    const values = line.split(',');
    const value = (name: string): string => values[columns.indexOf(name)] ?? '';
    const row: Row = {
      level: value('level'),
      round: Number(value('round')),
      modelVersion: Number(value('modelVersion')),
      smoothed: Number(value('smoothedTdVariance')),
      weight: Number(value('weight')),
    };
    const key = `${row.level} ${row.round}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** Equations (15) and (16) on variances over their mean. */
function softmin(variances: readonly number[]): number[] {
  const mean = variances.reduce((sum, v) => sum + v, 0) / variances.length;
  const terms = variances.map((v) => Math.exp(-v / mean));
  const total = terms.reduce((sum, v) => sum + v, 0);
  return terms.map((v) => v / total);
}

describe('learning in lockstep', () => {
  it(
    'repeats to the bit, names the engine, and weighs DUs as the formula says',
    async () => {
      const first = await ricochet.runScenario(LEARNING, 'first', '--seed', '3');
      const again = await ricochet.runScenario(LEARNING, 'again', '--seed', '3');
      const other = await ricochet.runScenario(LEARNING, 'other', '--seed', '4');
      expect(again.summary.kpiHash).toBe(first.summary.kpiHash);
      expect(again.file('kpis.csv')).toBe(first.file('kpis.csv'));
      expect(other.summary.kpiHash).not.toBe(first.summary.kpiHash);

      const { learning } = first.summary;
      expect(learning?.engine).toBe('wasm-simd128');
      for (const level of ['high', 'low']) {
        expect(learning?.levels[level]?.rounds).toBeGreaterThanOrEqual(5);
        expect(learning?.levels[level]?.modelVersion).toBeGreaterThanOrEqual(6);
        expect(learning?.levels[level]?.refused).toBe(0);
      }
      const rounds = roundsOf(first);
      expect(rounds.length).toBeGreaterThanOrEqual(10);
      for (const rows of rounds) {
        const expected = softmin(rows.map(({ smoothed }) => smoothed));
        rows.forEach(({ weight }, i) => expect(weight).toBeCloseTo(expected[i] ?? NaN, 9));
      }
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'learns otherwise with another weighting',
    async () => {
      const text = 'learning: { roundPeriod: 200ms, weighting: uniform }';
      const scenario = ricochet.write(
        'uniform.yaml',
        `name: uniform\nduration: 2s\nnetwork: { preset: paper, cells: 2, uesPerCell: 6 }\ncontroller: ddpg\n${text}\n`,
      );
      const run = await ricochet.runScenario(scenario, 'uniform');
      const rounds = roundsOf(run).filter((rows) => rows.length === 2);
      expect(rounds.length).toBeGreaterThan(0);
      for (const row of rounds.flat()) expect(row.weight).toBe(0.5);
      expect(run.summary.learning?.weighting).toBe('uniform');
    },
    RUN_TIMEOUT_MS,
  );
});

describe('learning from a model that has learned', () => {
  /** A scenario with its model beside it. */
  const scenario = (): string => {
    ricochet.write('model.json', lopsidedModel());
    return ricochet.write('context.yaml', readFileSync(fixture('context.yaml'), 'utf8'));
  };

  it(
    'repeats to the bit, adapts, and gives the model to a DU that comes late',
    async () => {
      const path = scenario();
      const first = await ricochet.runScenario(path, 'first', '--seed', '3');
      const again = await ricochet.runScenario(path, 'again', '--seed', '3');
      expect(again.summary.kpiHash).toBe(first.summary.kpiHash);
      const verdicts = (run: Run) =>
        Object.values(run.summary.learning?.levels ?? {}).map(({ adaptations }) => adaptations);
      expect(verdicts(again)).toEqual(verdicts(first));
      for (const { accepted, kept, reverted } of verdicts(first)) {
        expect(accepted + kept + reverted).toBeGreaterThanOrEqual(3);
      }

      // No rule gives mMTC that much, so it is the model from the first decision on.
      const mMtc = first.kpis.filter(({ slice }) => slice === '3');
      const quotas = (node: string, fromMs: number) =>
        mMtc
          .filter(({ node: id, timeMs }) => id?.endsWith(node) && Number(timeMs) > fromMs)
          .map(({ minRatio }) => Number(minRatio));
      expect(Math.min(...quotas('du-1', 300))).toBeGreaterThan(60);
      expect(Math.min(...quotas('du-3', 5_200))).toBeGreaterThan(60);

      const db = new Database(ricochet.path('first', 'non-rt-ric.sqlite'), { readonly: true });
      const origins = db.prepare('SELECT origin FROM model_version WHERE version = 1').all() as {
        origin: string;
      }[];
      db.close();
      expect(origins).toHaveLength(2);
      for (const { origin } of origins) expect(origin).toMatch(/model \\"lopsided\\" \([0-9a-f]{12}\)/);
    },
    RUN_TIMEOUT_MS,
  );

  it('begins anew, counting on, when the models in force are of other networks', async () => {
    const learning = (preset: string) =>
      readFileSync(fixture('context.yaml'), 'utf8').replace(
        /learning: .*/,
        `learning: { preset: ${preset}, roundPeriod: 100ms, model: ${preset === 'context' ? './model.json' : 'none'} }`,
      );
    ricochet.write('model.json', lopsidedModel());
    const data = ricochet.path('data');
    const learns = (up: Program) =>
      waitFor('a round', () => up.stdout.some((line) => /high level round \d+/.test(line)), 120_000);
    const former = ricochet.start(
      'up',
      ricochet.write('a.yaml', learning('default')),
      '--plain',
      '--data',
      data,
    );
    await learns(former);
    await former.kill('SIGINT');
    const latter = ricochet.start(
      'up',
      ricochet.write('b.yaml', learning('context')),
      '--plain',
      '--data',
      data,
    );
    await learns(latter);
    await latter.kill('SIGINT');
    const log = readFileSync(ricochet.path('data', 'logs', 'non-rt-ric.log'), 'utf8');
    expect(log).toMatch(
      /high model v\d+ is of other networks, .* and is not used; beginning anew with model/,
    );
    const db = new Database(ricochet.path('data', 'non-rt-ric.sqlite'), { readonly: true });
    const begun = db
      .prepare(
        "SELECT version, parent FROM model_version WHERE level = 'high' AND parent IS NULL ORDER BY version",
      )
      .all() as { version: number }[];
    db.close();
    expect(begun).toHaveLength(2);
    expect(begun[1]?.version).toBeGreaterThan(1);
  }, 300_000);

  it('names a model that is not there, or is of another preset, before anything is started', async () => {
    const path = scenario();
    const text = readFileSync(path, 'utf8');
    const wrong = async (change: string) => {
      const file = ricochet.write('wrong.yaml', text.replace('preset: context, model: ./model.json', change));
      const { code, errors } = await ricochet.run('run', file, '--out', 'wrong');
      return [code, ...errors];
    };
    expect(await wrong('preset: context, model: nobodys')).toEqual([
      2,
      expect.stringMatching(
        /learning\.model: no model "nobodys" comes with Ricochet; expected .*none or a path$/,
      ),
    ]);
    expect(await wrong('preset: paper, model: ./model.json')).toEqual([
      2,
      expect.stringMatching(/learning\.model: model .*model\.json: is of preset context, not paper$/),
    ]);
  });
});

describe('learning in real time', () => {
  const KILLS = 20;
  const VICTIMS = ['meta-hrl', 'slice-quota', 'non-rt-ric', 'e2-sim', 'slice-scheduler'];
  let nats: EmbeddedNats;
  let bus: Bus;
  let rounds: RoundClosed[];
  let status: RicStatus | undefined;

  beforeEach(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
    rounds = [];
    bus.subscribe(roundClosed, (round) => rounds.push(round));
    bus.subscribe(ricStatus, (latest) => (status = latest));
    await bus.flush();
  });
  afterEach(async () => {
    await ricochet.processes.endAll();
    await bus.close();
    await nats.stop();
  });

  const updatedFrom = (from: number, level: string): boolean =>
    rounds.slice(from).some((round) => round.level === level && round.updateMs !== undefined);

  it(`outlives ${KILLS} kills: rounds go on, no version is lost or doubled, xApps keep deciding`, async () => {
    const paths = ['--nats', nats.url, '--data', ricochet.path('data')];
    // So that the agents of who was killed have seen enough to learn from the sooner.
    ricochet.start('up', LEARNING, '--plain', '--speed', '3', ...paths);
    await waitFor(
      'a first update of both levels',
      () => updatedFrom(0, 'high') && updatedFrom(0, 'low'),
      120_000,
    );
    for (let i = 0; i < KILLS; i++) {
      const victim = VICTIMS[i % VICTIMS.length] ?? '';
      const from = rounds.length;
      const [living] = ricochet.processes.living(`${victim}/dist/main.js`);
      if (living === undefined) throw new Error(`${victim} does not run`);
      kill(living.pid);
      if (victim === 'meta-hrl' || victim === 'non-rt-ric') {
        const { controlsAcknowledged = 0 } = status?.counts ?? {};
        await waitFor('decisions without the Non-RT RIC', () => {
          return (status?.counts.controlsAcknowledged ?? 0) > controlsAcknowledged + 20;
        });
      }
      await waitFor(
        `updates after kill ${i + 1}, of ${victim}`,
        () => updatedFrom(from, 'high') && updatedFrom(from, 'low'),
        120_000,
      );
    }
    await waitFor('both policies enforced', () => {
      return status?.policies.length === 2 && status.policies.every((p) => p.enforceStatus === 'ENFORCED');
    });
    await ricochet.processes.endAll();
    expectWholeLineage(ricochet.path('data', 'non-rt-ric.sqlite'));
  }, 400_000);
});

/** Versions of each level count from 1 without a gap, each has an older parent, and its bytes are those it was saved with. */
function expectWholeLineage(path: string): void {
  const db = new Database(path, { readonly: true });
  try {
    for (const level of ['high', 'low']) {
      const versions = db
        .prepare('SELECT version, parent FROM model_version WHERE level = ? ORDER BY version')
        .all(level) as { version: number; parent: number | null }[];
      expect(versions.length).toBeGreaterThan(1);
      versions.forEach(({ version, parent }, i) => {
        expect(version).toBe(i + 1);
        if (i === 0) expect(parent).toBeNull();
        else expect(parent).toBeLessThan(version);
      });
    }
    const stored = db
      .prepare(
        'SELECT p.parameters AS bytes, v.sha256 AS sha256 FROM model_parameters p ' +
          'JOIN model_version v ON v.level = p.level AND v.version = p.version',
      )
      .all() as { bytes: Buffer; sha256: string }[];
    expect(stored.length).toBeGreaterThan(1);
    for (const { bytes, sha256 } of stored) {
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
  } finally {
    db.close();
  }
}
