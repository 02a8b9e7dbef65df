import { Duplex } from 'node:stream';
import { Pongs } from './pongs.js';

describe('answers to pings', () => {
  it('are of each ping, and of the latest alone while nobody reads', async () => {
    const written: number[] = [];
    let goOn: (() => void) | undefined;
    const socket = new Duplex({
      writableHighWaterMark: 2,
      read: () => undefined,
      write: (octets: Buffer, _, done) => {
        written.push(...octets);
        goOn = done;
      },
    });
    const pongs = new Pongs(socket, (payload) => socket.write(payload));
    for (let ping = 0; ping < 100; ping++) pongs.answer(Buffer.of(ping));
    expect(socket.writableLength).toBe(2);
    while (goOn !== undefined) {
      const done: () => void = goOn;
      goOn = undefined;
      done();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toEqual([0, 1, 99]);
    pongs.answer(Buffer.of(100));
    expect(written.at(-1)).toBe(100);
  });
});
