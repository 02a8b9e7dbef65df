import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_INLINE_VECTOR_BYTES } from '@ricochet/contracts';
import { Bus } from './bus.js';
import { EmbeddedNats } from './embedded-nats.js';
import { getVector, putVector } from './object-store.js';

/** A server's process id and folder, told by the folders of all, which come and go. */
function whereIs({ port }: EmbeddedNats): { pid: number; folder: string } {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith('ricochet-nats-'))) {
    const folder = join(tmpdir(), name);
    try {
      const file = readdirSync(folder).find((each) => each.endsWith('.ports')) ?? '';
      if (!readFileSync(join(folder, file), 'utf8').includes(`:${port}"`)) continue;
      return { pid: Number(/_(\d+)\.ports$/.exec(file)?.[1]), folder };
    } catch {
      continue;
    }
  }
  throw new Error(`no server on port ${port}`);
}

describe('EmbeddedNats', () => {
  it('has JetStream for large vectors, and removes what it kept when it is stopped', async () => {
    const nats = await EmbeddedNats.start();
    const { folder } = whereIs(nats);
    const bus = await Bus.connect({ url: nats.url, name: 'spec', onTrouble: () => undefined });
    const values = Float32Array.from({ length: MAX_INLINE_VECTOR_BYTES }, (_, i) => i);
    const vector = await putVector(bus, values);
    expect(vector).toHaveProperty('object');
    expect(await getVector(bus, vector, values.length)).toEqual(values);
    await bus.close();
    expect(existsSync(join(folder, 'jetstream'))).toBe(true);
    await nats.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('tells that its server was killed, and removes what it kept', async () => {
    let told: (reason: string) => void = () => undefined;
    const exited = new Promise<string>((resolve) => (told = resolve));
    const nats = await EmbeddedNats.start({ onExit: (reason) => told(reason) });
    const { pid, folder } = whereIs(nats);
    process.kill(pid, 'SIGKILL');
    expect(await exited).toBe(`nats-server on port ${nats.port} has ended`);
    expect(existsSync(folder)).toBe(false);
    await nats.stop();
  });

  it('says that a port is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    await expect(EmbeddedNats.start({ port })).rejects.toMatchObject({
      code: 'NATS_SERVER_FAILED',
      message: `nats-server: port ${port} on 127.0.0.1 is in use`,
    });
    squatter.close();
  });
});
