import { randomUUID } from 'node:crypto';
import { MAX_INLINE_VECTOR_BYTES, type Vector } from '@ricochet/contracts';
import { Objm, StorageType, type ObjectStore } from '@nats-io/obj';
import { nanos } from '@nats-io/transport-node';
import { type Bus } from './bus.js';
import { BusError } from './bus.error.js';

const BUCKET = 'ricochet-vectors';
/** What nobody fetched by then is dropped: who wanted it has ended. */
const UNFETCHED_TTL_MS = 10 * 60_000;
const BYTES_PER_VALUE = Float32Array.BYTES_PER_ELEMENT;

/**
 * Makes a vector ready to travel in a message: inline up to {@link MAX_INLINE_VECTOR_BYTES}, above through the object
 * store of NATS, for one reader.
 * @throws BusError `BUS_OBJECT_STORE` when the server has no JetStream or does not take the object.
 */
export async function putVector(bus: Bus, values: Float32Array): Promise<Vector> {
  const bytes = littleEndian(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  if (bytes.length <= MAX_INLINE_VECTOR_BYTES) return { inline: bytes.toString('base64') };
  const object = randomUUID();
  await inBucket(bus, `putting vector ${object}`, (bucket) => bucket.putBlob({ name: object }, bytes));
  return { object };
}

/**
 * Reads a vector that came in a message. An object of the store is fetched once: it is gone afterwards, or when nobody
 * fetched it within ten minutes.
 * @param length that it must have, when that is known
 * @throws BusError `BUS_INVALID_VECTOR` when it is not whole float32 values or not as many, `BUS_OBJECT_STORE` when the
 * object is not there or can not be had.
 */
export async function getVector(bus: Bus, vector: Vector, length?: number): Promise<Float32Array> {
  const bytes =
    'inline' in vector ? Buffer.from(vector.inline, 'base64') : await fetchObject(bus, vector.object);
  if ('inline' in vector && bytes.toString('base64') !== vector.inline) {
    throw new BusError('BUS_INVALID_VECTOR', 'vector: not base64');
  }
  if (bytes.length % BYTES_PER_VALUE !== 0) {
    throw new BusError('BUS_INVALID_VECTOR', `vector: ${bytes.length} bytes are not whole float32 values`);
  }
  if (length !== undefined && bytes.length !== length * BYTES_PER_VALUE) {
    const got = bytes.length / BYTES_PER_VALUE;
    throw new BusError('BUS_INVALID_VECTOR', `vector: ${got} values instead of ${length}`);
  }
  // A copy, as a Float32Array must begin at a multiple of four bytes.
  return new Float32Array(Uint8Array.from(littleEndian(bytes)).buffer);
}

async function fetchObject(bus: Bus, object: string): Promise<Buffer> {
  return inBucket(bus, `getting vector ${object}`, async (bucket) => {
    const bytes = await bucket.getBlob(object);
    if (bytes === null) {
      throw new BusError('BUS_OBJECT_STORE', `vector ${object} is not in the object store`);
    }
    // Not awaited: if it fails, the object's age ends it.
    void bucket.delete(object).catch(() => undefined);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  });
}

/** Works in the bucket, which is made when it is not there: the server may have been replaced meanwhile. */
async function inBucket<T>(bus: Bus, what: string, work: (bucket: ObjectStore) => Promise<T>): Promise<T> {
  try {
    const bucket = await new Objm(bus.connection).create(BUCKET, {
      description: 'Vectors too large for a message',
      storage: StorageType.File,
      ttl: nanos(UNFETCHED_TTL_MS),
    });
    return await work(bucket);
  } catch (error) {
    if (error instanceof BusError) throw error;
    throw new BusError('BUS_OBJECT_STORE', `${what}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return name === 'JetStreamNotEnabled' ? 'this NATS server has no JetStream' : message;
}

/** Float32 values as they travel, or back: swapped on a big-endian machine. */
function littleEndian(bytes: Buffer): Buffer {
  return IS_BIG_ENDIAN ? Buffer.from(bytes).swap32() : bytes;
}

const IS_BIG_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;
