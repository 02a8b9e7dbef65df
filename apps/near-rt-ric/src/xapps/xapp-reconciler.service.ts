import { setTimeout as sleep } from 'node:timers/promises';
import { Bus } from '@ricochet/bus';
import { xAppDrain } from '@ricochet/contracts';
import { messageOf, type HostedChild } from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { A1PolicyService } from '../a1/a1-policy.service.js';
import { GuardService } from '../control/guard.service.js';
import { XAppStandings } from '../control/xapp-standings.service.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { decide, type Action, type Instance } from './reconcile.js';
import { XAppDeployments } from './xapp-deployments.service.js';
import { XAppHost, type XAppProcess } from './xapp-host.service.js';
import { XAppPackages, type XAppPackage } from './xapp-packages.service.js';
import { XAppRegistry } from './xapp-registry.service.js';

const RECONCILE_EVERY_MS = 250;
/** So long a leaving instance may take to settle what it was given. */
const DRAIN_TIMEOUT_MS = 5_000;
const DRAIN_CHECK_MS = 20;

/** How an xApp is hosted. */
export interface HostedXApp {
  readonly name: string;
  readonly version: string;
  readonly state: HostedChild['state'];
  /** Why it is parked. */
  readonly cause?: string | undefined;
  readonly restarts: number;
}

