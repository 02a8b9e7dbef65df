import { OaiEmulator } from './emulators/oai/oai-emulator.js';
import { Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const STEP_MS = 120_000;

describe('an adapter whose RIC was found, not named', () => {
  const ricochet = new Ricochet();
  const oai = new OaiEmulator({ periodMs: 500 });
  const stateHome = process.env['XDG_STATE_HOME'];

  // Those of other tests, or of this user, are not to be found.
  beforeAll(() => void (process.env['XDG_STATE_HOME'] = ricochet.path('state')));
  afterAll(async () => {
    if (stateHome === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = stateHome;
    await oai.stop();
    await ricochet.dispose();
  }, TIMEOUT_MS);

  it(
    'goes to the RIC that is started in the place of the one that has ended',
    async () => {
      await oai.start();
      oai.run();
      const up = async () => {
        const ric = ricochet.start('up', '--plain', '--no-nodes', '--no-dashboard');
        await waitFor('the RIC', () => ric.stdout.some((line) => /E2 nodes/.test(line)), STEP_MS);
        return ric;
      };
      const first = await up();
      const { host, port } = oai.address;
      const adapter = ricochet.start('adapter', 'oai', '--telnet', `${host}:${port}`);
      const connected = () => adapter.stdout.filter((line) => /: connected$/.test(line)).length;
      await waitFor('the node at the first RIC', () => connected() >= 1, STEP_MS);
      await first.kill('SIGTERM');
      const second = await up();
      await waitFor('the node at the second RIC', () => connected() >= 2, STEP_MS);
      expect(adapter.stdout).toContain('the RIC has ended, and another runs: beginning anew there');
      await waitFor(
        'the second RIC to show the node',
        () => second.stdout.some((line) => line.includes('gnb-001-01-411-du-1')),
        STEP_MS,
      );
      expect((await adapter.kill('SIGTERM')).code).toBe(0);
    },
    TIMEOUT_MS,
  );
});
