import { randomUUID } from 'node:crypto';
import { Bus } from '@ricochet/bus';
import { nonRtStatus, type NonRtStatus } from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PolicyService } from '../a1/policy.service.js';
import { LearningMetrics } from '../learning/learning-metrics.js';
import { ModelRegistry } from '../models/model-registry.service.js';
import { RAppHost } from '../rapps/rapp-host.service.js';
import { RAppRegistry } from '../rapps/rapp-registry.service.js';
import { OperatorLog } from './operator-log.service.js';

const PUBLISH_EVERY_MS = 250;

/** Tells a few times a second how the Non-RT RIC is. */
@Injectable()
export class StatusService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly instance = randomUUID();
  private publishing: NodeJS.Timeout | undefined;
  private invalidRequests = 0;

  constructor(
    private readonly bus: Bus,
    private readonly host: RAppHost,
    private readonly registry: RAppRegistry,
    private readonly models: ModelRegistry,
    private readonly learning: LearningMetrics,
    private readonly policies: PolicyService,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.publishing = setInterval(() => this.bus.publish(nonRtStatus, this.status()), PUBLISH_EVERY_MS);
  }

  /** A request that could not be read came by the control plane. */
  invalidRequest(line: string): void {
    this.invalidRequests += 1;
    this.log.warn(line);
  }

  /** Messages that could not be read since the start, whichever way they came. */
  get invalidMessages(): number {
    return this.bus.invalidMessages + this.invalidRequests;
  }

  onApplicationShutdown(): void {
    clearInterval(this.publishing);
  }

  private status(): NonRtStatus {
    return {
      instance: this.instance,
      rapps: this.rapps(),
      models: this.models
        .status()
        .map((model) => ({ ...model, adaptations: this.learning.adaptations.of(model.level) })),
      policies: this.policies.all(),
      log: [...this.log.latest],
    };
  }

  /** Those that we host, and those that announced themselves. */
  private rapps(): NonRtStatus['rapps'] {
    const hosted = new Map(this.host.all().map((child) => [child.deployment.name, child]));
    const registered = new Map(this.registry.all().map((rapp) => [rapp.name, rapp]));
    return [...new Set([...hosted.keys(), ...registered.keys()])].map((name) => {
      const [host, alive] = [hosted.get(name), registered.get(name)];
      return {
        name,
        version: alive?.version ?? '',
        state: host?.state === 'parked' ? 'parked' : (alive?.state ?? 'starting'),
        cause: host?.cause,
        restarts: host?.restarts ?? 0,
      };
    });
  }
}