/** Brings what runs to what is desired: at the start, when that changes, and when something ends. */
@Injectable()
export class XAppReconciler implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Why one can not be started at all. */
  private readonly faults = new Map<string, string>();
  private reconciling: NodeJS.Timeout | undefined;
  private rolledBackListener: ((name: string) => void) | undefined;

  constructor(
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
    private readonly bus: Bus,
    private readonly packages: XAppPackages,
    private readonly deployments: XAppDeployments,
    private readonly host: XAppHost,
    private readonly registry: XAppRegistry,
    private readonly policies: A1PolicyService,
    private readonly standings: XAppStandings,
    private readonly guards: GuardService,
    private readonly log: OperatorLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.packages.load();
    await this.deployments.load();
    const items = this.config.RICOCHET_XAPPS;
    for (const item of items) {
      const { name, path } = item;
      const adopted = await this.packages.adopt(name, path).catch((error: unknown) => {
        this.park(name, messageOf(error));
      });
      const isThere = (version: string): boolean => this.packages.find(name, version) !== undefined;
      this.deployments.begin(item, adopted?.version ?? '', isThere);
    }
    this.deployments.forgetInitialBut(items.map(({ name }) => name));
    this.guards.onBroken(({ changes, text, nodeId }) => {
      for (const { xapp } of changes) this.guardBroken(xapp, `${text} at ${nodeId}`);
    });
    this.reconcileAll();
    this.reconciling = setInterval(() => this.reconcileAll(), RECONCILE_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.reconciling);
    this.reconciling = undefined;
  }

  /** Told whenever an xApp has been rolled back without having been asked to. */
  onRolledBack(listener: (name: string) => void): void {
    this.rolledBackListener = listener;
  }

  /** Something else is desired of an xApp. */
  changed(name: string): void {
    this.faults.delete(name);
    this.reconcile(name);
  }

  /** Why an xApp can not be started at all. */
  faultOf(name: string): string | undefined {
    return this.faults.get(name);
  }

  /** Those that shall run, as the one that serves is doing. */
  hosted(): HostedXApp[] {
    return this.deployments.all().flatMap(({ name, version, state }): HostedXApp[] => {
      if (state === 'undeployed') return [];
      const serving = this.host.serving(name);
      const child = serving && this.host.child(serving);
      const cause = this.faults.get(name) ?? child?.cause;
      return [
        {
          name,
          version: serving?.version ?? version,
          state: cause === undefined ? 'starting' : 'parked',
          cause,
          restarts: child?.restarts ?? 0,
        },
      ];
    });
  }

  /** A KPI guard broke after a control of it: it goes back, if what serves is on trial. */
  private guardBroken(name: string, reason: string): void {
    const deployment = this.deployments.find(name);
    if (deployment?.onTrial !== true || deployment.state === 'undeployed') return;
    if (this.host.serving(name)?.generation !== deployment.generation) return;
    this.rollBack(name, reason);
    this.reconcile(name);
  }

  private reconcileAll(): void {
    const running = this.host.all().map(({ name }) => name);
    for (const name of new Set([...this.deployments.all().map((one) => one.name), ...running])) {
      this.reconcile(name);
    }
    this.host.givePriorities();
  }

  private reconcile(name: string): void {
    if (this.faults.has(name)) return;
    const nowMs = performance.now();
    const processes = this.host.of(name);
    const instances = processes.map((process) => this.instanceOf(process, nowMs));
    const deployment = this.deployments.find(name);
    this.standings.assign(name, deployment?.priority);
    for (const action of decide(deployment, instances, nowMs)) {
      this.carryOut(name, action);
    }
  }

  private carryOut(name: string, action: Action): void {
    switch (action.kind) {
      case 'start':
        return this.start(name);
      case 'roll-back':
        return this.rollBack(name, action.reason);
      case 'prove':
        return void this.deployments.adopted(name).catch(ignored);
      case 'hand-over':
        return this.handOver(this.host.get(action.key));
      case 'leave':
        this.registry.leave(name);
        return void this.drain(this.host.get(action.key));
      case 'stop':
        return void this.host.stop(this.host.get(action.key));
      case 'restart':
        return this.host.restart(this.host.get(action.key), action.reason);
    }
  }

  private start(name: string): void {
    const deployment = this.deployments.find(name);
    if (deployment === undefined) return;
    const { version, config, generation } = deployment;
    const onboarded = this.runnable(name, version);
    if (onboarded === undefined) return;
    const role = this.host.serving(name) === undefined ? 'serving' : 'candidate';
    const logFile = this.packages.logFile(name, version);
    const limits = this.packages.limitsOf(onboarded);
    this.host.start({ package: onboarded, config, generation, role, logFile, limits });
  }

  /** Parks it when it may not run, or can not. */
  private runnable(name: string, version: string): XAppPackage | undefined {
    if (this.packages.find(name, version) === undefined) {
      this.park(name, `its package ${version} is not there`);
      return undefined;
    }
    try {
      return this.packages.runnable(name, version);
    } catch (error) {
      this.park(name, messageOf(error));
      return undefined;
    }
  }

  private handOver(next: XAppProcess): void {
    const former = this.host.serving(next.name);
    this.registry.handOver(next.name);
    this.host.assign(next, 'serving');
    const { name, version } = next;
    if (former === undefined) return;
    this.log.info(`xApp ${name} ${version} serves in the place of ${former.version}`);
    void this.drain(former);
  }

  /** It is given no more reports, and settles those that it has. */
  private async drain(process: XAppProcess): Promise<void> {
    const { name, instance } = process;
    const until = performance.now() + DRAIN_TIMEOUT_MS;
    this.host.assign(process, 'leaving');
    await this.bus.request(xAppDrain(name, instance), {}, DRAIN_TIMEOUT_MS).catch(ignored);
    // Who knows no such question is watched.
    while (performance.now() < until && this.isUnsettled(instance)) await sleep(DRAIN_CHECK_MS);
    process.isDrained = true;
    if (this.isUnsettled(instance)) {
      const words = `did not settle its reports within ${DRAIN_TIMEOUT_MS / 1_000} s`;
      this.log.warn(`xApp ${name} ${process.version} ${words}: it is ended all the same`);
    }
    if (this.reconciling !== undefined) this.reconcile(name);
  }

  private isUnsettled(instance: string): boolean {
    return this.registry
      .leavers()
      .some(
        (xapp) => xapp.instance === instance && xapp.state === 'running' && xapp.settled < xapp.delivered,
      );
  }

  private rollBack(name: string, reason: string): void {
    const { previous, version } = this.deployments.get(name);
    if (previous === undefined || this.packages.find(name, previous.version) === undefined) {
      this.log.warn(`xApp ${name} ${version} has nothing to go back to: ${reason}`);
      void this.deployments.adopted(name).catch(ignored);
      return;
    }
    const to =
      previous.version === version
        ? 'its former configuration'
        : `version ${previous.version} from ${version}`;
    this.log.warn(`xApp ${name} is rolled back to ${to}: ${reason}`);
    void this.deployments
      .rollBack(name, reason)
      .then(() => this.rolledBackListener?.(name))
      .catch(ignored);
  }

  private instanceOf(process: XAppProcess, nowMs: number): Instance {
    const { key, generation, role, startedAtMs, servingSinceMs, isDrained } = process;
    const child = this.host.child(process);
    return {
      key,
      generation,
      role,
      startedAtMs,
      servingSinceMs,
      isDrained,
      restarts: (child?.restarts ?? 0) - process.restartsBefore,
      parked: child?.state === 'parked' ? (child.cause ?? 'its host gives no reason') : undefined,
      lastEnd: child?.lastEnd,
      notReady: role === 'candidate' ? this.notReady(process) : undefined,
      silentMs: this.silentMs(process, nowMs),
    };
  }

  private notReady({ name, instance }: XAppProcess): string | undefined {
    const candidate = this.registry.candidate(name);
    if (candidate?.instance !== instance) return 'it has not registered';
    if (candidate.notReady !== undefined) return candidate.notReady;
    if (!this.registry.hasItsSubscriptions(candidate)) return 'its subscriptions are not set up';
    return this.policies.notEnforcedBy(candidate);
  }

  private silentMs({ name, instance }: XAppProcess, nowMs: number): number | undefined {
    const xapp = this.registry.find(name);
    return xapp?.instance === instance && xapp.state === 'lost' ? nowMs - xapp.heardAtMs : undefined;
  }

  private park(name: string, cause: string): void {
    this.faults.set(name, cause);
    this.log.warn(`xApp ${name} is parked: ${cause}`);
  }
}

/** The store tells of its own trouble, and who does not answer is watched. */
function ignored(): void {}
