import { type SubscriptionSpec } from '@ricochet/contracts';
import { LiveRic } from './support/live-ric.js';
import { ProbeXApp } from './support/probe-xapp.js';
import { type Program } from './support/processes.js';
import { sctpLacks } from './support/sctp.js';
import { waitFor } from './support/wait-for.js';

const RIC = 'sctp://127.0.0.1:36451';
const NODES = Array.from({ length: 50 }, (_, i) => `gnb-001-01-1-du-${i + 1}`);
/** The user-mode kernel has one CPU, and a slow one. */
const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 240_000;
const GROWTH_MIB = 100;

const CELLS: SubscriptionSpec = {
  name: 'cells',
  level: 'cell',
  periodMs: 100,
  measurements: ['RRU.PrbUsedDl'],
};
/** That, and the RIC's own of slices. */
const SUBSCRIPTIONS = 2 * NODES.length;

const lacks = sctpLacks();

// Where the kernel has no SCTP the name of what is skipped says so.
(lacks === undefined ? describe : describe.skip)(
  `fifty nodes at once over SCTP${lacks ? ` (${lacks})` : ''}`,
  () => {
    const memoriesMiB: number[] = [];
    let live: LiveRic;
    let ric: Program;
    let probe: ProbeXApp;

    beforeAll(async () => {
      live = await LiveRic.create({
        ric: { RICOCHET_XAPPS: '[]', RICOCHET_E2_LISTEN: RIC },
        // Slowly, so that what counts is their coming and going.
        sim: { RICOCHET_E2: RIC, RICOCHET_SPEED: '0.05' },
      });
      await live.startNats();
      ric = live.startRic();
      probe = new ProbeXApp(live.bus, [CELLS]);
      await live.status('the probe', ({ xapps }) => xapps.length === 1, PATIENCE_MS);
    }, TIMEOUT_MS);
    afterAll(async () => {
      probe.stop();
      await live.dispose();
    });

    const allIn = (state: 'connected' | 'disconnected') =>
      live.status(
        `all nodes ${state}`,
        ({ nodes }) => nodes.length === NODES.length && nodes.every((node) => node.state === state),
        PATIENCE_MS,
      );

    it.each(['first', 'second', 'third'])(
      'are set up, subscribed to and report, and are killed, the %s time',
      async () => {
        const [notices, indications] = [probe.notices.length, probe.indications.length];
        const sim = live.startSim('storm.yaml');
        await allIn('connected').catch((error: Error) => {
          throw new Error(
            [error.message, `simulator: ${sim.isRunning}`, ...sim.stderr.slice(-10)].join('\n'),
          );
        });
        for (const nodeId of NODES) {
          const active = { nodeId, subscription: CELLS.name, state: 'active' as const };
          await probe.notice(active, { from: notices, timeoutMs: PATIENCE_MS });
        }
        const silent = (): string[] => {
          const heard = new Set(probe.indications.slice(indications).map(({ report }) => report.nodeId));
          return NODES.filter((nodeId) => !heard.has(nodeId));
        };
        await waitFor('reports of all nodes', () => silent().length === 0, PATIENCE_MS);
        await waitFor(
          'all that is subscribed to in the store, and no more',
          () => {
            const states = live.query<{ state: string }>('SELECT state FROM subscription');
            return states.length === SUBSCRIPTIONS && states.every(({ state }) => state === 'active');
          },
          PATIENCE_MS,
        );
        memoriesMiB.push(ric.memoryMiB);
        await sim.kill('SIGKILL');
        await allIn('disconnected');
      },
      TIMEOUT_MS,
    );

    it('leave the RIC as it was', () => {
      expect(ric.isRunning).toBe(true);
      const [first = 0, , last = Infinity] = memoriesMiB;
      expect(last).toBeLessThan(first + GROWTH_MIB);
      expect(ric.stderr.filter((line) => /claimed again|could not be read|dropped/.test(line))).toEqual([]);
    });
  },
);
