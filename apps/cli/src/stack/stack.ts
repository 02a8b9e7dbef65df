import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Bus, BusError, EmbeddedNats } from '@ricochet/bus';
import { busViolation } from '@ricochet/contracts';
import { BackOff, collectAsServices, EXIT_CANNOT_START } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { type DashboardSettings } from './dashboard-settings.js';
import { dashboardEnvironment, ricEnvironments, simEnvironment } from './service-environment.js';
import { describeEnd, ServiceProcess, type ServiceEnd } from './service-process.js';
import { type StackOptions } from './stack-options.js';

/** Of a process that was just started, and of those that it will start. */
function lowerPriority(pid: number | undefined, priority: number | undefined): void {
  if (pid !== undefined && priority !== undefined) setPriority(pid, priority);
}

const FIRST_RESTART_MS = 200;
const MAX_RESTART_MS = 5_000;
const HEALTHY_AFTER_MS = 5_000;
const MAX_SHORT_LIVES = 4;

type ServiceName = 'near-rt-ric' | 'non-rt-ric' | 'e2-sim' | 'dashboard';

/** In real time neither learning nor watching may get in the way of what they look at; lockstep waits for all. */
const PRIORITIES: Readonly<Partial<Record<ServiceName, number>>> = {
  'non-rt-ric': constants.priority.PRIORITY_BELOW_NORMAL,
  dashboard: constants.priority.PRIORITY_BELOW_NORMAL,
};

/**
 * The emulated RIC: NATS, the Near-RT RIC with its xApps, the E2 simulator and, where a level has learned, the Non-RT
 * RIC with the aggregator, and the page's gateway, as processes that we watch.
 */
export class Stack {
  private readonly services = new Map<ServiceName, ServiceProcess>();
  private stopping = false;
  private page: DashboardSettings | undefined;
  private tellFailed: (error: CliError) => void = () => undefined;
  /** Rejects when the stack can not go on. */
  readonly failed = new Promise<never>((_, reject) => {
    this.tellFailed = reject;
  });
  /** Resolves when the simulator has ended of itself. */
  readonly simulated: Promise<ServiceEnd>;
  private tellSimulated: (end: ServiceEnd) => void = () => undefined;

  private constructor(
    private readonly options: StackOptions,
    readonly bus: Bus,
    readonly natsUrl: string,
    private nats: EmbeddedNats | undefined,
  ) {
    this.failed.catch(() => undefined);
    this.simulated = new Promise((resolve) => (this.tellSimulated = resolve));
  }

  /** Starts NATS and connects to it; `begin` starts the rest. @throws CliError when NATS can not be had */
  static async open(options: StackOptions): Promise<Stack> {
    let nats: EmbeddedNats | undefined;
    const holder: { stack?: Stack } = {};
    if (options.mode === 'real-time') await collectAsServices();
    try {
      if (options.natsUrl === undefined) {
        nats = await EmbeddedNats.start({
          onViolation: (violation) => holder.stack?.bus.publish(busViolation, violation),
          ...(options.natsPort !== undefined && { port: options.natsPort }),
          onExit: (reason) => void holder.stack?.restartNats(reason),
        });
      }
      const url = options.natsUrl ?? (nats as EmbeddedNats).url;
      const bus = await Bus.connect({ url, name: 'ricochet-cli', onTrouble: options.onLine });
      holder.stack = new Stack(options, bus, url, nats);
      return holder.stack;
    } catch (error) {
      await nats?.stop();
      if (error instanceof BusError) throw new CliError(error.message, 1);
      throw error;
    }
  }

