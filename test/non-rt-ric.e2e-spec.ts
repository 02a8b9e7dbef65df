import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  a1PolicyFeedback,
  contribute,
  LEARNING_LEVELS,
  modelActivate,
  nonRtStatus,
  roundClosed,
  type LearningLevel,
  type NonRtStatus,
  type RoundClosed,
} from '@ricochet/contracts';
import { SeededRandom } from '@ricochet/rl';
import { Store } from '@ricochet/store';
import { LearningClient } from '@ricochet/xapp-sdk';
import { FakeDus, FakeNearRtRic, NODES } from './support/fake-dus.js';
import { freePort } from './support/live-ric.js';
import { kill, Processes, type Program } from './support/processes.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const KILLS = 20;
const SLA = { URLLC: { latencyMs: 5 } };

let folder: string;
let nats: EmbeddedNats;
let bus: Bus;
let processes: Processes;
let ric: FakeNearRtRic;
let statuses: NonRtStatus[];
let rounds: RoundClosed[];
let dus: FakeDus[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ricochet-non-rt-'));
  processes = new Processes();
  nats = await EmbeddedNats.start();
  bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
  ric = new FakeNearRtRic(bus);
  statuses = [];
  rounds = [];
  bus.subscribe(nonRtStatus, (status) => statuses.push(status));
  bus.subscribe(roundClosed, (round) => rounds.push(round));
});
afterEach(async () => {
  await Promise.all(dus.splice(0).map((one) => one.stop()));
  await processes.endAll();
  await bus.close();
  await nats.stop();
  rmSync(folder, { recursive: true });
});

function startNonRtRic(config: Record<string, unknown> = {}, env: Record<string, string> = {}): Program {
  const rapp = {
    name: 'meta-hrl',
    path: resolve('apps/rapps/meta-hrl'),
    config: { deadlineMs: 400, seed: 3, ...config },
  };
  return processes.start([resolve('apps/non-rt-ric/dist/main.js')], {
    env: {
      RICOCHET_NATS_URL: nats.url,
      RICOCHET_STORE: join(folder, 'store.sqlite'),
      RICOCHET_RAPPS: JSON.stringify([rapp]),
      RICOCHET_SLA: JSON.stringify(SLA),
      ...env,
    },
    withParent: true,
  });
}

const status = (what: string, passes: (status: NonRtStatus) => boolean): Promise<NonRtStatus> =>
  waitFor(what, () => statuses.slice(-1).find(passes));
const running = (): Promise<NonRtStatus> =>
  status('the rApp runs', ({ rapps, models }) => rapps[0]?.state === 'running' && models.length === 2);
const openStore = (): Promise<Store> =>
  Store.open({ path: join(folder, 'store.sqlite'), onTrouble: (line) => process.stderr.write(`${line}\n`) });

