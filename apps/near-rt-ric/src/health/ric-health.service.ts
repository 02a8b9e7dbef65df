import { Bus } from '@ricochet/bus';
import { addReadMetrics, Health } from '@ricochet/platform';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ControlService } from '../control/control.service.js';
import { E2Termination } from '../e2/e2-termination.service.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { StatusService } from '../status/status.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';

/** What the RIC's readiness and metrics are read from. Connected nodes are no condition: they come and go. */
@Injectable()
export class RicHealth implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly termination: E2Termination,
    private readonly nodes: NodeRegistry,
    private readonly subscriptions: SubscriptionManager,
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly status: StatusService,
  ) {}

  onModuleInit(): void {
    this.health.watchNats(this.bus);
    this.health.check('store', () => this.store.stats().trouble);
    this.addMetricsOfTheLoop();
    this.addMetricsOfPeers();
    this.addMetricsOfResources();
  }

  private addMetricsOfTheLoop(): void {
    addReadMetrics(this.health.metrics, {
      ricochet_ric_indications_total: {
        help: 'Indications handled.',
        read: () => this.status.counts().indications,
      },
      ricochet_ric_indications_missed_total: {
        help: 'Indications that had not come when a later one did, by their sequence numbers.',
        read: () => this.status.counts().missed,
      },
      ricochet_ric_indications_duplicate_total: {
        help: 'Indications that had come before, and were dropped.',
        read: () => this.status.counts().duplicates,
      },
      ricochet_ric_indications_late_total: {
        help: 'Indications that came after later ones, and were dropped.',
        read: () => this.status.counts().late,
      },
      ricochet_ric_indications_stray_total: {
        help: 'Indications of subscriptions that the RIC does not have.',
        read: () => this.indications.strayCount,
      },
      ricochet_ric_controls_total: {
        help: 'Controls answered, by outcome.',
        by: 'outcome',
        read: () => this.controls.counts,
      },
      ricochet_ric_controls_in_flight: {
        help: 'Controls that their node has not answered yet.',
        read: () => this.controls.inFlight,
      },
      ricochet_ric_control_effects_total: {
        help: 'Acknowledged controls, by what the next report showed of them.',
        by: 'result',
        read: () => {
          const { effectsEffective, effectsIneffective, effectsNotMeasured } = this.status.counts();
          return {
            effective: effectsEffective,
            ineffective: effectsIneffective,
            'not-measured': effectsNotMeasured,
          };
        },
      },
    });
  }

  private addMetricsOfPeers(): void {
    addReadMetrics(this.health.metrics, {
      ricochet_ric_e2_nodes: {
        help: 'E2 nodes known, by state.',
        by: 'state',
        read: () => {
          const connected = this.nodes.all().filter(({ association }) => association !== undefined).length;
          return { connected, disconnected: this.nodes.all().length - connected };
        },
      },
      ricochet_ric_e2_peers_refused_total: {
        help: 'E2 peers that were not taken, or not set up.',
        read: () => this.termination.refusedPeers,
      },
      ricochet_ric_e2_pdus_refused_total: {
        help: 'E2AP PDUs that could not be used.',
        read: () => this.termination.invalidPdus,
      },
      ricochet_ric_subscriptions: {
        help: 'Subscriptions at E2 nodes, by state.',
        by: 'state',
        read: () =>
          tally(
            ['pending', 'active', 'failed'],
            this.subscriptions.all().map(({ state }) => state),
          ),
      },
      ricochet_ric_xapps: {
        help: 'xApps, by state.',
        by: 'state',
        read: () =>
          tally(
            ['starting', 'running', 'lost', 'parked'],
            this.status.xapps().map(({ state }) => state),
          ),
      },
      ricochet_ric_xapp_restarts_total: {
        help: 'Restarts of hosted xApps, by name.',
        by: 'xapp',
        read: () => Object.fromEntries(this.status.xapps().map(({ name, restarts }) => [name, restarts])),
      },
    });
  }

  private addMetricsOfResources(): void {
    addReadMetrics(this.health.metrics, {
      ricochet_invalid_messages_total: {
        help: 'Messages that could not be read.',
        read: () => this.status.counts().invalidMessages,
      },
      ricochet_store_rows_written_total: {
        help: 'Series rows on disk.',
        read: () => this.store.stats().rowsWritten,
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
}

/** How many there are of each; also of those that there could be. */
function tally<S extends string>(possible: readonly S[], found: readonly S[]): Record<string, number> {
  return Object.fromEntries(possible.map((state) => [state, found.filter((s) => s === state).length]));
}
