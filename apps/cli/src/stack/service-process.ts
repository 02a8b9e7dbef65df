import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { oneLine, seriousMessage, SERVICE_NODE_ARGUMENTS } from '@ricochet/platform';
import { pathFault } from '../path-fault.js';

const STOP_TIMEOUT_MS = 6_000;

/** Why a service ended: its exit code or signal, and the last serious line of its log. */
export interface ServiceEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastError: string | undefined;
}

/** That a service has ended, and why, in words. */
export function describeEnd(name: string, { code, signal, lastError }: ServiceEnd): string {
  return `${name} ended (${signal ?? `exit code ${code}`})${lastError ? `: ${lastError}` : ''}`;
}

export interface ServiceOptions {
  /** Package whose `dist/main.js` runs. */
  readonly packageName: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its log is appended to this file, as long as it can be written; its folder is there. */
  readonly logFile: string;
  /** Hears what its log says, line by line, but for errors: the end tells the last of them. */
  readonly onMessage?: (message: string) => void;
}

/** One of our services as a child process. It ends when we do, however we end. */
export class ServiceProcess {
  readonly ended: Promise<ServiceEnd>;
  private readonly child: ChildProcess;
  private lastError: string | undefined;

  constructor({ packageName, env, logFile, onMessage }: ServiceOptions) {
    const log = openLog(logFile);
    const entry = join(dirname(fileURLToPath(import.meta.resolve(packageName))), 'main.js');
    this.child = spawn(process.execPath, [...SERVICE_NODE_ARGUMENTS, entry], {
      // Its stdin ends with us, even if we are killed.
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, ...env, RICOCHET_WITH_PARENT: '1' },
    });
    this.child.stdin?.on('error', () => undefined);
    this.readLog(log, onMessage);
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        log.end();
        resolve({ code, signal, lastError: this.lastError });
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private readLog(log: WriteStream, onMessage: ServiceOptions['onMessage']): void {
    const { stderr } = this.child;
    if (stderr === null) return;
    createInterface(stderr).on('line', (line) => {
      log.write(`${line}\n`);
      const serious = seriousMessage(line);
      if (serious === undefined) onMessage?.(messageIn(line));
      else this.lastError = serious;
    });
  }
}

/** What a line of a log says; a crash tells itself in plain text. */
function messageIn(line: string): string {
  try {
    return oneLine((JSON.parse(line) as { msg?: string }).msg ?? line);
  } catch {
    return line;
  }
}

function openLog(path: string): WriteStream {
  const log = createWriteStream(path, { flags: 'a' });
  // Once: a stream that failed takes no more.
  log.on('error', (error) => process.stderr.write(`log ${pathFault(error, path)}; going on without\n`));
  return log;
}
