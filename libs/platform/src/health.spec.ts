import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Health } from './health.js';

describe('Health', () => {
  it('is not ready before all that it waits for has come', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    const config = { RICOCHET_HTTP: { host: '127.0.0.1', port }, RICOCHET_NODE_METRICS: false };
    const health = await Health.open(config, ['nats', 'store']);
    const ready = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/health/ready`)).json();
    expect(await ready()).toEqual({
      status: 'not ready',
      checks: { nats: 'not there yet', store: 'not there yet', start: 'not over yet' },
    });
    health.check('nats', () => undefined);
    expect(await ready()).toMatchObject({ status: 'not ready', checks: { nats: 'ok' } });
    health.check('store', () => undefined);
    expect(await ready()).toMatchObject({ status: 'not ready', checks: { store: 'ok' } });
    health.begun();
    expect(await ready()).toEqual({ status: 'ready', checks: { nats: 'ok', store: 'ok' } });
    const bus = {
      isUp: true,
      tell: (_: boolean): void => undefined,
      onConnection(handler: (up: boolean) => void) {
        this.tell = handler;
      },
    };
    health.watchNats(bus);
    bus.isUp = false;
    bus.tell(false);
    expect(await ready()).toMatchObject({ status: 'not ready', checks: { nats: 'not connected' } });
    bus.isUp = true;
    bus.tell(true);
    expect(await ready()).toMatchObject({ status: 'ready' });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^ricochet_nats_up 1$/m);
    expect(metrics).toMatch(/^ricochet_nats_reconnects_total 1$/m);
    await health.close();
    await expect(ready()).rejects.toThrow();
  });
});
