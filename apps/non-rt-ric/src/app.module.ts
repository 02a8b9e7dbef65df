import { Bus } from '@ricochet/bus';
import { Health, readConfig } from '@ricochet/platform';
import { Store, storeLocation } from '@ricochet/store';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PolicyService } from './a1/policy.service.js';
import { NonRtRicHealth } from './health/non-rt-ric-health.service.js';
import { LearningMetrics } from './learning/learning-metrics.js';
import { LearningMonitor } from './learning/learning-monitor.service.js';
import { ModelController } from './models/model.controller.js';
import { ModelRegistry } from './models/model-registry.service.js';
import { NON_RT_RIC_CONFIG, nonRtRicConfigSchema, type NonRtRicConfig } from './non-rt-ric.config.js';
import { RAppHost } from './rapps/rapp-host.service.js';
import { RAppRegistryController } from './rapps/rapp-registry.controller.js';
import { RAppRegistry } from './rapps/rapp-registry.service.js';
import { OperatorLog } from './status/operator-log.service.js';
import { StatusService } from './status/status.service.js';

const DATABASE_SCHEMA = 'non_rt_ric';

/** What touches the world: configuration, health, bus, store, log. */
@Global()
@Module({
  providers: [
    OperatorLog,
    { provide: NON_RT_RIC_CONFIG, useFactory: () => readConfig(nonRtRicConfigSchema, process.env) },
    {
      provide: Health,
      inject: [NON_RT_RIC_CONFIG],
      useFactory: (config: NonRtRicConfig) => Health.open(config, ['nats', 'store']),
    },
    {
      provide: Bus,
      // Health is served while NATS is awaited.
      inject: [NON_RT_RIC_CONFIG, OperatorLog, Health],
      useFactory: (config: NonRtRicConfig, log: OperatorLog) =>
        Bus.connect({
          url: config.RICOCHET_NATS_URL,
          name: 'non-rt-ric',
          waitForServer: true,
          onTrouble: (line) => log.warn(line),
        }),
    },
    {
      provide: Store,
      inject: [NON_RT_RIC_CONFIG, OperatorLog],
      useFactory: (config: NonRtRicConfig, log: OperatorLog) =>
        Store.open({
          ...storeLocation(config.DATABASE_URL ?? config.RICOCHET_STORE, DATABASE_SCHEMA),
          onTrouble: (line) => log.warn(line),
          onRecovery: (line) => log.info(line),
        }),
    },
  ],
  exports: [OperatorLog, NON_RT_RIC_CONFIG, Health, Bus, Store],
})
class PlatformModule {}

/** The Non-RT RIC. */
@Module({
  imports: [PlatformModule],
  controllers: [ModelController, RAppRegistryController],
  providers: [
    PolicyService,
    ModelRegistry,
    RAppRegistry,
    RAppHost,
    LearningMetrics,
    LearningMonitor,
    StatusService,
    NonRtRicHealth,
  ],
})
export class AppModule implements OnApplicationShutdown {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Store) private readonly store: Store,
    private readonly health: Health,
  ) {}

  /** Modules shut down in the order of their import distance: everybody else is done by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
    await this.store.close();
    await this.health.close();
  }
}
