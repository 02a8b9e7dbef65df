import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bus, EmbeddedNats, getVector, putVector } from '@ricochet/bus';
import { type A1Policy, type modelSave, type RequestOf } from '@ricochet/contracts';
import { Store } from '@ricochet/store';
import { type PolicyService } from '../a1/policy.service.js';
import { type NonRtRicConfig } from '../non-rt-ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { ModelRegistry } from './model-registry.service.js';

const SLA = { eMBB: { throughputMbps: 4 } };

describe('ModelRegistry over a real store', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let folder: string;
  let store: Store;
  let policies: A1Policy[];
  let log: OperatorLog;
  let registry: ModelRegistry;

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-registry-'));
    policies = [];
    await restart();
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const restart = async (): Promise<void> => {
    await store?.close();
    store = await Store.open({ path: join(folder, 'store.sqlite'), onTrouble: () => undefined });
    log = new OperatorLog();
    const service = { want: (policy: A1Policy) => void policies.push(policy) } as unknown as PolicyService;
    const config = { RICOCHET_SLA: SLA } as unknown as NonRtRicConfig;
    registry = new ModelRegistry(bus, store, service, log, config);
    await registry.onApplicationBootstrap();
  };
  const offer = async (
    key: string,
    parent: number | null,
    values: number[] = [1, 2],
  ): Promise<RequestOf<typeof modelSave>> => ({
    key,
    level: 'low',
    architecture: 'nets',
    parent,
    origin: { kind: parent === null ? 'initial' : 'meta-update', contributions: [] },
    parameters: await putVector(bus, Float32Array.from(values)),
  });
  const save = async (...args: Parameters<typeof offer>): Promise<number> =>
    (await registry.save(await offer(...args))).version;
  const versionsInForce = (): unknown[] => policies.map(({ policy }) => policy['modelVersion']);

  it('has nothing at first', async () => {
    expect(await registry.get({ level: 'low' })).toEqual({ model: null });
    expect(registry.status()).toEqual([]);
  });

  it('stores versions, puts each in force at once and hands them out', async () => {
    expect(await save('a', null)).toBe(1);
    expect(await save('b', 1, [3, 4])).toBe(2);
    expect(policies.at(-1)).toEqual({
      policyTypeId: 20_502,
      policyId: 'slice-scheduler-model',
      policy: { modelVersion: 2, sla: SLA },
    });
    const { model } = await registry.get({ level: 'low' });
    expect(model).toMatchObject({ level: 'low', version: 2, architecture: 'nets', parent: 1 });
    expect([...(await getVector(bus, model!.parameters))]).toEqual([3, 4]);
    expect((await registry.get({ level: 'low', version: 1 })).model?.version).toBe(1);
    expect(await registry.get({ level: 'low', version: 3 })).toEqual({ model: null });
    expect(registry.status()).toEqual([{ level: 'low', version: 2, architecture: 'nets', rollbacks: 0 }]);
  });

  it('gives what is said twice one version, also after the next one', async () => {
    await save('a', null);
    expect([await save('b', 1), await save('b', 1)]).toEqual([2, 2]);
    await save('c', 2);
    expect(await save('b', 1)).toBe(2);
    expect(versionsInForce()).toEqual([1, 2, 3]);
  });

  it('numbers rounds on, through restarts', async () => {
    expect([await registry.nextRound('low'), await registry.nextRound('low')]).toEqual([1, 2]);
    await restart();
    expect([await registry.nextRound('low'), await registry.nextRound('high')]).toEqual([3, 1]);
  });

  it('refuses what does not follow the version in force, even when it comes at the same time', async () => {
    await save('a', null);
    const both = await Promise.allSettled([save('b', 1), save('c', 1)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(save('d', 1)).rejects.toThrow('its parent is v1, v2 is in force');
    await expect(save('e', 2, [NaN, 0])).rejects.toThrow('parameter 0 is NaN');
    expect(await store.models({ level: 'low', limit: 10 })).toHaveLength(2);
  });

  it('rolls back, and knows what is in force when it comes again', async () => {
    for (const [key, parent] of [
      ['a', null],
      ['b', 1],
      ['c', 2],
    ] as const)
      await save(key, parent);
    await registry.activate({ level: 'low', version: 1, reason: 'it was better' });
    expect(registry.status()).toMatchObject([{ version: 1, rollbacks: 1 }]);
    expect(log.latest).toEqual(['low model rolled back from v3 to v1: it was better']);
    await restart();
    expect(registry.status()).toMatchObject([{ version: 1, rollbacks: 0 }]);
    expect(versionsInForce()).toEqual([1, 2, 3, 1, 1]);
    expect(await save('d', 1)).toBe(4);
    await registry.activate({ level: 'low', version: 4, reason: 'no step back' });
    expect(registry.status()).toMatchObject([{ version: 4, rollbacks: 0 }]);
    await expect(registry.activate({ level: 'low', version: 9, reason: '' })).rejects.toThrow(
      'there is no low model v9',
    );
  });

  it('says that the disk is in trouble, and keeps the version in force', async () => {
    await save('a', null);
    // The store waits for a disk that is full, and says so in its state.
    let written: (version: number) => void = () => undefined;
    const slow = jest
      .spyOn(store, 'saveModel')
      .mockImplementation(() => new Promise((resolve) => (written = resolve)));
    const saving = save('b', 1);
    await sleep(50);
    const state = jest
      .spyOn(store, 'stats')
      .mockReturnValue({ ...store.stats(), trouble: 'store x: the disk is full' });
    await expect(saving).rejects.toThrow('store x: the disk is full');
    // At once now: nothing piles up.
    await expect(save('c', 1)).rejects.toThrow('store x: the disk is full');
    expect(slow).toHaveBeenCalledTimes(1);
    // Written in the end, it comes too late to be in force.
    written(2);
    await sleep(20);
    expect(registry.status()).toMatchObject([{ version: 1 }]);
    slow.mockRestore();
    state.mockRestore();
    expect(await save('d', 1)).toBe(2);
  });
});
