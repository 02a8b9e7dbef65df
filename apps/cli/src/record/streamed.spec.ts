import { BusError } from '@ricochet/bus';
import { StreamedRecording } from './streamed.js';

const MIB = 1024 ** 2;

describe('a recording on its way into a stream', () => {
  const bus = { close: () => Promise.resolve() };
  const to = (append: () => Promise<void>) => new StreamedRecording('night', { append }, bus);

  it('keeps what comes, however much, where the server keeps up', async () => {
    let kept = 0;
    const streamed = to(() => Promise.resolve(void (kept += 1)));
    for (let i = 0; i < 100; i++) {
      streamed.append(Buffer.alloc(MIB));
      await streamed.kept();
    }
    expect(kept).toBe(100);
  });

  it('holds 64 MiB for a server that is slow, and ends the run when more comes', () => {
    const piece = Buffer.alloc(MIB);
    const streamed = to(() => new Promise(() => undefined));
    for (let i = 0; i < 64; i++) streamed.append(piece);
    expect(() => streamed.append(piece)).toThrow(
      'stream night: its server is too slow: 64 MiB wait to be kept',
    );
  });

  it('takes nothing more once the server has refused', async () => {
    const full = new BusError('BUS_STREAM', 'stream night: it is full: it has room for 512 MiB');
    const streamed = to(() => Promise.reject(full));
    streamed.append(Buffer.alloc(1));
    await expect(streamed.kept()).rejects.toMatchObject({ message: full.message, exitCode: 1 });
    expect(() => streamed.append(Buffer.alloc(1))).toThrow(full.message);
  });
});
