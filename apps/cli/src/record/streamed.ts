import { mkdtempSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bus, BusError, OCTET_STREAM_NAME, OctetStream } from '@ricochet/bus';
import { CliError } from '../cli.error.js';

const MAX_OCTETS = 4 * 1024 ** 3;

/** Recordings that go into a JetStream stream as they are written. */
export class StreamedRecording {
  private before: Promise<void> = Promise.resolve();

  private constructor(
    private readonly bus: Bus,
    private readonly stream: OctetStream,
  ) {}

  /** @throws CliError */
  static async open(url: string, name: string): Promise<StreamedRecording> {
    const bus = await connect(url);
    try {
      return new StreamedRecording(bus, await OctetStream.create(bus, checkedName(name), MAX_OCTETS));
    } catch (error) {
      await bus.close();
      throw cliError(error);
    }
  }

  /** One after the other; what went wrong {@link kept} tells. */
  append(octets: Uint8Array): void {
    this.before = this.before.then(() => this.stream.append(octets));
    this.before.catch(() => undefined);
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
      const descriptor = openSync(file, 'w');
      try {
        for await (const octets of OctetStream.read(bus, name)) writeSync(descriptor, octets);
      } finally {
        closeSync(descriptor);
      }
    } finally {
      await bus.close();
    }
    return { path: file, name: `${url.protocol}//${url.host}#${name}`, dispose };
  } catch (error) {
    dispose();
    throw cliError(error);
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

function cliError(error: unknown): unknown {
  return error instanceof BusError ? new CliError(error.message, 1) : error;
}
