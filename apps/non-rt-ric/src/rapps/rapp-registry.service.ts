import { type rAppRegister, type RequestOf } from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';

const CHECK_EVERY_MS = 1_000;
/** No sign of life for so long: the rApp is lost. */
const LOST_AFTER_MS = 4_000;

/** An rApp that has announced itself. */
export interface RegisteredRApp {
  readonly name: string;
  readonly version: string;
  readonly instance: string;
  state: 'running' | 'lost';
  heardAtMs: number;
}

/** Which rApps are alive, by their own word. */
@Injectable()
export class RAppRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rapps = new Map<string, RegisteredRApp>();
  private checking: NodeJS.Timeout | undefined;

  constructor(private readonly log: OperatorLog) {}

  onApplicationBootstrap(): void {
    this.checking = setInterval(() => this.check(), CHECK_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.checking);
  }

  all(): readonly RegisteredRApp[] {
    return [...this.rapps.values()];
  }

  register({ rapp: name, version, instance }: RequestOf<typeof rAppRegister>): void {
    const known = this.rapps.get(name);
    if (known?.instance !== instance) this.log.info(`rApp ${name} ${version} registered`);
    else if (known.state === 'lost') this.log.info(`rApp ${name} is heard again`);
    this.rapps.set(name, { name, version, instance, state: 'running', heardAtMs: performance.now() });
  }

  /** The process is known to have ended. */
  ended(name: string): void {
    const rapp = this.rapps.get(name);
    if (rapp !== undefined) rapp.state = 'lost';
  }

  private check(): void {
    for (const rapp of this.rapps.values()) {
      const silentMs = performance.now() - rapp.heardAtMs;
      if (rapp.state === 'lost' || silentMs <= LOST_AFTER_MS) continue;
      rapp.state = 'lost';
      this.log.warn(`rApp ${rapp.name} is lost: not heard for ${Math.round(silentMs / 1000)} s`);
    }
  }
}
