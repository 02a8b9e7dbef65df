import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { waitFor } from './wait-for.js';

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Node program under test, and every line that it has written. */
export class Program {
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly ended: Promise<ProcessEnd>;

  constructor(private readonly child: ChildProcess) {
    const read = (stream: Readable | null, lines: string[]): void => {
      if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
    };
    read(child.stdout, this.stdout);
    read(child.stderr, this.stderr);
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the program did not start');
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** `runs`, or how it ended and what it said last. */
  get state(): string {
    const { exitCode, signalCode } = this.child;
    return this.isRunning
      ? 'runs'
      : [`ended by ${signalCode ?? exitCode}`, ...this.stderr.slice(-10)].join('\n');
  }

  /** What of its memory is resident. */
  get memoryMiB(): number {
    const [, kB] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return Number(kB) / 1024;
  }

  async kill(signal: NodeJS.Signals): Promise<ProcessEnd> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Lets the program see what it would see if this process were killed. */
  orphan(): void {
    this.child.stdin?.destroy();
  }

  /** The first line on standard error that matches, once there is one. */
  async logged(pattern: RegExp, timeoutMs?: number): Promise<string> {
    const seen = (): string | undefined => this.stderr.find((line) => pattern.test(line));
    return waitFor(
      `a log line ${String(pattern)} in:\n${this.stderr.slice(-20).join('\n')}`,
      seen,
      timeoutMs,
    );
  }
}

/** A process that descends from a program of ours. */
export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

const MARK = 'RICOCHET_TEST_MARK';

/**
 * Programs of one test. All that descends from them bears a mark in its environment, so that it is found, and
 * ended, even when its parent is no more.
 */
export class Processes {
  private readonly mark = randomUUID();

  /** Runs Node with the arguments. `withParent`: the program is told to end when this process does. */
  start(
    args: readonly string[],
    options: { env?: Readonly<Record<string, string>>; cwd?: string; withParent?: boolean } = {},
  ): Program {
    const { env, cwd, withParent = false } = options;
    const child = spawn(process.execPath, args, {
      stdio: [withParent ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, ...(withParent && { RICOCHET_WITH_PARENT: '1' }), [MARK]: this.mark },
      ...(cwd !== undefined && { cwd }),
    });
    child.stdin?.on('error', () => undefined);
    return new Program(child);
  }

  /** Those that run at this moment; by a part of their command line. */
  living(command = ''): LivingProcess[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): LivingProcess[] => {
        const environment = readProc(name, 'environ');
        if (!environment?.split('\0').includes(`${MARK}=${this.mark}`)) return [];
        const line = (readProc(name, 'cmdline') ?? '').replaceAll('\0', ' ').trim();
        return line !== '' && line.includes(command) ? [{ pid: Number(name), command: line }] : [];
      });
  }

  /** Waits until nothing of the test runs any more. */
  async gone(timeoutMs: number): Promise<void> {
    await waitFor('all processes ended', () => this.living().length === 0, timeoutMs).catch(
      (error: unknown) => {
        throw new Error(`still running: ${JSON.stringify(this.living())}`, { cause: error });
      },
    );
  }

  /** Ends whatever still runs. */
  async endAll(): Promise<void> {
    await waitFor('all processes killed', () => {
      const living = this.living();
      for (const { pid } of living) kill(pid);
      return living.length === 0;
    });
  }
}

/** Kills a process, which may have ended by now. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A file of a process; `undefined` when it has ended, or is not ours to read. */
function readProc(pid: string, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
