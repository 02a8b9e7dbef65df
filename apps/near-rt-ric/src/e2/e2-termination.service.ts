import { Bus } from '@ricochet/bus';
import { e2apCodecs, type Timers, type Transport } from '@ricochet/e2ap';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RIC_CONFIG, refusedPdusPath, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { E2Listeners } from './e2-listeners.js';
import { type E2Peer } from './e2-node.js';
import { E2_TIMERS } from './e2-timers.js';
import { NodeAssociation, type AssociationServices } from './node-association.js';
import { NodeRegistry } from './node-registry.service.js';
import { RefusedPdus } from './refused-pdus.js';
import { Strangers } from './strangers.js';

/** Where E2 nodes come in, over NATS and over SCTP. */
@Injectable()
export class E2Termination implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners: E2Listeners;
  private readonly services: AssociationServices;
  private invalid = 0;

  constructor(
    bus: Bus,
    registry: NodeRegistry,
    indications: IndicationService,
    log: OperatorLog,
    @Inject(E2_TIMERS) timers: Timers,
    @Inject(RIC_CONFIG) config: RicConfig,
  ) {
    const warn = (line: string): void => log.warn(line);
    this.services = {
      registry,
      indications,
      refusedPdus: new RefusedPdus({ path: refusedPdusPath(config), timers, onTrouble: warn }),
      strangers: new Strangers(timers, warn),
      log,
      timers,
      codec: e2apCodecs[config.RICOCHET_E2_CODEC],
      profiles: config.RICOCHET_E2_PROFILES,
      onInvalid: () => (this.invalid += 1),
    };
    this.listeners = new E2Listeners({
      bus,
      timers,
      log,
      codec: config.RICOCHET_E2_CODEC,
      sctp: config.RICOCHET_E2_LISTEN,
      allowed: config.RICOCHET_E2_ALLOW,
      strangers: this.services.strangers,
      onAssociation: (transport, peer) => this.accept(transport, peer),
    });
  }

  /** PDUs that could not be used. */
  get invalidPdus(): number {
    return this.invalid;
  }

  /** Peers that were not taken, or not set up. */
  get refusedPeers(): number {
    return this.services.strangers.refusals;
  }

  /** Where nodes are taken over SCTP, or why they are not; `undefined` when that was not asked for. */
  get sctpState(): string | undefined {
    return this.listeners.sctpState;
  }

  /** @throws SctpError when the address that it is told to listen on can not be had. */
  async onApplicationBootstrap(): Promise<void> {
    await this.listeners.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listeners.close('the RIC is shutting down');
    await this.services.refusedPdus.flushed();
  }

  /** A peer has connected: it is a node as soon as it has set up. */
  accept(transport: Transport, peer: E2Peer): void {
    new NodeAssociation(transport, peer, this.services);
  }
}
