import { Bus } from '@ricochet/bus';
import { lockstepPeriod, simulationFinished, simulationSample } from '@ricochet/contracts';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { A1PolicyService } from '../a1/a1-policy.service.js';
import { ControlService } from '../control/control.service.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { XAppRegistry } from '../xapps/xapp-registry.service.js';
import { LockstepMode } from './lockstep-mode.js';

/**
 * The RIC's half of the lockstep barrier. Messages of one connection arrive in the order in which they were
 * sent, so when the simulator asks for the end of a period, all its indications are here already.
 */
@Injectable()
export class LockstepService implements OnApplicationBootstrap {
  private waiting:
    { readonly resolve: (missing: string[]) => void; readonly timer: NodeJS.Timeout } | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly mode: LockstepMode,
    private readonly nodes: NodeRegistry,
    private readonly subscriptions: SubscriptionManager,
    private readonly xapps: XAppRegistry,
    private readonly policies: A1PolicyService,
    private readonly controls: ControlService,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.serve(lockstepPeriod, async ({ timeoutMs }) => ({ missing: await this.settled(timeoutMs) }));
    this.bus.subscribe(simulationFinished, () => (this.mode.isOn = false));
    this.bus.subscribe(simulationSample, ({ run }) => (this.mode.isOn = run.mode === 'lockstep'));
    this.xapps.onSettled(() => this.check());
    this.controls.onSettled(() => this.check());
  }

  /** Simulation time waits for us from now on; gives who has to come before it begins. */
  begin(nodeIds: readonly string[]): string[] {
    this.mode.isOn = true;
    const nodes = nodeIds.filter((nodeId) => this.nodes.find(nodeId)?.association === undefined);
    const xapps = this.config.RICOCHET_XAPPS.map(({ name }) => name).filter(
      (name) => this.xapps.find(name)?.state !== 'running',
    );
    const policies = this.xapps
      .all()
      .filter(({ state }) => state === 'running')
      .flatMap((xapp) =>
        this.policies.awaitedBy(xapp).map((type) => `a policy of type ${type} for xApp ${xapp.name}`),
      );
    const subscriptions = this.subscriptions
      .all()
      .filter(({ nodeId, state }) => state === 'pending' && nodeIds.includes(nodeId));
    return [
      ...nodes.map((nodeId) => `node ${nodeId}`),
      ...xapps.map((name) => `xApp ${name}`),
      ...policies,
      ...subscriptions.map(({ id, nodeId }) => `subscription ${id} at ${nodeId}`),
    ];
  }

  private settled(timeoutMs: number): Promise<string[]> {
    // A simulator that asks anew has given the former question up.
    if (this.waiting !== undefined) this.finish(this.unsettled());
    const missing = this.unsettled();
    if (missing.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.finish(this.unsettled()), timeoutMs);
      this.waiting = { resolve, timer };
    });
  }

  private check(): void {
    if (this.waiting !== undefined && this.unsettled().length === 0) this.finish([]);
  }

  private finish(missing: string[]): void {
    clearTimeout(this.waiting?.timer);
    this.waiting?.resolve(missing);
    this.waiting = undefined;
  }

  private unsettled(): string[] {
    const deployed = this.config.RICOCHET_XAPPS.map(({ name }) => name);
    const missing = this.xapps
      .all()
      .filter(({ name, state, delivered, settled }) =>
        state === 'running' ? settled < delivered : deployed.includes(name),
      )
      .map(({ name }) => `xApp ${name}`);
    if (this.controls.inFlight > 0) missing.push(`answers to ${this.controls.inFlight} controls`);
    return missing;
  }
}
