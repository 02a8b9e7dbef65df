import { Bus } from '@ricochet/bus';
import { xAppMetrics, xAppOf } from '@ricochet/contracts';
import { Health, ToldMetrics } from '@ricochet/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppRegistry } from './xapp-registry.service.js';

const CHECK_EVERY_MS = 5_000;

/** Metrics of the xApps that serve, among ours: `xapp_<name>` with the label `xapp`. */
@Injectable()
export class XAppMetricsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly metrics: ToldMetrics;
  private readonly sources = new Set<string>();
  private readonly toldOf = new Set<string>();
  private checking: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly registry: XAppRegistry,
    private readonly log: OperatorLog,
    health: Health,
  ) {
    this.metrics = new ToldMetrics(health.metrics, { prefix: 'xapp_', label: 'xapp' });
  }

  onApplicationBootstrap(): void {
    this.bus.subscribe(xAppMetrics('*'), ({ instance, metrics }, subject) => {
      const name = xAppOf(subject);
      // One that takes over or leaves counts on its own.
      if (this.registry.find(name)?.instance !== instance) return;
      this.sources.add(name);
      for (const metric of this.metrics.take(name, metrics)) this.tellOnce(name, metric);
    });
    this.checking = setInterval(() => this.dropLost(), CHECK_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.checking);
  }

  private dropLost(): void {
    for (const name of this.sources) {
      if (this.registry.find(name)?.state === 'running') continue;
      this.sources.delete(name);
      this.metrics.drop(name);
    }
  }

  private tellOnce(name: string, metric: string): void {
    const key = `${name} ${metric}`;
    if (this.toldOf.has(key) || this.toldOf.size >= 1_000) return;
    this.toldOf.add(key);
    this.log.warn(`metric ${metric} of xApp ${name} is not shown: another xApp has it as another kind`);
  }
}
