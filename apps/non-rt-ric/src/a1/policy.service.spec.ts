import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  a1Policies,
  a1PolicyFeedback,
  a1PutPolicy,
  type A1Policy,
  type A1PolicyStatus,
  type EnforceStatus,
} from '@ricochet/contracts';
import { Store } from '@ricochet/store';
import { OperatorLog } from '../status/operator-log.service.js';
import { PolicyService } from './policy.service.js';

const policy = (modelVersion: number): A1Policy => ({
  policyTypeId: 20_501,
  policyId: 'slice-quota-model',
  policy: { modelVersion, sla: {} },
});

describe('PolicyService over a real bus and store', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let peer: Bus;
  let folder: string;
  let store: Store;
  let log: OperatorLog;
  let service: PolicyService;
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'non-rt-ric', onTrouble: () => undefined });
    peer = await Bus.connect({ url: nats.url, name: 'near-rt-ric', onTrouble: () => undefined });
  });
  afterAll(async () => {
    await Promise.all([bus.close(), peer.close()]);
    await nats.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-policies-'));
    store = await Store.open({ path: join(folder, 'store.sqlite'), onTrouble: () => undefined });
    await restart();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    service.onApplicationShutdown();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const restart = async (): Promise<void> => {
    service?.onApplicationShutdown();
    log = new OperatorLog();
    // Objects of the store's thread are of another realm than jest's, so never strictly equal to ours.
    const stored = JSON.parse(JSON.stringify(await store.policies())) as Awaited<
      ReturnType<Store['policies']>
    >;
    jest.spyOn(store, 'policies').mockResolvedValueOnce(stored);
    service = new PolicyService(bus, store, log);
    await service.onApplicationBootstrap();
    await bus.flush();
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  /** A Near-RT RIC that takes policies; gives what it was handed. */
  const take = async (known: A1PolicyStatus[] = [], fault?: string): Promise<A1Policy[]> => {
    const taken: A1Policy[] = [];
    stops.push(
      peer.serve(a1PutPolicy, (one) => {
        taken.push(one);
        if (fault !== undefined) throw new Error(fault);
        return {};
      }),
      peer.serve(a1Policies, () => ({ policies: known })),
    );
    await peer.flush();
    return taken;
  };
  const status = (): [EnforceStatus, string | undefined][] =>
    service.all().map(({ enforceStatus, enforceReason }) => [enforceStatus, enforceReason]);
  const feedback = (about: A1Policy, enforceStatus: EnforceStatus, enforceReason?: string): void =>
    peer.publish(a1PolicyFeedback, {
      ...about,
      enforceStatus,
      ...(enforceReason !== undefined && { enforceReason }),
    });

  it('tries until somebody answers, and tells so once', async () => {
    service.want(policy(1));
    await until(() => log.latest.length > 0);
    expect(status()).toEqual([['NOT_ENFORCED', 'the Near-RT RIC has not answered yet']]);
    const taken = await take([{ ...policy(1), enforceStatus: 'ENFORCED' }]);
    await until(() => status()[0]?.[0] === 'ENFORCED');
    expect(taken).toEqual([policy(1)]);
    expect(log.latest).toEqual([
      'the Near-RT RIC takes no policies: a1.policy.put: nobody answers',
      'the Near-RT RIC takes policies again',
    ]);
  });

  it('hands over the latest alone when several were wanted meanwhile', async () => {
    service.want(policy(1));
    await until(() => log.latest.length > 0);
    service.want(policy(2));
    service.want(policy(3));
    await bus.flush();
    const taken = await take();
    await until(() => taken.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(taken).toEqual([policy(3)]);
  });

  it('keeps what became of a policy, and not what became of its predecessor', async () => {
    await take();
    service.want(policy(1));
    service.want(policy(2));
    feedback(policy(2), 'NOT_ENFORCED', 'xApp slice-quota has not answered yet');
    await until(() => status()[0]?.[1] === 'xApp slice-quota has not answered yet');
    feedback(policy(1), 'ENFORCED');
    feedback(policy(2), 'NOT_ENFORCED', 'xApp slice-quota: it is too hard');
    await until(() => status()[0]?.[1] === 'xApp slice-quota: it is too hard');
    feedback(policy(2), 'ENFORCED');
    await until(() => status()[0]?.[0] === 'ENFORCED');
    expect(status()).toEqual([['ENFORCED', undefined]]);
  });

  it('tells why a policy is refused, and tries on', async () => {
    const taken = await take([], 'policy type 20501 is unknown');
    service.want(policy(1));
    await until(() => taken.length >= 3);
    expect(status()).toEqual([['NOT_ENFORCED', 'refused: policy type 20501 is unknown']]);
    expect(log.latest).toEqual(['policy slice-quota-model: refused: policy type 20501 is unknown']);
  });

  it('hands its policies over again when it comes again, with what was last said of them', async () => {
    await take();
    service.want(policy(4));
    feedback(policy(4), 'ENFORCED');
    await until(() => status()[0]?.[0] === 'ENFORCED');
    for (const stop of stops.splice(0)) stop();
    await store.flush();
    await restart();
    expect(service.all()).toEqual([{ ...policy(4), enforceStatus: 'ENFORCED' }]);
    const taken = await take();
    await until(() => taken.length > 0);
    expect(taken).toEqual([policy(4)]);
    // Wanting what is wanted already changes nothing.
    service.want(policy(4));
    expect(status()).toEqual([['ENFORCED', undefined]]);
  });
});
