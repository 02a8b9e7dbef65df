import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BackOff } from './back-off.js';
import { type Deployment } from './deployment.config.js';
import { messageOf } from './errors.js';
import { EXIT_CANNOT_START, SERVICE_NODE_ARGUMENTS } from './process.js';
import { seriousMessage } from './serious-message.js';

const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;
/** A life as long as this counts as healthy: the next restart is quick again. */
const HEALTHY_AFTER_MS = 10_000;
/** So many short lives in a row: parked. */
const MAX_SHORT_LIVES = 6;
const STOP_TIMEOUT_MS = 2_000;
const LAST_WORDS_MS = 50;

/** What is the host's alone: its database with the password, its port, its lists. */
const KEPT_FROM_CHILDREN: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'RICOCHET_STORE',
  'RICOCHET_HTTP',
  'RICOCHET_XAPPS',
  'RICOCHET_RAPPS',
  'RICOCHET_NODE_METRICS',
]);

/** A deployment in the care of a host. */
export interface HostedChild {
  readonly deployment: Deployment;
  readonly state: 'starting' | 'parked';
  /** Why it is parked. */
  readonly cause?: string;
  readonly restarts: number;
}

export interface ChildHostOptions {
  /** What its children are called in messages: `xApp`. */
  readonly kind: string;
  /** Environment of a child, beside that of the host, of which it gets all but {@link KEPT_FROM_CHILDREN}. */
  readonly environmentOf: (deployment: Deployment) => Readonly<Record<string, string>>;
  /** A child's process is no more; it may be started again. */
  readonly onEnded: (name: string) => void;
  /** A line for the operator: a child has ended, or is parked. */
  readonly onTrouble: (line: string) => void;
}

interface Child extends HostedChild {
  state: HostedChild['state'];
  cause?: string;
  restarts: number;
  process?: ChildProcess | undefined;
}

/**
 * Runs each deployment as a child process of its own and starts it again when it ends, ever more slowly; one that ends
 * again and again, or says that its configuration is wrong, is parked. Children end with the host, however it ends.
 */
export class ChildHost {
  private readonly children: Child[] = [];
  private stopping = false;

  constructor(private readonly options: ChildHostOptions) {}

  all(): readonly HostedChild[] {
    return this.children;
  }

  start(deployments: readonly Deployment[]): void {
    for (const deployment of deployments) {
      const child: Child = { deployment, state: 'starting', restarts: 0 };
      this.children.push(child);
      this.run(child, new BackOff(FIRST_RESTART_MS, MAX_RESTART_MS));
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const running = this.children.map((child) => child.process).filter((child) => child !== undefined);
    await Promise.all(running.map(end));
  }

  private run(child: Child, backOff: BackOff, shortLives = 0): void {
    const { kind, environmentOf, onEnded, onTrouble } = this.options;
    const { deployment } = child;
    const startedMs = performance.now();
    let entry: string;
    try {
      entry = entryOf(deployment);
    } catch (error) {
      this.park(child, messageOf(error));
      return;
    }
    const running = spawn(process.execPath, [...SERVICE_NODE_ARGUMENTS, entry], {
      // Its stdin ends with us, even if we are killed: that ends the child too.
      stdio: ['pipe', 'inherit', 'pipe'],
      env: { ...inheritedEnvironment(), ...environmentOf(deployment) },
    });
    child.process = running;
    running.once('error', (error) => this.park(child, error.message));
    const lastWords = forwardLog(running);
    // What it logged last may still be on its way.
    const parkSoon = (reasonFrom: (said: string | undefined) => string): void => {
      setTimeout(() => this.park(child, reasonFrom(lastWords())), LAST_WORDS_MS).unref();
    };
    running.once('exit', (code, signal) => {
      child.process = undefined;
      onEnded(deployment.name);
      if (this.stopping) return;
      if (code === EXIT_CANNOT_START) return parkSoon((said) => said ?? 'its configuration is wrong');
      const healthy = performance.now() - startedMs > HEALTHY_AFTER_MS;
      if (healthy) backOff.reset();
      const lives = healthy ? 0 : shortLives + 1;
      if (lives >= MAX_SHORT_LIVES) {
        return parkSoon((said) => [`it ended ${lives} times in a row`, said ?? []].flat().join(': '));
      }
      const delayMs = backOff.next();
      const how = signal ?? `exit code ${code}`;
      onTrouble(`${kind} ${deployment.name} ended (${how}); starting it again in ${delayMs} ms`);
      child.restarts += 1;
      setTimeout(() => {
        if (!this.stopping) this.run(child, backOff, lives);
      }, delayMs).unref();
    });
  }

  private park(child: Child, reason: string): void {
    child.state = 'parked';
    child.cause = reason;
    this.options.onTrouble(`${this.options.kind} ${child.deployment.name} is parked: ${reason}`);
  }
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !KEPT_FROM_CHILDREN.has(key)));
}

function entryOf({ path }: Deployment): string {
  const manifest = join(path, 'package.json');
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: unknown };
  if (typeof main !== 'string') throw new Error(`${manifest}: no "main"`);
  return join(path, main);
}

/** The child's log goes where ours goes; gives its last serious line. */
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

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
