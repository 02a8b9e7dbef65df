import { ChildHost, type HostedChild } from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NON_RT_RIC_CONFIG, type NonRtRicConfig } from '../non-rt-ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { RAppRegistry } from './rapp-registry.service.js';

/** Runs each deployed rApp as a child process of its own, and starts it again when it ends. */
@Injectable()
export class RAppHost implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly host: ChildHost;

  constructor(
    @Inject(NON_RT_RIC_CONFIG) private readonly config: NonRtRicConfig,
    registry: RAppRegistry,
    log: OperatorLog,
  ) {
    this.host = new ChildHost({
      kind: 'rApp',
      environmentOf: ({ config: own }) => ({
        RICOCHET_NATS_URL: config.RICOCHET_NATS_URL,
        RICOCHET_RAPP_CONFIG: JSON.stringify(own),
      }),
      onEnded: ({ name }) => registry.ended(name),
      onTrouble: (line) => log.warn(line),
    });
  }

  all(): readonly HostedChild[] {
    return this.host.all();
  }

  onApplicationBootstrap(): void {
    this.host.start(this.config.RICOCHET_RAPPS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.host.stop();
  }
}
