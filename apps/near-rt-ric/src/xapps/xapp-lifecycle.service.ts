import { isDeepStrictEqual } from 'node:util';
import { Bus, BusError } from '@ricochet/bus';
import { DescriptorError, readControls, xAppConfigure, xAppPrioritySchema } from '@ricochet/contracts';
import { lastLines } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { XAppDeployments, type XAppConfig, type XAppDeployment } from './xapp-deployments.service.js';
import { XAppHost } from './xapp-host.service.js';
import { XAppPackages, type XAppPackage } from './xapp-packages.service.js';
import { XAppReconciler } from './xapp-reconciler.service.js';
import { XAppRegistry } from './xapp-registry.service.js';
import { statusOf, type XAppStatus } from './xapp-status.js';
import { XAppError } from './xapp.error.js';

const CONFIGURE_TIMEOUT_MS = 2_000;
const DEFAULT_LOG_LINES = 100;

/** What an operator may say when he deploys. */
export interface DeployOptions {
  /** Absent: the one that was onboarded last. */
  readonly version?: string | undefined;
  /** Absent: the descriptor's `controls`. */
  readonly config?: XAppConfig | undefined;
  readonly priority?: number | undefined;
}

/** What became of an xApp, by the names of appmgr's events. */
export interface XAppEvent {
  readonly type: 'created' | 'deployed' | 'undeployed' | 'modified' | 'restarted' | 'deleted';
  readonly name: string;
  readonly version: string;
}

/**
 * The operator's doors to xApps. What is asked for becomes the desired state, which is on disk when a promise resolves;
 * the reconciler sees to it that this is what runs. All throw `XAppError`.
 */
@Injectable()
export class XAppLifecycle {
  private readonly listeners: ((event: XAppEvent) => void)[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly store: XAppPackages,
    private readonly deployments: XAppDeployments,
    private readonly reconciler: XAppReconciler,
    private readonly host: XAppHost,
    private readonly registry: XAppRegistry,
    private readonly lockstep: LockstepMode,
  ) {
    host.onRestart(({ name, version }) => this.tell({ type: 'restarted', name, version }));
    reconciler.onRolledBack((name) => this.tell({ type: 'modified', name, version: this.versionOf(name) }));
  }

