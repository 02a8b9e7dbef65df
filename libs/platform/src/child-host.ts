import { type Cgroup } from './cgroup.js';
import { type ChildSpec } from './child-spec.js';
import { HostedProcess, type HostedChild, type HostedProcessOptions } from './hosted-process.js';
import { processUsage } from './process-usage.js';

const WATCH_EVERY_MS = 1_000;

export interface ChildHostOptions extends Omit<HostedProcessOptions, 'cgroup'> {
  /** Where children with limits are put; without it their CPU is watched. */
  readonly cgroup?: Cgroup | undefined;
}

/**
 * Runs each deployment as a child process of its own and starts it again when it ends, ever more slowly; one that ends
 * again and again, or says that its configuration is wrong, is parked. Children end with the host, however it ends.
 */
export class ChildHost {
  private readonly children = new Map<string, HostedProcess>();
  private watching: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChildHostOptions) {}

  all(): readonly HostedChild[] {
    return [...this.children.values()];
  }

  find(key: string): HostedChild | undefined {
    return this.children.get(key);
  }

  /** Those whose key is there already are left alone. */
  start(specs: readonly ChildSpec[]): void {
    for (const spec of specs) {
      const key = spec.key ?? spec.name;
      if (this.children.has(key)) continue;
      const child = new HostedProcess(key, spec, this.options);
      this.children.set(key, child);
      child.start();
    }
    this.watching ??= setInterval(() => this.watch(), WATCH_EVERY_MS).unref();
  }

  /** Ends the child for good; resolves when its process is no more. */
  async end(key: string): Promise<void> {
    const child = this.children.get(key);
    this.children.delete(key);
    await child?.stop();
  }

  /** Ends the process of a child, which is started again; the operator is told the reason. */
  restart(key: string, reason: string): void {
    this.children.get(key)?.kill(reason);
  }

  async stop(): Promise<void> {
    clearInterval(this.watching);
    await Promise.all([...this.children.values()].map((child) => child.stop()));
  }

  private watch(): void {
    for (const child of this.children.values()) {
      const { pid } = child;
      if (pid === undefined || child.deployment.limits === undefined) continue;
      const usage = processUsage(pid);
      if (usage !== undefined) child.take(usage, performance.now());
    }
  }
}
