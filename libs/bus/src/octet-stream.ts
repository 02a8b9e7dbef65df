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

const MIB = 1024 * 1024;
/** Less room is none. */
const MIN_OCTETS = MIB;

/** The server's codes: no room of the account or the server is left; a piece could not be stored, for a reason in words. */
const NO_ROOM: readonly number[] = [10_002, 10_023, 10_047];
const STORE_FAILED = 10_077;

/** Names of streams; one token of a NATS subject. */
export const OCTET_STREAM_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** A file, as it were, in a JetStream stream: octets that are appended, kept on the server's disk, and read from their beginning. */
export class OctetStream {
  private constructor(
    private readonly name: string,
    private readonly client: JetStreamClient,
    /** That it takes, with some 40 for each piece; what goes beyond is refused. */
    readonly maxOctets: number,
  ) {}

  /**
   * An empty one, in the place of one of that name. The server sets the room for it aside.
   * @param wantedOctets that it is to take: a half, a quarter … of it where the server has less room
   * @throws BusError `BUS_STREAM`, when there is no room at all, too
   */
  static async create(bus: Bus, name: string, wantedOctets: number): Promise<OctetStream> {
    return tried(name, async () => {
      const manager = await jetstreamManager(bus.connection);
      await manager.streams.delete(streamOf(name)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
      for (let maxOctets = wantedOctets; ; maxOctets /= 2) {
        try {
          await manager.streams.add({
            name: streamOf(name),
            subjects: [subjectOf(name)],
            storage: StorageType.File,
            max_bytes: maxOctets,
            discard: DiscardPolicy.New,
          });
          return new OctetStream(name, manager.jetstream(), maxOctets);
        } catch (error) {
          if (!hasNoRoom(error) || maxOctets / 2 < MIN_OCTETS) throw error;
        }
      }
    });
  }

  /** Resolves when the server has kept them. @throws BusError `BUS_STREAM`, when it is full, too */
  async append(octets: Uint8Array): Promise<void> {
    await tried(this.name, async () => {
      try {
        for (let at = 0; at < octets.length; at += CHUNK_OCTETS) {
          await this.client.publish(subjectOf(this.name), octets.subarray(at, at + CHUNK_OCTETS));
        }
      } catch (error) {
        if (!isFull(error)) throw error;
        const mib = Math.round((10 * this.maxOctets) / MIB) / 10;
        throw new Error(`it is full: it has room for ${mib} MiB`, { cause: error });
      }
    });
  }

  /** All that there is, piece by piece. @throws BusError `BUS_STREAM` when there is none of that name, or a gap in it */
  static async *read(bus: Bus, name: string): AsyncGenerator<Uint8Array> {
    const manager = await tried(name, () => jetstreamManager(bus.connection));
    const { messages, last_seq: last } = await tried(name, () => stateOf(manager, name));
    // Whoever has taken pieces out may have left billions of numbers without one.
    if (messages !== last) throw new BusError('BUS_STREAM', `stream ${name}: ${GAP}`);
    for (let seq = 1; seq <= last; seq++) {
      const message = await tried(name, () => manager.streams.getMessage(streamOf(name), { seq }));
      if (message === null) throw new BusError('BUS_STREAM', `stream ${name}: ${GAP}`);
      yield message.data;
    }
  }
}

const GAP = 'pieces of it are missing';

const streamOf = (name: string): string => `${PREFIX}${name}`;
const subjectOf = (name: string): string => `octets.${name}`;

async function stateOf(
  manager: JetStreamManager,
  name: string,
): Promise<{ readonly messages: number; readonly last_seq: number }> {
  return (await manager.streams.info(streamOf(name))).state;
}

const codeOf = (error: unknown): number | undefined =>
  error instanceof JetStreamApiError ? error.code : undefined;
const isMissing = (error: unknown): boolean => codeOf(error) === JetStreamApiCodes.StreamNotFound;
const isFull = (error: unknown): boolean =>
  codeOf(error) === STORE_FAILED && /maximum bytes/i.test((error as Error).message);
const hasNoRoom = (error: unknown): boolean => NO_ROOM.includes(codeOf(error) ?? 0);

async function tried<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BusError('BUS_STREAM', `stream ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (isMissing(error)) return 'there is none of that name';
  if (hasNoRoom(error)) return 'this NATS server has no room left for it (max_file_store of its JetStream)';
  const { name, message } = error as Error;
  return name === 'JetStreamNotEnabled' ? 'this NATS server has no JetStream' : message;
}
