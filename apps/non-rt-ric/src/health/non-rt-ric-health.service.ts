import { Bus } from '@ricochet/bus';
import { addReadMetrics, Health } from '@ricochet/platform';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PolicyService } from '../a1/policy.service.js';
import { ModelRegistry } from '../models/model-registry.service.js';
import { RAppHost } from '../rapps/rapp-host.service.js';
import { StatusService } from '../status/status.service.js';

/** What the Non-RT RIC's readiness and metrics are read from. The Near-RT RIC is no condition: it comes and goes. */
@Injectable()
export class NonRtRicHealth implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly models: ModelRegistry,
    private readonly policies: PolicyService,
    private readonly host: RAppHost,
    private readonly status: StatusService,
  ) {}

  onModuleInit(): void {
    this.health.watchNats(this.bus);
    this.health.check('store', () => this.store.stats().trouble);
    addReadMetrics(this.health.metrics, {
      ricochet_model_version: {
        help: 'Model version in force, by level.',
        by: 'level',
        read: () => this.byLevel(({ version }) => version),
      },
      ricochet_model_rollbacks_total: {
        help: 'Times that an older model version was put in force, by level.',
        by: 'level',
        read: () => this.byLevel(({ rollbacks }) => rollbacks),
      },
      ricochet_a1_policies_not_enforced: {
        help: 'Policies that the Near-RT RIC does not enforce.',
        read: () => this.policies.all().filter(({ enforceStatus }) => enforceStatus !== 'ENFORCED').length,
      },
      ricochet_rapp_restarts_total: {
        help: 'Restarts of hosted rApps, by name.',
        by: 'rapp',
        read: () =>
          Object.fromEntries(this.host.all().map(({ deployment, restarts }) => [deployment.name, restarts])),
      },
      ricochet_invalid_messages_total: {
        help: 'Messages that could not be read.',
        read: () => this.status.invalidMessages,
      },
      ricochet_store_rows_dropped_total: {
        help: 'Series rows lost.',
        read: () => this.store.stats().rowsDropped,
      },
      ricochet_store_queue_depth: {
        help: 'Series rows and records that wait to be written.',
        read: () => this.store.stats().queueDepth,
      },
    });
  }

  private byLevel(
    value: (model: ReturnType<ModelRegistry['status']>[number]) => number,
  ): Record<string, number> {
    return Object.fromEntries(this.models.status().map((model) => [model.level, value(model)]));
  }
}