/** What must hold of the versions that a store has of a level, whatever has happened. */
async function expectSoundVersions(store: Store, level: LearningLevel): Promise<number> {
  const models = (await store.models({ level, limit: 10_000 })).reverse();
  expect(models.map(({ version }) => version)).toEqual(models.map((_, i) => i + 1));
  expect(new Set(models.map(({ key }) => key)).size).toBe(models.length);
  const updates = models.filter(({ origin }) => origin.kind === 'meta-update');
  const numbers = updates.map(({ origin }) => origin.round ?? 0);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  for (const { version, parent, origin } of updates) {
    expect(parent).toBeLessThan(version);
    expect(origin.contributions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
  }
  for (const { version, sha256, kept } of models) {
    if (!kept) continue;
    const parameters = (await store.model(level, version))?.parameters ?? new Uint8Array();
    expect(createHash('sha256').update(parameters).digest('hex')).toBe(sha256);
    expect(new Float32Array(parameters.buffer).every(Number.isFinite)).toBe(true);
  }
  return models.length;
}

describe('the Non-RT RIC and its aggregator', () => {
  it(
    `go on with rounds through ${KILLS} kills, without a gap, a double or a half version`,
    async () => {
      ric.start();
      let nonRtRic = startNonRtRic();
      await running();
      dus = LEARNING_LEVELS.map((level) => new FakeDus(bus, ric, level));
      for (const one of dus) one.start();
      const random = new SeededRandom('kills');
      /** New versions of both levels, from now on. */
      const goesOn = async (): Promise<void> => {
        const before = new Map(LEARNING_LEVELS.map((level) => [level, ric.version(level) ?? 0]));
        await waitFor('new versions in force', () =>
          LEARNING_LEVELS.every((level) => (ric.version(level) ?? 0) > (before.get(level) ?? 0)),
        );
      };
      for (let i = 0; i < KILLS; i++) {
        await goesOn();
        await sleep(random.uniform() * 60);
        if (i % 3 === 2) {
          await nonRtRic.kill('SIGKILL');
          nonRtRic = startNonRtRic();
        } else {
          const [rapp] = await waitFor('the rApp lives', () => {
            const living = processes.living('meta-hrl');
            return living.length === 1 && living;
          });
          if (rapp !== undefined) kill(rapp.pid);
        }
      }
      await goesOn();
      await Promise.all(dus.map((one) => one.stop()));
      expect(dus.flatMap(({ lost }) => lost)).toEqual([]);
      await status('what the policies name', ({ models }) =>
        models.every(({ level, version }) => version === ric.version(level)),
      );
      await nonRtRic.kill('SIGTERM');

      const store = await openStore();
      for (const level of LEARNING_LEVELS) {
        const versions = await expectSoundVersions(store, level);
        expect(versions).toBeGreaterThan(KILLS);
        const [inForce] = await store.activations({ level, limit: 1 });
        expect(inForce?.version).toBeLessThanOrEqual(versions);
        expect(ric.version(level)).toBe(inForce?.version);
        // Rounds are never used twice.
        const closed = rounds.filter((round) => round.level === level).map(({ round }) => round);
        expect(closed).toEqual([...new Set(closed)].sort((a, b) => a - b));
      }
      await store.close();
    },
    TIMEOUT_MS,
  );

  it(
    'hands policies over whenever the Near-RT RIC comes, and keeps what it says of them',
    async () => {
      startNonRtRic();
      await status('policies that nobody has taken', ({ policies }) => {
        const reasons = policies.map(({ enforceReason }) => enforceReason);
        return (
          reasons.length === 2 && reasons.every((reason) => reason === 'the Near-RT RIC has not answered yet')
        );
      });
      ric.tell('life-1');
      ric.start();
      const enforced = (): Promise<NonRtStatus> =>
        status('policies enforced', ({ policies }) => {
          return policies.length === 2 && policies.every(({ enforceStatus }) => enforceStatus === 'ENFORCED');
        });
      await enforced();
      expect(ric.taken).toContainEqual({
        policyTypeId: 20_501,
        policyId: 'slice-quota-model',
        policy: { modelVersion: 1, sla: SLA },
      });

      // Another Near-RT RIC, that knows of nothing.
      ric.taken.length = 0;
      ric.tell('life-2');
      await waitFor('policies put again', () => LEARNING_LEVELS.every((level) => ric.version(level) === 1));

      bus.publish(a1PolicyFeedback, {
        ...{ policyTypeId: 20_501, policyId: 'slice-quota-model', policy: { modelVersion: 1, sla: SLA } },
        ...{ enforceStatus: 'NOT_ENFORCED', enforceReason: 'xApp slice-quota: too hard' },
      });
      await status('the feedback kept', ({ policies }) =>
        policies.some(({ enforceReason }) => enforceReason === 'xApp slice-quota: too hard'),
      );
    },
    TIMEOUT_MS,
  );

  it(
    'refuse bad contributions in one line, count them, and put an old version in force on demand',
    async () => {
      ric.start();
      const port = await freePort();
      // Time enough for all that is refused, on slow machines too.
      startNonRtRic({ deadlineMs: 10_000 }, { RICOCHET_HTTP: String(port) });
      await running();
      const client = new LearningClient(bus);
      const level = 'high' as const;
      const { parameters } = (await client.model(level))!;
      const opening = { level, participants: NODES, engine: 'test', timeMs: 0 };
      await expect(client.openRound({ ...opening, modelVersion: 7 })).rejects.toThrow(
        'stale: v1 is in force on the high level, not v7',
      );
      const round = await client.openRound({ ...opening, modelVersion: 1 });
      const part = (nodeId: string, changes: object = {}) => ({
        ...{ level, round, nodeId, modelVersion: 1, supportSamples: 1, querySamples: 1, decisions: 0 },
        ...{ tdVariance: 0.1, gradient: parameters.map(() => 0.1) },
        ...changes,
      });
      const refused = async (line: RegExp, nodeId: string, changes?: object): Promise<void> => {
        await expect(client.contribute(part(nodeId, changes))).rejects.toThrow(line);
      };
      await refused(/^late: /, 'du-1', { round: round + 1 });
      await refused(/^unknown-du: /, 'du-9');
      await refused(/^stale: /, 'du-1', { modelVersion: 2 });
      await refused(/^shape: /, 'du-1', { gradient: parameters.subarray(1) });
      await refused(/^not-finite: /, 'du-1', { gradient: parameters.map(() => NaN) });
      const sent = { ...part('du-1'), gradient: { inline: '?' } };
      await expect(bus.request(contribute, sent, 20_000)).rejects.toThrow(/^shape: .*not base64$/);
      await expect(
        bus.request(contribute, { ...sent, gradient: { object: 'nowhere' } }, 20_000),
      ).rejects.toThrow(/^shape: .*is not in the object store$/);
      await client.contribute(part('du-1'));
      await refused(/^duplicate: /, 'du-1');
      const closed = await waitFor('the round closed', () => rounds[0]);
      expect(closed).toMatchObject({
        closedBy: 'deadline',
        baseVersion: 1,
        modelVersion: 2,
        missing: ['du-2', 'du-3'],
        refused: { late: 1, 'unknown-du': 1, stale: 1, shape: 3, 'not-finite': 1, duplicate: 1 },
      });
      await refused(/^late: /, 'du-2');

      await waitFor('the policy of v2', () => ric.version(level) === 2);
      await bus.request(modelActivate, { level, version: 1, reason: 'by hand' }, 20_000);
      await waitFor('the policy of v1', () => ric.version(level) === 1);
      await expect(
        bus.request(modelActivate, { level, version: 9, reason: 'by hand' }, 20_000),
      ).rejects.toThrow('there is no high model v9');
      const { models, log } = await status('the rollback', (one) =>
        one.models.some(({ rollbacks }) => rollbacks > 0),
      );
      expect(models.find((model) => model.level === level)).toMatchObject({ version: 1, rollbacks: 1 });
      expect(log).toContain('high model rolled back from v2 to v1: by hand');
      // The aggregator finds out by itself.
      await client.openRound({ ...opening, modelVersion: 1 });

      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      for (const line of [
        'ricochet_learning_rounds_total{level="high"} 1',
        'ricochet_learning_contributions_refused_total{reason="shape"} 3',
        'ricochet_model_version{level="high"} 1',
        'ricochet_model_rollbacks_total{level="high"} 1',
        'ricochet_learning_update_seconds_count{level="high"} 1',
      ]) {
        expect(metrics).toContain(line);
      }
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    },
    TIMEOUT_MS,
  );

  it(
    'keep the version in force while the disk is in trouble, and go on with rounds',
    async () => {
      ric.start();
      startNonRtRic({ deadlineMs: 120_000 });
      await running();
      const client = new LearningClient(bus);
      const { length } = (await client.model('high'))!.parameters;
      const play = async (modelVersion: number): Promise<RoundClosed> => {
        const opening = {
          level: 'high' as const,
          modelVersion,
          participants: ['du-1'],
          engine: 'test',
          timeMs: 0,
        };
        const round = await client.openRound(opening);
        await client.contribute({
          ...{
            level: 'high',
            round,
            nodeId: 'du-1',
            modelVersion,
            gradient: new Float32Array(length).fill(1),
          },
          ...{ tdVariance: 0.1, supportSamples: 1, querySamples: 1, decisions: 0 },
        });
        return waitFor('the round closed', () => rounds.find((closed) => closed.round === round));
      };
      expect(await play(1)).toMatchObject({ round: 1, modelVersion: 2 });

      // A disk that does not take anything: the store sees no difference.
      const intruder = new Database(join(folder, 'store.sqlite'));
      intruder.exec('BEGIN IMMEDIATE');
      for (const round of [2, 3]) {
        const { note, ...closed } = await play(2);
        expect(closed).toMatchObject({
          round,
          closedBy: 'all',
          modelVersion: 2,
          contributions: [{ weight: 1 }],
        });
        expect(note).toMatch(/^model not saved: store .*store\.sqlite: locked by another process/);
      }
      intruder.exec('COMMIT');
      intruder.close();
      const mended = await waitFor('a version again', async () => {
        const closed = await play(2);
        return closed.modelVersion === 3 && closed;
      });
      expect(mended.round).toBeGreaterThan(3);
      await waitFor('its policy', () => ric.version('high') === 3);
      const { log } = await status('the log', () => true);
      expect(log.filter((line) => line.includes('model not saved'))).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  it(
    'carry models and gradients that are too large for a message',
    async () => {
      ric.start();
      startNonRtRic({ preset: 'paper', deadlineMs: 120_000 });
      await running();
      const client = new LearningClient(bus);
      const before = (await client.model('high'))!;
      expect(before.parameters.byteLength).toBeGreaterThan(2 * 1024 * 1024);
      const opening = {
        level: 'high' as const,
        modelVersion: 1,
        participants: NODES,
        engine: 'test',
        timeMs: 0,
      };
      const round = await client.openRound(opening);
      for (const nodeId of NODES) {
        await client.contribute({
          ...{
            level: 'high',
            round,
            nodeId,
            modelVersion: 1,
            supportSamples: 1,
            querySamples: 1,
            decisions: 0,
          },
          ...{ tdVariance: 0.1, gradient: before.parameters.map((_, i) => (i % 2 === 0 ? 1 : -1)) },
        });
      }
      expect(await waitFor('the round closed', () => rounds[0])).toMatchObject({
        closedBy: 'all',
        modelVersion: 2,
      });
      const after = (await client.model('high', 2))!;
      // Adam's first step: against the sign of the gradient, by the actor's learning rate.
      const moved = [...after.parameters.subarray(0, 4)].map((value, i) => value - before.parameters[i]!);
      [-1e-3, 1e-3, -1e-3, 1e-3].forEach((step, i) => expect(moved[i]).toBeCloseTo(step, 5));
    },
    TIMEOUT_MS,
  );
});
