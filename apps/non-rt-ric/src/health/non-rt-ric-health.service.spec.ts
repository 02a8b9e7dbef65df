import { Bus, EmbeddedNats } from '@ricochet/bus';
import { event } from '@ricochet/contracts';
import { Health } from '@ricochet/platform';
import { type Store } from '@ricochet/store';
import { z } from 'zod';
import { type PolicyService } from '../a1/policy.service.js';
import { LearningMetrics } from '../learning/learning-metrics.js';
import { type ModelRegistry } from '../models/model-registry.service.js';
import { type RAppHost } from '../rapps/rapp-host.service.js';
import { type RAppRegistry } from '../rapps/rapp-registry.service.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { StatusService } from '../status/status.service.js';
import { NonRtRicHealth } from './non-rt-ric-health.service.js';

const tick = event('test.tick', z.strictObject({ n: z.int() }));

describe('NonRtRicHealth', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let health: Health;
  let status: StatusService;

  beforeEach(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'non-rt-ric', onTrouble: () => undefined });
    health = await Health.open({ RICOCHET_NODE_METRICS: false }, ['nats', 'store']);
    // There are no rApps, models and policies.
    const none = { all: () => [], status: () => [] };
    const host = none as unknown as RAppHost;
    const models = none as unknown as ModelRegistry;
    const policies = none as unknown as PolicyService;
    const store = { stats: () => ({ rowsDropped: 0, queueDepth: 0 }) } as unknown as Store;
    const log = new OperatorLog();
    const learning = new LearningMetrics(health);
    status = new StatusService(bus, host, none as unknown as RAppRegistry, models, learning, policies, log);
    new NonRtRicHealth(health, bus, store, models, policies, host, status).onModuleInit();
  });
  afterEach(async () => {
    await bus.close();
    await health.close();
    await nats.stop();
  });

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const metric = async (name: string): Promise<number> => {
    const line = new RegExp(`^${name} (\\d+)$`, 'm').exec(await health.metrics.metrics());
    return Number(line?.[1]);
  };

  it('counts what could not be read, by the bus and by the control plane', async () => {
    expect(await metric('ricochet_invalid_messages_total')).toBe(0);
    bus.subscribe(tick, () => undefined);
    bus.publishBytes(tick.subject, Buffer.from('{'));
    await until(() => bus.invalidMessages === 1);
    status.invalidRequest('message dropped: nonrt.model.get: not JSON');
    status.invalidRequest('message dropped: nonrt.model.get: level: invalid');
    expect(await metric('ricochet_invalid_messages_total')).toBe(3);
  });

  it('counts how often NATS came back', async () => {
    expect(await metric('ricochet_nats_reconnects_total')).toBe(0);
    await nats.stop();
    await until(() => !bus.isUp);
    expect(await metric('ricochet_nats_up')).toBe(0);
    nats = await EmbeddedNats.start({ port: nats.port, password: nats.password });
    await until(() => bus.isUp);
    expect(await metric('ricochet_nats_up')).toBe(1);
    expect(await metric('ricochet_nats_reconnects_total')).toBe(1);
  });
});
