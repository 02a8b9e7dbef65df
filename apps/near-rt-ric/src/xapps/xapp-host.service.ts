import { ChildHost, type HostedChild } from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppRegistry } from './xapp-registry.service.js';

/** Runs each deployed xApp as a child process of its own, and starts it again when it ends. */
@Injectable()
export class XAppHost implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly host: ChildHost;

  constructor(
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
    registry: XAppRegistry,
    log: OperatorLog,
  ) {
    this.host = new ChildHost({
      kind: 'xApp',
      environmentOf: ({ config: own }) => ({
        RICOCHET_NATS_URL: config.RICOCHET_NATS_URL,
        RICOCHET_XAPP_CONFIG: JSON.stringify(own),
      }),
      onEnded: ({ name }) => registry.ended(name),
      onTrouble: (line) => log.warn(line),
    });
  }

  all(): readonly HostedChild[] {
    return this.host.all();
  }

  onApplicationBootstrap(): void {
    this.host.start(this.config.RICOCHET_XAPPS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.host.stop();
  }
}
