import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { type Bus } from './bus.js';
import { BusError } from './bus.error.js';

const PREFIX = 'ricochet-octets-';
/** Below the 1 MiB that a server takes. */
const CHUNK_OCTETS = 512 * 1024;

/** Names of streams; one token of a NATS subject. */
export const OCTET_STREAM_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** A file, as it were, in a JetStream stream: octets that are appended, kept on the server's disk, and read from their beginning. */
export class OctetStream {
  private constructor(
    private readonly name: string,
    private readonly client: JetStreamClient,
  ) {}

  /**
   * An empty one, in the place of one of that name.
   * @param maxOctets that it takes; what goes beyond is refused
   * @throws BusError `BUS_STREAM`
   */
  static async create(bus: Bus, name: string, maxOctets: number): Promise<OctetStream> {
    return tried(name, async () => {
      const manager = await jetstreamManager(bus.connection);
      await manager.streams.delete(streamOf(name)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
      await manager.streams.add({
        name: streamOf(name),
        subjects: [subjectOf(name)],
        storage: StorageType.File,
        max_bytes: maxOctets,
        discard: DiscardPolicy.New,
      });
      return new OctetStream(name, manager.jetstream());
    });
  }

  /** Resolves when the server has kept them. @throws BusError `BUS_STREAM`, when it is full, too */
  async append(octets: Uint8Array): Promise<void> {
    await tried(this.name, async () => {
      for (let at = 0; at < octets.length; at += CHUNK_OCTETS) {
        await this.client.publish(subjectOf(this.name), octets.subarray(at, at + CHUNK_OCTETS));
      }
    });
  }

  /** All that there is, piece by piece. @throws BusError `BUS_STREAM` when there is none of that name */
  static async *read(bus: Bus, name: string): AsyncGenerator<Uint8Array> {
    const manager = await tried(name, () => jetstreamManager(bus.connection));
    const { first_seq: first, last_seq: last } = await tried(name, () => stateOf(manager, name));
    // An empty one has 0 for both.
    for (let seq = Math.max(first, 1); seq <= last; seq++) {
      const message = await tried(name, () => manager.streams.getMessage(streamOf(name), { seq }));
      if (message !== null) yield message.data;
    }
  }
}

const streamOf = (name: string): string => `${PREFIX}${name}`;
const subjectOf = (name: string): string => `octets.${name}`;

async function stateOf(
  manager: JetStreamManager,
  name: string,
): Promise<{ readonly first_seq: number; readonly last_seq: number }> {
  return (await manager.streams.info(streamOf(name))).state;
}

const isMissing = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

async function tried<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BusError('BUS_STREAM', `stream ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (isMissing(error)) return 'there is none of that name';
  const { name, message } = error as Error;
  return name === 'JetStreamNotEnabled' ? 'this NATS server has no JetStream' : message;
}
