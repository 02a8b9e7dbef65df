import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { indicationsSettled, xAppIndication, xAppRegister } from '@ricochet/contracts';
import { freePort } from './support/live-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PASSWORD = 'of-the-test';
const INSTANCE = 'hello-kpm-test';
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('hello-kpm', () => {
  let nats: EmbeddedNats | undefined;
  let bus: Bus | undefined;
  let xapp: ChildProcess | undefined;
  afterEach(async () => {
    if (xapp?.exitCode === null) {
      xapp.kill('SIGKILL');
      await once(xapp, 'exit');
    }
    await bus?.close();
    await nats?.stop();
  });

  (hasPython ? it : it.skip)(
    `comes back when nats-server does${hasPython ? '' : ' (skipped: there is no python3 here)'}`,
    async () => {
      const port = await freePort();
      const start = async (): Promise<EmbeddedNats> => EmbeddedNats.start({ port, password: PASSWORD });
      nats = await start();
      const { url } = nats;
      bus = await Bus.connect({ url, name: 'test', onTrouble: () => undefined });
      let registered = 0;
      const settled: number[] = [];
      bus.serve(xAppRegister('hello-kpm'), () => {
        registered += 1;
        return { accepted: true as const };
      });
      bus.subscribe(indicationsSettled('hello-kpm'), ({ count }) => settled.push(count));
      xapp = spawn('python3', ['-B', resolve('apps/xapps/hello-kpm/hello_kpm.py')], {
        // Its standard input stays open: it ends with that.
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { ...process.env, RICOCHET_NATS_URL: url, RICOCHET_XAPP_INSTANCE: INSTANCE },
      });
      const hears = async (count: number): Promise<void> => {
        const report = {
          nodeId: 'gnb-001-01-1-du-1',
          level: 'slice' as const,
          timeMs: count * 1_000,
          periodMs: 1_000,
          measurements: ['DRB.UEThpDl'],
          rows: [{ snssai: { sst: 1 }, values: [1] }],
        };
        bus?.publish(xAppIndication('hello-kpm', INSTANCE), {
          subscription: 'slices',
          sequenceNumber: count,
          missed: 0,
          lockstep: false,
          report,
        });
        await waitFor(`${count} settled`, () => settled.includes(count));
      };
      await waitFor('registered', () => registered > 0);
      await hears(1);
      await nats.stop();
      nats = await start();
      const before = registered;
      await waitFor('our own connection', () => bus?.isUp === true);
      await waitFor('registered again', () => registered > before);
      await hears(2);
    },
    TIMEOUT_MS,
  );
});
