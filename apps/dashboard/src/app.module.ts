import { Bus } from '@ricochet/bus';
import { addReadMetrics, Health, OperatorLog, readConfig } from '@ricochet/platform';
import { Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DASHBOARD_CONFIG, dashboardConfigSchema, type DashboardConfig } from './dashboard.config.js';
import { FeedService } from './feed.service.js';
import { ApiController } from './http/api.controller.js';

/** The gateway between NATS and the page. */
@Module({
  controllers: [ApiController],
  providers: [
    { provide: OperatorLog, useFactory: () => new OperatorLog('dashboard') },
    { provide: DASHBOARD_CONFIG, useFactory: () => readConfig(dashboardConfigSchema, process.env) },
    {
      provide: Health,
      inject: [DASHBOARD_CONFIG],
      useFactory: (config: DashboardConfig) => Health.open(config, ['nats']),
    },
    {
      provide: Bus,
      // Health is served while NATS is awaited.
      inject: [DASHBOARD_CONFIG, OperatorLog, Health],
      useFactory: (config: DashboardConfig, log: OperatorLog) =>
        Bus.connect({
          url: config.RICOCHET_NATS_URL,
          name: 'dashboard',
          waitForServer: true,
          onTrouble: (line) => log.warn(line),
        }),
    },
    FeedService,
  ],
})
export class AppModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly bus: Bus,
    private readonly health: Health,
    private readonly feed: FeedService,
  ) {}

  onApplicationBootstrap(): void {
    this.health.watchNats(this.bus);
    const { hub } = this.feed;
    addReadMetrics(this.health.metrics, {
      ricochet_dashboard_pages: { help: 'Pages that are open.', read: () => hub.count },
      ricochet_dashboard_superseded_total: {
        help: 'Messages that slow pages were spared, as newer ones came.',
        read: () => hub.supersededCount,
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
    await this.health.close();
  }
}
