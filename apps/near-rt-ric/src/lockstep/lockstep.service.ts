import { Bus } from '@ricochet/bus';
import {
  lockstepPeriod,
  simulationFinished,
  simulationSample,
  type lockstepReady,
  type RequestOf,
} from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { A1PolicyService } from '../a1/a1-policy.service.js';
import { ControlService } from '../control/control.service.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { XAppDeployments } from '../xapps/xapp-deployments.service.js';
import { XAppRegistry } from '../xapps/xapp-registry.service.js';
import { LockstepMode } from './lockstep-mode.js';

type Period = RequestOf<typeof lockstepPeriod>;

/**
 * The RIC's half of the lockstep barrier. Over SCTP indications may come after the question for the end of their period,
 * so that one tells how many there are.
 */
@Injectable()
export class LockstepService implements OnApplicationBootstrap {
  private waiting:
    { readonly resolve: (missing: string[]) => void; readonly timer: NodeJS.Timeout } | undefined;
  /** How many each node has sent since its set-up. */
  private readonly sent = new Map<string, number>();

  constructor(
    private readonly bus: Bus,
    private readonly mode: LockstepMode,
    private readonly nodes: NodeRegistry,
    private readonly subscriptions: SubscriptionManager,
    private readonly xapps: XAppRegistry,
    private readonly policies: A1PolicyService,
    private readonly controls: ControlService,
    private readonly deployments: XAppDeployments,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.serve(lockstepPeriod, async (period) => ({ missing: await this.settled(period) }));
    this.bus.subscribe(simulationFinished, () => {
      this.mode.isOn = false;
      this.controls.releaseWaiting();
    });
    this.bus.subscribe(simulationSample, ({ run }) => (this.mode.isOn = run.mode === 'lockstep'));
    this.xapps.onSettled(() => this.check());
    this.controls.onSettled(() => this.check());
    this.nodes.events.on('indicated', () => this.check());
    // What a lost node had on its way will never come, and one that is set up anew begins to count anew.
    for (const event of ['lost', 'connected'] as const) {
      this.nodes.events.on(event, ({ nodeId }) => {
        this.sent.delete(nodeId);
        this.check();
      });
    }
  }

  /** Simulation time waits for us from now on; gives who has to come before it begins. */
  begin({ nodes: nodeIds, gone }: RequestOf<typeof lockstepReady>): string[] {
    this.mode.isOn = true;
    this.mode.isHeld = false;
    const isConnected = (nodeId: string): boolean => this.nodes.find(nodeId)?.association !== undefined;
    const xapps = this.deployments.deployed().filter((name) => this.xapps.find(name)?.state !== 'running');
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
      ...nodeIds.filter((nodeId) => !isConnected(nodeId)).map((nodeId) => `node ${nodeId}`),
      ...gone.filter(isConnected).map((nodeId) => `the end of node ${nodeId}'s connection`),
      ...xapps.map((name) => `xApp ${name}`),
      ...policies,
      ...subscriptions.map(({ id, nodeId }) => `subscription ${id} at ${nodeId}`),
    ];
  }

  /** Simulation time stands until the simulator asks again who is ready. */
  hold(): void {
    this.mode.isHeld = true;
  }

  private settled({ timeoutMs, indications }: Period): Promise<string[]> {
    // A simulator that asks anew has given the former question up.
    if (this.waiting !== undefined) this.finish(this.unsettled());
    this.sent.clear();
    for (const [nodeId, count] of Object.entries(indications)) this.sent.set(nodeId, count);
    const missing = this.unsettled();
    if (missing.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.finish(this.unsettled()), timeoutMs);
      this.waiting = { resolve, timer };
      this.check();
    });
  }

  private check(): void {
    if (this.waiting === undefined) return;
    if (this.controls.hasWaiting && this.allHaveAsked()) this.controls.releaseWaiting();
    if (this.unsettled().length === 0) this.finish([]);
  }

  /** All reports of the instant are with the xApps, and no handler is at work but those whose control waits. */
  private allHaveAsked(): boolean {
    const atWork = new Map<string, number>();
    for (const { name, state, delivered, settled } of [...this.xapps.all(), ...this.xapps.leavers()]) {
      if (state === 'running') atWork.set(name, (atWork.get(name) ?? 0) + delivered - settled);
    }
    return (
      this.reportsMissing().length === 0 &&
      [...atWork].every(([name, handlers]) => handlers <= this.controls.waitingOf(name))
    );
  }

  private finish(missing: string[]): void {
    clearTimeout(this.waiting?.timer);
    this.waiting?.resolve(missing);
    this.waiting = undefined;
  }

  private unsettled(): string[] {
    const deployed = this.deployments.deployed();
    const leaving = this.xapps.leavers().filter(({ state }) => state === 'running');
    const missing = [...this.xapps.all(), ...leaving]
      .filter(({ name, state, delivered, settled }) =>
        state === 'running' ? settled < delivered : deployed.includes(name),
      )
      .map(({ name }) => `xApp ${name}`);
    if (this.controls.inFlight > 0) missing.push(`answers to ${this.controls.inFlight} controls`);
    return [...missing, ...this.reportsMissing()];
  }

  private reportsMissing(): string[] {
    return [...this.sent].flatMap(([nodeId, sent]) => {
      const taken = this.nodes.find(nodeId)?.indications ?? 0;
      return taken < sent ? [`${sent - taken} reports of ${nodeId}`] : [];
    });
  }
}
