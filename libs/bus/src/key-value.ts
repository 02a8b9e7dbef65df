import { Kvm, type KV } from '@nats-io/kv';
import { type Bus, type Unsubscribe } from './bus.js';
import { BusError } from './bus.error.js';

export interface KeyValueLimits {
  readonly maxBytes: number;
  readonly maxValueBytes: number;
}

export interface KeyValueEntry {
  readonly key: string;
  /** JSON value; absent: the key was deleted. */
  readonly value?: unknown;
  /** Grows with every change of the bucket. */
  readonly revision: number;
}

/**
 * A bucket of NATS's key-value store with JSON values, the latest of each key. All throw a BusError `BUS_KEY_VALUE`
 * when the server has no JetStream or the bucket is full.
 */
export class KeyValue {
  private constructor(
    private readonly name: string,
    private readonly bucket: KV,
  ) {}

  /** Opens a bucket, which is made when it is not there. @param name letters, digits, `-` and `_` */
  static async open(bus: Bus, name: string, { maxBytes, maxValueBytes }: KeyValueLimits): Promise<KeyValue> {
    const limits = { max_bytes: maxBytes, maxValueSize: maxValueBytes, history: 1 };
    return new KeyValue(
      name,
      await attempt(`bucket ${name}`, () => new Kvm(bus.connection).create(name, limits)),
    );
  }

  /** `undefined` when there is none. */
  async get(key: string): Promise<KeyValueEntry | undefined> {
    const entry = await attempt(`${this.name}: ${key}`, () => this.bucket.get(key));
    if (entry === null || entry.operation !== 'PUT') return undefined;
    return { key, value: entry.json(), revision: entry.revision };
  }

  async set(key: string, value: unknown): Promise<void> {
    await attempt(`${this.name}: ${key}`, () => this.bucket.put(key, JSON.stringify(value)));
  }

  async delete(key: string): Promise<void> {
    await attempt(`${this.name}: ${key}`, () => this.bucket.purge(key));
  }

  async keys(): Promise<string[]> {
    return attempt(this.name, async () => {
      const keys: string[] = [];
      for await (const key of await this.bucket.keys()) keys.push(key);
      return keys.sort();
    });
  }

  /** Tells each entry that there is, then each change, in order of their revisions. */
  async watch(listener: (entry: KeyValueEntry) => void): Promise<Unsubscribe> {
    const entries = await attempt(this.name, () => this.bucket.watch());
    const tell = async (): Promise<void> => {
      for await (const entry of entries) {
        const { key, revision } = entry;
        listener(entry.operation === 'PUT' ? { key, value: entry.json(), revision } : { key, revision });
      }
    };
    // It ends with the connection; who watches begins anew then.
    tell().catch(() => undefined);
    return () => entries.stop();
  }
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    const reason = name === 'JetStreamNotEnabled' ? 'this NATS server has no JetStream' : message;
    throw new BusError('BUS_KEY_VALUE', `${what}: ${reason}`, { cause: error });
  }
}