  /** Starts the RICs and the simulator, at once: their order does not matter. @throws CliError before any is started */
  begin(): void {
    const { options } = this;
    const { nearRtRic, nonRtRic } = ricEnvironments(options);
    this.start('near-rt-ric', {
      ...nearRtRic,
      ...(this.nats !== undefined && { RICOCHET_NATS_ISSUER_SEED: this.nats.issuerSeed }),
    });
    if (nonRtRic !== undefined) this.start('non-rt-ric', nonRtRic);
    if (!options.withoutNodes) this.start('e2-sim', simEnvironment(options));
    if (options.dashboard !== undefined) this.startPage(options.dashboard);
  }

  /** Process ids, for those who watch or kill. */
  get pids(): Readonly<Partial<Record<ServiceName, number | undefined>>> {
    return Object.fromEntries([...this.services].map(([name, service]) => [name, service.pid]));
  }

  /** Ends everything: the simulator, the RIC with its xApps, the bus. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.services.get('e2-sim')?.stop();
    // The simulator has ended.
    await Promise.all([...this.services.values()].map((service) => service.stop()));
    await this.bus.close().catch(() => undefined);
    await this.nats?.stop();
  }

  private start(
    name: ServiceName,
    env: Readonly<Record<string, string>>,
    backOff = new BackOff(FIRST_RESTART_MS, MAX_RESTART_MS),
    { shortLives, hasStarted } = { shortLives: 0, hasStarted: false },
  ): void {
    const startedMs = performance.now();
    const service = new ServiceProcess({
      packageName: `@ricochet/${name}`,
      env: { ...env, RICOCHET_NATS_URL: this.natsUrl, RICOCHET_MODE: this.options.mode },
      logFile: join(this.options.dataDir, 'logs', `${name}.log`),
    });
    this.services.set(name, service);
    if (this.options.mode === 'real-time') lowerPriority(service.pid, PRIORITIES[name]);
    void service.ended.then((end) => {
      if (this.stopping) return;
      if (name === 'e2-sim' && (end.code === 0 || !this.options.restart)) return this.tellSimulated(end);
      const couldStart = end.code !== EXIT_CANNOT_START;
      const healthy = couldStart && performance.now() - startedMs > HEALTHY_AFTER_MS;
      const lives = healthy ? 0 : shortLives + 1;
      const why = describeEnd(name, end);
      // Who has started before can again, when what keeps it from that has passed: another has its port, say.
      const canStart = hasStarted || couldStart;
      if (name === 'dashboard' && !canStart) return void this.movePage(why);
      if (!this.options.restart || !canStart || lives >= MAX_SHORT_LIVES) {
        return this.tellFailed(new CliError(why, 1));
      }
      if (healthy) backOff.reset();
      this.options.onLine(`${why}; starting it again`);
      setTimeout(() => {
        if (!this.stopping) this.start(name, env, backOff, { shortLives: lives, hasStarted: canStart });
      }, backOff.next()).unref();
    });
  }

  private startPage(page: DashboardSettings): void {
    this.page = page;
    this.start('dashboard', dashboardEnvironment(page));
  }

  /** Two that start at the same time find the same port free. Only where somebody is told, who would look there. */
  private async movePage(why: string): Promise<void> {
    const { onPage } = this.options;
    try {
      const page = await this.page?.elsewhere?.();
      if (this.stopping) return;
      const isElsewhere = page !== undefined && page.address !== this.page?.address;
      if (!isElsewhere || onPage === undefined) throw new CliError(why, 1);
      onPage(page);
      this.startPage(page);
    } catch (error) {
      this.tellFailed(error as CliError);
    }
  }

  private async restartNats(reason: string): Promise<void> {
    if (this.stopping || this.nats === undefined) return;
    this.options.onLine(`${reason}; starting it again`);
    const { port, password, issuerSeed } = this.nats;
    try {
      this.nats = await EmbeddedNats.start({
        port,
        password,
        issuerSeed,
        onViolation: (violation) => this.bus.publish(busViolation, violation),
        onExit: (again) => void this.restartNats(again),
      });
    } catch (error) {
      this.tellFailed(new CliError((error as Error).message, 1));
    }
  }
}
