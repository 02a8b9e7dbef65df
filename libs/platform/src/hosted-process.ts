import { spawn, type ChildProcess } from 'node:child_process';
import { BackOff } from './back-off.js';
import { type Cgroup } from './cgroup.js';
import { commandOf, environmentOf } from './child-command.js';
import { ChildOutput } from './child-output.js';
import { type ChildSpec } from './child-spec.js';
import { messageOf } from './errors.js';
import { EXIT_CANNOT_START } from './process.js';
import { type ProcessUsage } from './process-usage.js';
import { ResourceWatch } from './resource-watch.js';
import { RotatingFile } from './rotating-file.js';

const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;
/** A life as long as this counts as healthy: the next restart is quick again. */
const HEALTHY_AFTER_MS = 10_000;
/** So many short lives in a row: parked. */
const MAX_SHORT_LIVES = 6;
const STOP_TIMEOUT_MS = 2_000;
const LAST_WORDS_MS = 50;
/** What it said in its last moments is taken for the reason of its end. */
const DYING_MS = 1_000;
const LOG_FILE_BYTES = 1_048_576;
const LOG_FILES_KEPT = 2;
/** Of what a foreign child writes. */
const MAX_LOG_BYTES_PER_SECOND = 262_144;

/** A deployment in the care of a host. */
export interface HostedChild {
  readonly key: string;
  readonly deployment: ChildSpec;
  readonly state: 'starting' | 'parked';
  /** Why it is parked. */
  readonly cause?: string | undefined;
  readonly restarts: number;
  /** How its last life ended. */
  readonly lastEnd?: string | undefined;
  readonly pid: number | undefined;
  /** Of a child with limits, as of late. */
  readonly usage: ProcessUsage | undefined;
}

export interface HostedProcessOptions {
  /** What its children are called in messages: `xApp`. */
  readonly kind: string;
  /** What the host puts into a child's environment, each time that it is started. */
  readonly environmentOf: (child: ChildSpec) => Readonly<Record<string, string>>;
  /** A child's process is no more; it may be started again. */
  readonly onEnded: (child: ChildSpec) => void;
  /** A line for the operator: a child has ended, is parked, or uses too much. */
  readonly onTrouble: (line: string) => void;
  readonly cgroup?: Cgroup | undefined;
}

/** One child, through all of its lives. */
export class HostedProcess implements HostedChild {
  state: HostedChild['state'] = 'starting';
  cause?: string;
  restarts = 0;
  lastEnd?: string;
  usage: ProcessUsage | undefined;
  private readonly backOff = new BackOff(FIRST_RESTART_MS, MAX_RESTART_MS);
  private readonly log: RotatingFile | undefined;
  private process: ChildProcess | undefined;
  private watch: ResourceWatch | undefined;
  private shortLives = 0;
  private isStopping = false;
  /** Why we end it, when we do. */
  private verdict: string | undefined;

