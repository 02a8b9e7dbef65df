import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bus, BusError, OCTET_STREAM_NAME, OctetStream } from '@ricochet/bus';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

const MIB = 1024 ** 2;
const MAX_OCTETS = 4 * 1024 * MIB;
/** In real time nothing waits for the server. */
const MAX_PENDING_OCTETS = 64 * MIB;

/** Recordings that go into a JetStream stream as they are written. */
export class StreamedRecording {
  private before: Promise<void> = Promise.resolve();
  private pendingOctets = 0;
  private fault: Error | undefined;

  constructor(
    private readonly name: string,
    private readonly stream: Pick<OctetStream, 'append'>,
    private readonly bus: Pick<Bus, 'close'>,
  ) {}

  /** @throws CliError */
  static async open(url: string, name: string): Promise<StreamedRecording> {
    const bus = await connect(url);
    try {
      const stream = await OctetStream.create(bus, checkedName(name), MAX_OCTETS);
      if (stream.maxOctets < MAX_OCTETS) {
        const mib = Math.floor(stream.maxOctets / MIB);
        process.stderr.write(`stream ${name}: ${mib} MiB at most: its server has no room for more\n`);
      }
      return new StreamedRecording(name, stream, bus);
    } catch (error) {
      await bus.close();
      throw cliError(error);
    }
  }

  /**
   * One after the other.
   * @throws CliError when one before could not be kept, or too much waits to be
   */
  append(octets: Uint8Array): void {
    if (this.fault !== undefined) throw this.fault;
    this.pendingOctets += octets.length;
    if (this.pendingOctets > MAX_PENDING_OCTETS) {
      throw new CliError(
        `stream ${this.name}: its server is too slow: ${MAX_PENDING_OCTETS / MIB} MiB wait to be kept`,
        1,
      );
    }
    this.before = this.before.then(async () => {
      await this.stream.append(octets);
      this.pendingOctets -= octets.length;
    });
    this.before.catch((error: unknown) => (this.fault ??= cliError(error)));
  }

  /** Resolves when all that was appended is kept. @throws CliError */
  async kept(): Promise<void> {
    await this.before.catch((error: unknown) => {
      throw cliError(error);
    });
  }

  async close(): Promise<void> {
    await this.bus.close();
  }
}

/** Whether it is `nats://[user:password@]host[:port]#name` instead of a file. */
export const isStreamed = (path: string): boolean => /^(?:nats|tls):\/\//.test(path);

/** A recording in a file, and what it is known by: a stream without what opens its server. */
export interface LocalRecording {
  readonly path: string;
  readonly name: string;
  readonly dispose: () => void;
}

/**
 * Brings a recording of a stream to a file, which `dispose` removes; gives the path of a file as it is.
 * @throws CliError
 */
export async function localRecording(path: string): Promise<LocalRecording> {
  if (!isStreamed(path)) return { path, name: path, dispose: () => undefined };
  const url = URL.canParse(path) ? new URL(path) : undefined;
  if (url === undefined) throw new CliError(`${path}: expected nats://[user:password@]host[:port]#name`);
  const name = checkedName(url.hash.slice(1));
  url.hash = '';
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-stream-'));
  const dispose = (): void => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, `${name}.rec`);
  try {
    const bus = await connect(url.href);
    try {
      await writePieces(file, OctetStream.read(bus, name), `stream ${name}`);
    } finally {
      await bus.close();
    }
    return { path: file, name: `${url.protocol}//${url.host}#${name}`, dispose };
  } catch (error) {
    dispose();
    throw cliError(error);
  }
}

async function writePieces(file: string, pieces: AsyncIterable<Uint8Array>, name: string): Promise<void> {
  const descriptor = openSync(file, 'w');
  try {
    let had = 0;
    for await (const octets of pieces) {
      had += octets.length;
      if (had > MAX_OCTETS) throw new CliError(`${name}: it has more than 4 GiB, which no recording has`);
      try {
        writeFileSync(descriptor, octets);
      } catch (error) {
        throw new CliError(pathFault(error, file), 1);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

function checkedName(name: string): string {
  if (OCTET_STREAM_NAME.test(name)) return name;
  throw new CliError(`name of a stream "${name}": expected letters, digits, dashes and _`);
}

async function connect(url: string): Promise<Bus> {
  try {
    return await Bus.connect({
      url,
      name: 'ricochet-recording',
      onTrouble: (line) => process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    throw cliError(error);
  }
}

function cliError(error: unknown): Error {
  return error instanceof BusError ? new CliError(error.message, 1) : (error as Error);
}
