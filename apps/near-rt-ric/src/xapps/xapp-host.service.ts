import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { constants, getPriority, platform, setPriority } from 'node:os';
import { Cgroup, ChildHost, type ChildSpec, type HostedChild, type ResourceLimits } from '@ricochet/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';
import { optionsToProvideModules } from './provided-modules.js';
import { type Instance } from './reconcile.js';
import { XAppCredentials, type XAppCredential } from './xapp-credentials.service.js';
import { type XAppConfig } from './xapp-deployments.service.js';
import { type XAppPackage } from './xapp-packages.service.js';
import { XAppRegistry } from './xapp-registry.service.js';

/** One process of an xApp, through all of its lives. */
export interface XAppProcess {
  /** Tells it from all others of this life of the RIC. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  generation: number;
  config: XAppConfig;
  role: Instance['role'];
  readonly startedAtMs: number;
  servingSinceMs?: number | undefined;
  /** Of its host, when it took its role. */
  restartsBefore: number;
  /** Its present life, as it registers. */
  instance: string;
  isDrained: boolean;
  /** The life that steps back behind those that control. */
  steppedBack?: string | undefined;
  /** What its present life logs in to NATS with. */
  credential?: XAppCredential | undefined;
  readonly permissions: readonly string[];
}

/** What is to be started. */
export interface XAppStart {
  readonly package: XAppPackage;
  readonly config: XAppConfig;
  readonly generation: number;
  readonly role: 'candidate' | 'serving';
  readonly logFile: string;
  readonly limits: ResourceLimits | undefined;
}

/** The processes of xApps: several of one name may run side by side. */
@Injectable()
export class XAppHost implements OnApplicationShutdown {
  private readonly processes = new Map<string, XAppProcess>();
  private readonly host: ChildHost;
  private started = 0;
  private restartListener: ((process: XAppProcess) => void) | undefined;

  constructor(
    private readonly registry: XAppRegistry,
    private readonly credentials: XAppCredentials,
    log: OperatorLog,
  ) {
    this.host = new ChildHost({
      kind: 'xApp',
      environmentOf: (child) => this.environmentOf(child),
      onEnded: (child) => this.ended(child),
      onTrouble: (line) => log.warn(line),
      cgroup: Cgroup.open(),
    });
  }

  all(): readonly XAppProcess[] {
    return [...this.processes.values()];
  }

  /** @throws Error there is none of that key */
  get(key: string): XAppProcess {
    const process = this.processes.get(key);
    if (process === undefined) throw new Error(`no process ${key}`);
    return process;
  }

  of(name: string): XAppProcess[] {
    return this.all().filter((process) => process.name === name);
  }

  serving(name: string): XAppProcess | undefined {
    return this.of(name).find(({ role }) => role === 'serving');
  }

  child({ key }: XAppProcess): HostedChild | undefined {
    return this.host.find(key);
  }

  /** Told whenever one begins anew by itself. */
  onRestart(listener: (process: XAppProcess) => void): void {
    this.restartListener = listener;
  }

  start({ package: onboarded, config, generation, role, logFile, limits }: XAppStart): void {
    const { name, version, path, builtin, descriptor } = onboarded;
    const key = `${name}@${++this.started}`;
    const startedAtMs = performance.now();
    const process: XAppProcess = {
      key,
      name,
      version,
      generation,
      config,
      role,
      startedAtMs,
      ...(role === 'serving' && { servingSinceMs: startedAtMs }),
      restartsBefore: 0,
      instance: '',
      isDrained: false,
      permissions: descriptor.ricochet.permissions,
    };
    this.processes.set(key, process);
    this.host.start([
      {
        key,
        name,
        path,
        config: { ...config },
        command: descriptor.containers[0]?.command,
        limits,
        logFile,
        isForeign: !builtin,
      },
    ]);
  }

  /** Those that only watch step back behind those that control. */
  givePriorities(): void {
    for (const process of this.processes.values()) {
      const registered = this.registry.find(process.name);
      const pid = this.child(process)?.pid;
      if (registered === undefined || registered.instance !== process.instance || pid === undefined) continue;
      const stepsBack = this.registry.isWatcher(registered);
      if (stepsBack === (process.steppedBack === process.instance)) continue;
      process.steppedBack = stepsBack ? process.instance : undefined;
      try {
        setPriorityOfAll(pid, stepsBack ? constants.priority.PRIORITY_LOW : getPriority());
      } catch {
        // It has just ended, or stepped back for good: not everybody may take a step forward.
      }
    }
  }

  /** It has another role from now on; whether it proves itself in it, counts from now. */
  assign(process: XAppProcess, role: Instance['role']): void {
    process.role = role;
    process.restartsBefore = this.child(process)?.restarts ?? 0;
    process.servingSinceMs = role === 'serving' ? performance.now() : undefined;
  }

  /** Ends it for good. */
  async stop(process: XAppProcess): Promise<void> {
    this.processes.delete(process.key);
    await this.host.end(process.key);
    this.forgetLife(process);
  }

  restart({ key }: XAppProcess, reason: string): void {
    this.host.restart(key, reason);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.host.stop();
  }

  /** Each life is another instance, with credentials of its own. */
  private environmentOf({ key, path, isForeign }: ChildSpec): Record<string, string> {
    const process = this.processes.get(key ?? '');
    if (process === undefined) return {};
    const isFirst = process.instance === '';
    process.instance = randomUUID();
    process.credential = this.credentials.issue(process);
    if (process.role === 'candidate') this.registry.expect(process.name, process.instance);
    if (!isFirst) this.restartListener?.(process);
    return {
      RICOCHET_NATS_URL: process.credential.url,
      RICOCHET_XAPP_CONFIG: JSON.stringify(process.config),
      RICOCHET_XAPP_INSTANCE: process.instance,
      ...(isForeign !== true && nodeOptions(path)),
    };
  }

  private ended({ key }: ChildSpec): void {
    const process = this.processes.get(key ?? '');
    if (process !== undefined) this.forgetLife(process);
    // Who was leaving has left.
    if (process?.role === 'leaving') void this.stop(process);
  }

  private forgetLife(process: XAppProcess): void {
    process.credential?.revoke();
    process.credential = undefined;
    this.registry.ended(process.name, process.instance);
  }
}

/** Of a package that is run where it is; onboarded ones have what they need. */
function nodeOptions(path: string): Record<string, string> {
  const options = optionsToProvideModules(path);
  return options === undefined
    ? {}
    : { NODE_OPTIONS: [process.env['NODE_OPTIONS'] ?? [], options].flat().join(' ') };
}

/** On Linux priority is a thread's own. */
function setPriorityOfAll(pid: number, priority: number): void {
  const threads = platform() === 'linux' ? readdirSync(`/proc/${pid}/task`) : [pid];
  for (const thread of threads) setPriority(Number(thread), priority);
}