  constructor(
    readonly key: string,
    readonly deployment: ChildSpec,
    private readonly options: HostedProcessOptions,
  ) {
    const { logFile: path } = deployment;
    if (path !== undefined) {
      const { onTrouble } = options;
      this.log = new RotatingFile({ path, maxBytes: LOG_FILE_BYTES, kept: LOG_FILES_KEPT, onTrouble });
    }
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  start(): void {
    const { deployment } = this;
    const startedMs = performance.now();
    let running: ChildProcess;
    try {
      const { program, arguments: args, cwd } = commandOf(deployment);
      running = spawn(program, args, {
        // Its stdin ends with us, even if we are killed: that ends the child too.
        stdio: ['pipe', deployment.isForeign === true ? 'pipe' : 'inherit', 'pipe'],
        env: { ...environmentOf(deployment), ...this.options.environmentOf(deployment) },
        cwd,
      });
    } catch (error) {
      this.park(messageOf(error));
      return;
    }
    this.process = running;
    // It may end before it reads what is written to it.
    running.stdin?.on('error', () => undefined);
    running.once('error', (error: NodeJS.ErrnoException) => {
      this.process = undefined;
      this.park(error.code === 'ENOENT' ? `there is no program ${running.spawnfile} here` : error.message);
    });
    this.limit(running.pid);
    const output = this.follow(running);
    running.once('exit', (code, signal) => {
      this.ended(output, {
        code,
        how: this.verdict ?? signal ?? `exit code ${code}`,
        livedMs: performance.now() - startedMs,
      });
    });
  }

  /** Ends it for good; resolves when it is no more and its log is on disk. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.process !== undefined) await endOf(this.process);
    await this.log?.flush();
  }

  /** Ends this life of it; the next one begins as after any other end. */
  kill(reason: string): void {
    if (this.process === undefined) return;
    this.verdict = reason;
    this.process.kill('SIGKILL');
  }

  take(usage: ProcessUsage, atMs: number): void {
    this.usage = usage;
    const verdict = this.watch?.take(usage, atMs);
    if (verdict?.action === 'end') this.kill(verdict.reason);
    if (verdict?.action === 'warn') {
      this.tell(`is ended in a while, unless it uses less: ${verdict.reason}`);
    }
  }

  private limit(pid: number | undefined): void {
    const { limits } = this.deployment;
    this.verdict = undefined;
    if (limits === undefined || pid === undefined) return;
    this.watch = new ResourceWatch(limits);
    const { cgroup } = this.options;
    try {
      cgroup?.enclose(this.key, pid, limits);
      // The kernel slows it down: that is enough.
      if (cgroup !== undefined) this.watch = new ResourceWatch({ ...limits, cpuCores: undefined });
    } catch (error) {
      this.tell(`has no control group, and is watched: ${messageOf(error)}`);
    }
  }

  private follow({ stdout, stderr }: ChildProcess): ChildOutput {
    const isForeign = this.deployment.isForeign === true;
    const output = new ChildOutput({
      write: (lines) => {
        if (!isForeign || this.log === undefined) process.stderr.write(lines);
        this.log?.append(lines);
      },
      maxBytesPerSecond: isForeign ? MAX_LOG_BYTES_PER_SECOND : undefined,
    });
    output.follow(stdout);
    output.follow(stderr);
    return output;
  }

  private ended(output: ChildOutput, { code, how, livedMs }: EndOfLife): void {
    const isOurs = this.verdict !== undefined;
    const diedAtMs = performance.now();
    this.process = undefined;
    this.usage = undefined;
    this.options.cgroup?.release(this.key);
    this.options.onEnded(this.deployment);
    if (this.isStopping) return;
    const isHealthy = livedMs > HEALTHY_AFTER_MS && !isOurs;
    if (isHealthy) this.backOff.reset();
    this.shortLives = isHealthy ? 0 : this.shortLives + 1;
    // What it logged last may still be on its way.
    setTimeout(() => {
      if (this.isStopping) return;
      const said = isOurs ? undefined : output.lastWords(diedAtMs - DYING_MS);
      this.lastEnd = [how, said ?? []].flat().join(': ');
      if (code === EXIT_CANNOT_START) this.park(output.lastWords() ?? 'its configuration is wrong');
      else if (this.shortLives >= MAX_SHORT_LIVES) {
        const why = isOurs ? how : (output.lastWords() ?? []);
        this.park([`it ended ${this.shortLives} times in a row`, why].flat().join(': '));
      } else this.startAgain();
    }, LAST_WORDS_MS).unref();
  }

  private startAgain(): void {
    const delayMs = this.backOff.next();
    this.tell(`ended (${this.lastEnd}); starting it again in ${delayMs} ms`);
    this.restarts += 1;
    setTimeout(() => {
      if (!this.isStopping) this.start();
    }, delayMs).unref();
  }

  private park(reason: string): void {
    if (this.isStopping) return;
    this.state = 'parked';
    this.cause = reason;
    this.tell(`is parked: ${reason}`);
  }

  private tell(words: string): void {
    this.options.onTrouble(`${this.options.kind} ${this.deployment.name} ${words}`);
  }
}

interface EndOfLife {
  readonly code: number | null;
  readonly how: string;
  readonly livedMs: number;
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
