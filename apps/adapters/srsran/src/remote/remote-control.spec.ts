import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Duplex } from 'node:stream';
import { GnbRefusal, RemoteControl } from './remote-control.js';

/** RFC 6455 clause 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

describe('the remote control', () => {
  let server: Server;
  let gnb: Duplex;
  let control: RemoteControl;
  let metrics: unknown[];

  const say = (value: unknown) => {
    const text = Buffer.from(JSON.stringify(value));
    gnb.write(Buffer.concat([Buffer.of(0x81, text.length), text]));
  };

  beforeEach(async () => {
    server = createServer();
    server.on('upgrade', ({ headers }, socket) => {
      gnb = socket;
      socket.on('error', () => undefined).resume();
      const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64');
      socket.write(
        `HTTP/1.1 101 .\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    metrics = [];
    await new Promise<void>((connected) => {
      const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
      control = new RemoteControl(
        { url, timers: { after: () => () => undefined } },
        {
          connected,
          lost: () => undefined,
          metrics: (value) => metrics.push(value),
          garbage: () => undefined,
        },
      );
      control.start();
    });
  });

  afterEach(async () => {
    control.close();
    gnb.destroy();
    server.close();
    await once(server, 'close');
  });

  it('takes the name of the command alone for a yes', async () => {
    let hasYes = false;
    const done = control.command({ cmd: 'metrics_subscribe' }).then(() => (hasYes = true));
    for (const cmd of [5, 'quit', null]) say({ cmd });
    const other = control.command({ cmd: 'other' });
    say({ cells: [] });
    while (metrics.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(hasYes).toBe(false);
    say({ cmd: 'metrics_subscribe' });
    await done;
    say({ error: 'Unknown command type' });
    await expect(other).rejects.toThrow(new GnbRefusal('other: Unknown command type'));
  });

  it('tells a no of the gNB from a connection that has gone', async () => {
    const refused = control.command({ cmd: 'a' });
    say({ cmd: 'a', error: 'no' });
    await expect(refused).rejects.toBeInstanceOf(GnbRefusal);
    const lost = control.command({ cmd: 'b' });
    gnb.destroy();
    await expect(lost).rejects.not.toBeInstanceOf(GnbRefusal);
    await expect(control.command({ cmd: 'c' })).rejects.toThrow('c: not connected to the gNB');
  });
});
