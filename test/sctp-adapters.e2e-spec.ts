import { resolve } from 'node:path';
import { type SubscriptionSpec } from '@ricochet/contracts';
import { SrsranEmulator } from './emulators/srsran/srsran-emulator.js';
import { describeGnb } from './support/describe-gnb.js';
import { LiveRic } from './support/live-ric.js';
import { MAKES, QUOTA } from './support/makes.js';
import { ProbeXApp } from './support/probe-xapp.js';
import { fixture, Ricochet } from './support/ricochet.js';
import { sctpLacks } from './support/sctp.js';
import { waitFor } from './support/wait-for.js';

const RIC = 'sctp://127.0.0.1:36461';
/** The user-mode kernel has one CPU, and a slow one. */
const TIMEOUT_MS = 600_000;
const PERIOD_MS = 500;

const makeOf = (profile: string) => MAKES.find((make) => make.profile === profile)!;
const SRSRAN = makeOf('srsran');
const ADAPTED = 'gnb-001-01-251-du-1';
/** What all nodes behind adapters report. */
const CELL: SubscriptionSpec = {
  name: 'slow cell',
  level: 'cell',
  periodMs: PERIOD_MS,
  measurements: ['DRB.UEThpDl'],
};

const lacks = sctpLacks();

// Where the kernel has no SCTP the name of what is skipped says so.
(lacks === undefined ? describe : describe.skip)(lacks ?? 'where the kernel has it', () => {
  describe.each(['flexric-2.03', 'flexric-3.01'] as const)(
    'agents of srsran and %s over SCTP, beside a gNB behind an adapter',
    (flexric) => {
      const FLEXRIC = makeOf(flexric);
      const ricochet = new Ricochet();
      const emulator = new SrsranEmulator({ periodMs: PERIOD_MS, era: '25.10' });
      let live: LiveRic;
      let probe: ProbeXApp;

      beforeAll(async () => {
        live = await LiveRic.create({
          ric: {
            RICOCHET_XAPPS: '[]',
            RICOCHET_E2_LISTEN: RIC,
            RICOCHET_E2_PROFILES: JSON.stringify(
              Object.fromEntries(FLEXRIC.nodes.map((id) => [id, flexric])),
            ),
          },
        });
        await live.startNats();
        live.startRic();
        for (const { profile } of [SRSRAN, FLEXRIC]) {
          live.processes.start([resolve('e2-sim/dist/main.js')], {
            env: {
              RICOCHET_NATS_URL: live.url,
              RICOCHET_SCENARIO: fixture('small.yaml'),
              RICOCHET_E2: RIC,
              RICOCHET_E2_PROFILE: profile,
              RICOCHET_SPEED: '0.1',
            },
            withParent: true,
          });
        }
        await emulator.start();
        emulator.run();
        const about = { gnbId: 251, profile: 'srsran-25.10', periodMs: PERIOD_MS };
        live.processes.start([resolve('apps/adapters/srsran/dist/main.js')], {
          env: {
            RICOCHET_NATS_URL: live.url,
            RICOCHET_GNB: emulator.url,
            RICOCHET_GNB_CONFIG: ricochet.write('gnb.yaml', describeGnb(emulator.gnb, about)),
            RICOCHET_MCS_TABLE: 'qam64',
          },
          withParent: true,
        });
        probe = new ProbeXApp(live.bus, [...SRSRAN.offered, ...FLEXRIC.offered, CELL]);
      }, TIMEOUT_MS);
      afterAll(async () => {
        // Not there when the beginning failed.
        (probe as ProbeXApp | undefined)?.stop();
        await emulator.close();
        await ricochet.dispose();
        await (live as LiveRic | undefined)?.dispose();
      }, TIMEOUT_MS);

      it(
        'are known for what they are, each over its transport',
        async () => {
          const expected = [
            ...SRSRAN.nodes.map((nodeId) => ({ nodeId, transport: 'sctp', profile: 'srsran' })),
            ...FLEXRIC.nodes.map((nodeId) => ({ nodeId, transport: 'sctp', profile: flexric })),
            { nodeId: ADAPTED, transport: 'nats', profile: 'srsran-25.10' },
          ];
          const isThere = ({ state }: { state: string }): boolean => state === 'connected';
          const { nodes } = await live.status(
            'all nodes',
            (status) => status.nodes.filter(isThere).length === expected.length,
            TIMEOUT_MS,
          );
          const byId = (a: { nodeId: string }, b: { nodeId: string }): number =>
            a.nodeId.localeCompare(b.nodeId);
          expect(
            nodes.map(({ nodeId, transport, profile }) => ({ nodeId, transport, profile })).sort(byId),
          ).toEqual(expected.sort(byId));
        },
        TIMEOUT_MS,
      );

      it(
        'report to one xApp',
        async () => {
          for (const nodeId of [...SRSRAN.nodes, ...FLEXRIC.nodes, ADAPTED]) {
            const reports = (): boolean => probe.indications.some(({ report }) => report.nodeId === nodeId);
            await waitFor(`a report of ${nodeId}`, reports, TIMEOUT_MS);
          }
        },
        TIMEOUT_MS,
      );

      it(
        'take its quota as far as they can, or are not asked',
        async () => {
          const maxAlone = expect.stringMatching(/node applies the maximum ratio alone/) as unknown;
          const taken = { outcome: 'acknowledged', cause: maxAlone };
          expect(await probe.control(SRSRAN.nodes[0], QUOTA)).toMatchObject(taken);
          expect(await probe.control(ADAPTED, QUOTA)).toMatchObject(taken);
          expect(emulator.policies.map((policy) => policy['max_prb_policy_ratio'])).toEqual(
            expect.arrayContaining([70, 80]),
          );
          expect(await probe.control(FLEXRIC.nodes[0], QUOTA)).toMatchObject({
            outcome: 'refused',
            cause: expect.stringMatching(/offers no RC control style 2/),
          });
        },
        TIMEOUT_MS,
      );
    },
  );
});
