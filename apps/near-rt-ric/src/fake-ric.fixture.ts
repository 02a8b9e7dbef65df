import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus } from '@ricochet/bus';
import { type SubscriptionNotice } from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { E2Termination } from './e2/e2-termination.service.js';
import { NodeRegistry } from './e2/node-registry.service.js';
import { delivered, ManualTimers } from './manual-timers.fixture.js';
import { ricConfigSchema } from './ric.config.js';
import { OperatorLog } from './status/operator-log.service.js';
import { IndicationService, type Delivery } from './subscriptions/indication.service.js';
import { SubscriptionManager } from './subscriptions/subscription-manager.service.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

/** All that the fake nodes' ids begin with. */
const COMMON_PREFIX = 'gnb-001-01-1-';

/** An operator's log that keeps its lines. */
class KeptLog extends OperatorLog {
  readonly lines: string[] = [];

  override info(line: string): void {
    this.lines.push(line);
  }

  override warn(line: string): void {
    this.lines.push(line);
  }
}

/** One life of the RIC, as far as nodes and subscriptions go; time stands still unless `timers` are told otherwise. */
export class FakeRic {
  /** Peers that have connected. */
  peers = 0;
  readonly notices: string[] = [];
  readonly deliveries: Delivery[] = [];
  readonly reports: MeasurementReport[] = [];

  private constructor(
    readonly store: Store,
    readonly timers: ManualTimers,
    readonly log: KeptLog,
    readonly registry: NodeRegistry,
    readonly manager: SubscriptionManager,
    readonly indications: IndicationService,
    readonly termination: E2Termination,
  ) {}

  static async start(store: Store, environment: Readonly<Record<string, string>> = {}): Promise<FakeRic> {
    const timers = new ManualTimers();
    const log = new KeptLog();
    const registry = new NodeRegistry(store, log, timers);
    const manager = new SubscriptionManager(registry, store, log, timers);
    const indications = new IndicationService(manager);
    const config = ricConfigSchema.parse({ RICOCHET_NATS_URL: 'nats://nowhere', ...environment });
    const noBus = {} as Bus;
    const termination = new E2Termination(noBus, registry, indications, log, timers, config);
    const ric = new FakeRic(store, timers, log, registry, manager, indications, termination);
    await manager.onModuleInit();
    manager.onNotice((xapp, notice) => ric.notices.push(textOf(xapp, notice)));
    indications.deliverWith((delivery) => ric.deliveries.push(delivery));
    indications.onReport((report) => ric.reports.push(report));
    return ric;
  }

  /** Lines of the operator's log that match. */
  told(pattern: RegExp): string[] {
    return this.log.lines.filter((line) => pattern.test(line));
  }

  states(): string[] {
    return this.manager.all().map(({ nodeId, state }) => `${short(nodeId)} ${state}`);
  }

  /** Lets time pass, and what comes of it arrive. */
  async after(ms: number): Promise<void> {
    this.timers.advance(ms);
    await delivered();
  }

  /** All that it wants to keep is on disk, as the store has it. */
  async kept(): Promise<{ id: number; subscribers: readonly string[]; state: string }[]> {
    await this.store.flush();
    const records = await this.store.subscriptions();
    return records.map(({ subscriptionId: id, subscribers, state }) => ({ id, subscribers, state }));
  }
}

const short = (text: string): string => text.replaceAll(COMMON_PREFIX, '');

function textOf(xapp: string, { nodeId, subscription, state, cause }: SubscriptionNotice): string {
  return short([xapp, subscription, nodeId, state, ...(cause === undefined ? [] : [cause])].join(' '));
}

/** A store of the test file's own, emptied of subscriptions after each test. */
export function temporaryStore(): { store: Store; readonly folder: string; reopen(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-ric-'));
  const open = (): Promise<Store> =>
    Store.open({ path: join(folder, 'ric.sqlite'), onTrouble: () => undefined });
  const opened = {
    folder,
    store: undefined as unknown as Store,
    /** All that is not on disk is gone. */
    async reopen() {
      await opened.store.close();
      opened.store = await open();
    },
  };
  beforeAll(async () => {
    opened.store = await open();
  });
  afterEach(async () => {
    await delivered();
    await opened.store.flush();
    const records = await opened.store.subscriptions();
    await Promise.all(records.map(({ subscriptionId }) => opened.store.deleteSubscription(subscriptionId)));
  });
  afterAll(async () => {
    await opened.store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return opened;
}
