import { Bus } from '@ricochet/bus';
import { nodeTimers } from '@ricochet/e2-transport';
import { Health, readConfig } from '@ricochet/platform';
import { Store, storeLocation } from '@ricochet/store';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { A1Controller } from './a1/a1.controller.js';
import { A1PolicyService } from './a1/a1-policy.service.js';
import { ApiService } from './api/api.service.js';
import { EventSubscriptions } from './api/appmgr/event-subscriptions.service.js';
import { EventFeed } from './api/events/event-feed.js';
import { EventSources } from './api/events/event-sources.service.js';
import { ConflictService } from './control/conflict.service.js';
import { ControlMetrics } from './control/control-metrics.service.js';
import { ControlService } from './control/control.service.js';
import { ControlsController } from './control/controls.controller.js';
import { DriftService } from './control/drift.service.js';
import { EffectService } from './control/effect.service.js';
import { GuardService } from './control/guard.service.js';
import { OwnReports } from './control/own-reports.service.js';
import { XAppStandings } from './control/xapp-standings.service.js';
import { E2Termination } from './e2/e2-termination.service.js';
import { E2_TIMERS } from './e2/e2-timers.js';
import { NodeProceduresController } from './e2/node-procedures.controller.js';
import { NodeProcedures } from './e2/node-procedures.service.js';
import { NodeRegistry } from './e2/node-registry.service.js';
import { FaultsController } from './faults/faults.controller.js';
import { PlayedFaults } from './faults/played-faults.js';
import { ControlLatency } from './health/control-latency.js';
import { RicHealth } from './health/ric-health.service.js';
import { LockstepController } from './lockstep/lockstep.controller.js';
import { LockstepMode } from './lockstep/lockstep-mode.js';
import { LockstepService } from './lockstep/lockstep.service.js';
import { KpiRecorder } from './recording/kpi-recorder.service.js';
import { RunRecorder } from './recording/run-recorder.service.js';
import { RIC_CONFIG, ricConfigSchema, type RicConfig } from './ric.config.js';
import { OperatorLog } from './status/operator-log.service.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';
import { IndicationService } from './subscriptions/indication.service.js';
import { SubscriptionManager } from './subscriptions/subscription-manager.service.js';
import { XAppCredentials } from './xapps/xapp-credentials.service.js';
import { XAppDeployments } from './xapps/xapp-deployments.service.js';
import { XAppHost } from './xapps/xapp-host.service.js';
import { XAppLifecycle } from './xapps/xapp-lifecycle.service.js';
import { XAppPackages } from './xapps/xapp-packages.service.js';
import { XAppReconciler } from './xapps/xapp-reconciler.service.js';
import { XAppData } from './xapps/xapp-data.service.js';
import { XAppMetricsService } from './xapps/xapp-metrics.service.js';
import { XAppRegistry } from './xapps/xapp-registry.service.js';

const DATABASE_SCHEMA = 'near_rt_ric';

/** What touches the world: configuration, health, bus, store, log. */
@Global()
@Module({
  providers: [
    OperatorLog,
    LockstepMode,
    { provide: E2_TIMERS, useValue: nodeTimers },
    { provide: RIC_CONFIG, useFactory: () => readConfig(ricConfigSchema, process.env) },
    {
      provide: Health,
      inject: [RIC_CONFIG],
      useFactory: (config: RicConfig) => Health.open(config, ['nats', 'store']),
    },
    {
      provide: Bus,
      // Health is served while NATS is awaited.
      inject: [RIC_CONFIG, OperatorLog, LockstepMode, Health],
      useFactory: (config: RicConfig, log: OperatorLog, lockstep: LockstepMode) =>
        Bus.connect({
          url: config.RICOCHET_NATS_URL,
          name: 'near-rt-ric',
          waitForServer: true,
          isHurried: () => lockstep.isOn,
          onTrouble: (line) => log.warn(line),
        }),
    },
    {
      provide: Store,
      inject: [RIC_CONFIG, OperatorLog],
      useFactory: (config: RicConfig, log: OperatorLog) =>
        Store.open({
          ...storeLocation(config.DATABASE_URL ?? config.RICOCHET_STORE, DATABASE_SCHEMA),
          onTrouble: (line) => log.warn(line),
          onRecovery: (line) => log.info(line),
        }),
    },
  ],
  exports: [OperatorLog, LockstepMode, E2_TIMERS, RIC_CONFIG, Health, Bus, Store],
})
class PlatformModule {}

/** The Near-RT RIC. */
@Module({
  imports: [PlatformModule],
  controllers: [
    A1Controller,
    ControlsController,
    FaultsController,
    LockstepController,
    NodeProceduresController,
    StatusController,
  ],
  providers: [
    NodeRegistry,
    SubscriptionManager,
    IndicationService,
    E2Termination,
    NodeProcedures,
    OwnReports,
    EffectService,
    XAppStandings,
    ConflictService,
    ControlService,
    GuardService,
    DriftService,
    ControlMetrics,
    PlayedFaults,
    LockstepService,
    XAppRegistry,
    A1PolicyService,
    XAppCredentials,
    XAppPackages,
    XAppDeployments,
    XAppHost,
    XAppReconciler,
    XAppLifecycle,
    XAppData,
    XAppMetricsService,
    KpiRecorder,
    RunRecorder,
    StatusService,
    ControlLatency,
    RicHealth,
    EventSubscriptions,
    EventFeed,
    EventSources,
    ApiService,
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
