import { ApiKeys, messageOf, readApiKeys } from '@ricochet/platform';
import { Store } from '@ricochet/store';
import { Bus } from '@ricochet/bus';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ControlsController } from '../control/controls.controller.js';
import { apiKeysPath, RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { StatusService } from '../status/status.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { XAppLifecycle } from '../xapps/xapp-lifecycle.service.js';
import { EventSubscriptions } from './appmgr/event-subscriptions.service.js';
import { EventFeed } from './events/event-feed.js';
import { type ApiRic } from './api-ric.js';
import { serveApi, type ApiServer } from './api-server.js';

/** The RIC's API over HTTP, where `RICOCHET_API` says; closed before anything that it opens. */
@Injectable()
export class ApiService implements BeforeApplicationShutdown {
  private server: ApiServer | undefined;

  constructor(
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
    private readonly lifecycle: XAppLifecycle,
    private readonly status: StatusService,
    private readonly e2: SubscriptionManager,
    private readonly subscriptions: EventSubscriptions,
    private readonly events: EventFeed,
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly log: OperatorLog,
    private readonly modules: ModuleRef,
  ) {}

  /** Once everything else has begun: what is asked first must find all xApps. @throws ConfigError */
  async open(): Promise<void> {
    const { RICOCHET_API: address, RICOCHET_API_KEYS: given } = this.config;
    if (address === undefined) return;
    const file = apiKeysPath(this.config);
    const keys = new ApiKeys([...given, ...(await readApiKeys(file))]);
    if (keys.count === 0) {
      this.log.warn(`API: nobody gets in: there are no keys, neither in RICOCHET_API_KEYS nor in ${file}`);
    }
    const onFault = (error: unknown): void => this.log.warn(`API: ${messageOf(error)}`);
    this.server = await serveApi({ address, keys, ric: this.doors(), onFault });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.close();
  }

  private doors(): ApiRic {
    return {
      lifecycle: this.lifecycle,
      subscriptions: this.subscriptions,
      events: this.events,
      e2Subscriptions: () => this.e2.all(),
      nodes: () => this.status.nodesSeen(),
      controls: (asked) => this.modules.get(ControlsController).controls(asked),
      fault: () => (this.bus.isUp ? this.store.stats().trouble : 'NATS is not connected'),
    };
  }
}