  /** Told what becomes of xApps. */
  onEvent(listener: (event: XAppEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Takes a package in: the path of a folder or of a `.tgz`. Doing it again changes nothing. */
  async onboard(source: string): Promise<XAppPackage> {
    const before = new Set(this.store.all());
    const onboarded = await this.store.onboard(source);
    const { name, version } = onboarded;
    if (!before.has(onboarded)) this.tell({ type: 'created', name, version });
    return onboarded;
  }

  /** Onboarded packages, an xApp's versions in the order of their onboarding. */
  packages(): readonly XAppPackage[] {
    return this.store.all();
  }

  async deploy(name: string, options: DeployOptions = {}): Promise<XAppStatus> {
    const { version, config, priority } = options;
    this.checkTime(name);
    const onboarded = this.store.runnable(name, version);
    const known = this.deployments.find(name);
    if (known?.state === 'deployed') {
      throw new XAppError('XAPP_CONFLICT', `xApp ${name} ${known.version} is deployed already: upgrade it`);
    }
    this.checkPriority(name, priority);
    const release = {
      version: onboarded.version,
      config: configFor(onboarded, config ?? onboarded.descriptor.controls),
    };
    await this.done('deployed', name, this.deployments.deploy(name, release, priority));
    return this.one(name);
  }

  /** Ends it, once it has settled what it was given. */
  async undeploy(name: string): Promise<XAppStatus> {
    this.checkTime(name);
    await this.done('undeployed', name, this.deployments.undeploy(name));
    return this.one(name);
  }

  /**
   * Changes its configuration, all of it, or its priority. An xApp that can not change while it runs is replaced like
   * a version by the next, without a gap, and goes back when it does not come to be ready.
   */
  async configure(name: string, { config, priority }: Omit<DeployOptions, 'version'>): Promise<XAppStatus> {
    this.checkTime(name);
    const { version } = this.deployments.get(name);
    this.checkPriority(name, priority);
    if (config !== undefined) {
      const checked = configFor(this.store.get(name, version), config);
      await this.reconfigure(this.deployments.get(name), checked);
    }
    if (priority !== undefined) {
      await this.done('modified', name, this.deployments.prioritise(name, priority));
    }
    return this.one(name);
  }

  /** Replaces what runs by another version, without a gap. Its configuration stays, unless another is given. */
  async upgrade(name: string, options: Omit<DeployOptions, 'priority'> = {}): Promise<XAppStatus> {
    this.checkTime(name);
    const known = this.deployments.get(name);
    const { version, config } = options;
    const onboarded = this.store.runnable(name, version);
    const release = { version: onboarded.version, config: configFor(onboarded, config ?? known.config) };
    if (release.version === known.version && isDeepStrictEqual(release.config, known.config)) {
      throw new XAppError('XAPP_CONFLICT', `xApp ${name} is at version ${known.version} already`);
    }
    await this.done('modified', name, this.deployments.release(name, release, this.serves(known)));
    return this.one(name);
  }

  /** Goes back to the version and configuration before the last change, without a gap; again: forth. */
  async rollback(name: string): Promise<XAppStatus> {
    this.checkTime(name);
    const { previous } = this.deployments.get(name);
    if (previous !== undefined) this.store.runnable(name, previous.version);
    await this.done('modified', name, this.deployments.rollBack(name));
    return this.one(name);
  }

  /** Of one xApp, or of all. */
  status(name?: string): XAppStatus[] {
    if (name !== undefined) return [this.one(name)];
    return this.deployments.all().map((deployment) => this.statusOf(deployment));
  }

  /** The last lines that a version wrote, the newest last; of the one that is deployed unless told otherwise. */
  logs(
    name: string,
    { version, lines }: { readonly version?: string | undefined; readonly lines?: number | undefined } = {},
  ): Promise<string[]> {
    const of = version ?? this.deployments.find(name)?.version ?? this.store.latest(name).version;
    this.store.get(name, of);
    return lastLines(this.store.logFile(name, of), lines ?? DEFAULT_LOG_LINES);
  }

  /** Deletes a version with its files and logs. */
  async remove(name: string, version: string): Promise<void> {
    const { builtin } = this.store.get(name, version);
    const refuse = (why: string): never => {
      throw new XAppError('XAPP_CONFLICT', `package ${name} ${version} ${why}`);
    };
    if (builtin) refuse('is part of this installation');
    const deployment = this.deployments.find(name);
    const isRunning = this.host.of(name).some((process) => process.version === version);
    const isDeployed = deployment?.state === 'deployed';
    if (isRunning || (isDeployed && deployment.version === version)) refuse('is deployed');
    if (isDeployed && deployment.previous?.version === version) refuse('is what a rollback goes back to');
    await this.store.remove(name, version);
    if (!this.store.all().some((other) => other.name === name)) await this.deployments.delete(name);
    this.tell({ type: 'deleted', name, version });
  }

  private async reconfigure(known: XAppDeployment, config: XAppConfig): Promise<void> {
    const { name, version } = known;
    if (isDeepStrictEqual(config, known.config)) return;
    const serving = this.host.serving(name);
    const isApplied = await this.applies(name, config);
    const saved = this.deployments.release(name, { version, config }, this.serves(known));
    if (isApplied && serving !== undefined && serving === this.host.serving(name)) {
      serving.config = config;
      serving.generation = this.deployments.get(name).generation;
      await saved;
      await this.done('modified', name, this.deployments.adopted(name));
    } else {
      await this.done('modified', name, saved);
    }
  }

  /** Whether the one that serves works by that configuration from now on. @throws XAppError it refuses it */
  private async applies(name: string, config: XAppConfig): Promise<boolean> {
    const serving = this.registry.find(name);
    if (serving?.state !== 'running') return false;
    try {
      const configure = xAppConfigure(name, serving.instance);
      return (await this.bus.request(configure, { config: { ...config } }, CONFIGURE_TIMEOUT_MS)).applied;
    } catch (error) {
      if (error instanceof BusError && error.code === 'BUS_REFUSED') {
        throw new XAppError('XAPP_CONFIG_INVALID', error.message);
      }
      return false;
    }
  }

  /** A lockstep run repeats to the bit, and an operator does not come at the same instant again. */
  private checkTime(name: string): void {
    if (!this.lockstep.isOn || this.lockstep.isHeld) return;
    throw new XAppError(
      'XAPP_CONFLICT',
      `xApp ${name} can not be changed while a lockstep run is under way, which would not repeat: change it before ` +
        'the run, after it, or in real time',
    );
  }

  private checkPriority(name: string, priority: number | undefined): void {
    if (priority === undefined) return;
    if (!xAppPrioritySchema.safeParse(priority).success) {
      throw new XAppError(
        'XAPP_CONFIG_INVALID',
        `priority of xApp ${name}: expected a whole number from 0 to 100`,
      );
    }
    this.store.checkPriority(name, priority);
  }

  private serves({ name, generation }: XAppDeployment): boolean {
    return this.host.serving(name)?.generation === generation;
  }

  private one(name: string): XAppStatus {
    const deployment = this.deployments.find(name);
    if (deployment === undefined) {
      throw new XAppError('XAPP_UNKNOWN', `there is no xApp ${name}`);
    }
    return this.statusOf(deployment);
  }

  private statusOf(deployment: XAppDeployment): XAppStatus {
    const { name } = deployment;
    return statusOf({
      deployment,
      processes: this.host.of(name).map((process) => ({ process, child: this.host.child(process) })),
      registered: this.registry.find(name),
      fault: this.reconciler.faultOf(name),
    });
  }

  /** The desired state has changed: what has to be done begins before it is on disk. */
  private async done(type: XAppEvent['type'], name: string, saved: Promise<void>): Promise<void> {
    this.reconciler.changed(name);
    await saved;
    this.tell({ type, name, version: this.versionOf(name) });
  }

  private versionOf(name: string): string {
    return this.deployments.find(name)?.version ?? '';
  }

  private tell(event: XAppEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** @throws XAppError `XAPP_CONFIG_INVALID` naming every fault's path */
function configFor({ name, controlsSchema }: XAppPackage, config: XAppConfig): XAppConfig {
  if (controlsSchema === undefined) return config;
  try {
    return readControls(config, controlsSchema, `configuration of xApp ${name}`);
  } catch (error) {
    if (error instanceof DescriptorError) throw new XAppError('XAPP_CONFIG_INVALID', error.message);
    throw error;
  }
}
