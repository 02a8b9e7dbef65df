import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  BackOff,
  EXIT_CANNOT_START,
  messageOf,
  seriousMessage,
  SERVICE_NODE_ARGUMENTS,
} from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig, type XAppDeployment } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppRegistry } from './xapp-registry.service.js';

const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;
/** A life as long as this counts as healthy: the next restart is quick again. */
const HEALTHY_AFTER_MS = 10_000;
/** So many short lives in a row: parked. */
const MAX_SHORT_LIVES = 6;
const STOP_TIMEOUT_MS = 2_000;
const LAST_WORDS_MS = 50;

/** An xApp that the RIC hosts. */
export interface HostedXApp {
  readonly deployment: XAppDeployment;
  state: 'starting' | 'parked';
  /** Why it is parked. */
  cause?: string;
  restarts: number;
  process?: ChildProcess | undefined;
}

/** Runs each deployed xApp as a child process of its own, and starts it again when it ends. */
@Injectable()
export class XAppHost implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly hosted: HostedXApp[] = [];
  private stopping = false;

  constructor(
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
    private readonly registry: XAppRegistry,
    private readonly log: OperatorLog,
  ) {}

  all(): readonly HostedXApp[] {
    return this.hosted;
  }

  onApplicationBootstrap(): void {
    for (const deployment of this.config.RICOCHET_XAPPS) {
      const xapp: HostedXApp = { deployment, state: 'starting', restarts: 0 };
      this.hosted.push(xapp);
      this.start(xapp, new BackOff(FIRST_RESTART_MS, MAX_RESTART_MS));
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    const children = this.hosted.map(({ process: child }) => child).filter((child) => child !== undefined);
    await Promise.all(children.map(stop));
  }

  private start(xapp: HostedXApp, backOff: BackOff, shortLives = 0): void {
    const { name } = xapp.deployment;
    const startedMs = performance.now();
    let entry: string;
    try {
      entry = entryOf(xapp.deployment);
    } catch (error) {
      this.park(xapp, messageOf(error));
      return;
    }
    const child = spawn(process.execPath, [...SERVICE_NODE_ARGUMENTS, entry], {
      // Its stdin ends with us, even if we are killed: that ends the xApp too.
      stdio: ['pipe', 'inherit', 'pipe'],
      env: {
        ...process.env,
        RICOCHET_NATS_URL: this.config.RICOCHET_NATS_URL,
        RICOCHET_XAPP_CONFIG: JSON.stringify(xapp.deployment.config),
      },
    });
    xapp.process = child;
    child.once('error', (error) => this.park(xapp, error.message));
    const lastWords = forwardLog(child);
    // What it logged last may still be on its way.
    const parkSoon = (reason: string): void => {
      setTimeout(() => this.park(xapp, [reason, lastWords() ?? []].flat().join(': ')), LAST_WORDS_MS).unref();
    };
    child.once('exit', (code, signal) => {
      xapp.process = undefined;
      this.registry.ended(name);
      if (this.stopping) return;
      if (code === EXIT_CANNOT_START) return parkSoon('its configuration is wrong');
      const healthy = performance.now() - startedMs > HEALTHY_AFTER_MS;
      if (healthy) backOff.reset();
      const lives = healthy ? 0 : shortLives + 1;
      if (lives >= MAX_SHORT_LIVES) return parkSoon(`it ended ${lives} times in a row`);
      const delayMs = backOff.next();
      this.log.warn(
        `xApp ${name} ended (${signal ?? `exit code ${code}`}); starting it again in ${delayMs} ms`,
      );
      xapp.restarts += 1;
      setTimeout(() => {
        if (!this.stopping) this.start(xapp, backOff, lives);
      }, delayMs).unref();
    });
  }

  private park(xapp: HostedXApp, reason: string): void {
    xapp.state = 'parked';
    xapp.cause = reason;
    this.log.warn(`xApp ${xapp.deployment.name} is parked: ${reason}`);
  }
}

function entryOf({ path }: XAppDeployment): string {
  const manifest = join(path, 'package.json');
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: unknown };
  if (typeof main !== 'string') throw new Error(`${manifest}: no "main"`);
  return join(path, main);
}

/** The xApp's log goes where ours goes; gives its last serious line. */
function forwardLog({ stderr }: ChildProcess): () => string | undefined {
  let last: string | undefined;
  if (stderr !== null) {
    createInterface(stderr).on('line', (line) => {
      process.stderr.write(`${line}\n`);
      last = seriousMessage(line) ?? last;
    });
  }
  return () => last;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
