import {
  ricProcedure,
  simulationSample,
  type RicProcedure,
  type SimulationSample,
} from '@ricochet/contracts';
import { LiveRic, type LiveRicEnvironment } from './live-ric.js';
import { MAKES, QUOTA } from './makes.js';
import { ProbeXApp } from './probe-xapp.js';
import { type Program } from './processes.js';
import { expectPlausible, isTrue, volumeOf } from './report-truth.js';
import { waitFor } from './wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
/** Reports of a subscription and node that are held against the truth. */
const REPORTS = 3;
/** What the RIC says of messages that are none. */
const UNREADABLE = /PDU refused| dropped: |not expected here|can not be read/;
/** Levels of a log line. */
const [WARN, ERROR] = [40, 50];

/** Our RIC against our node in every profile, each a process of its own, over one transport. */
export function describeVendorNodes(transport: 'nats' | 'sctp', environment: LiveRicEnvironment): void {
  describe.each(MAKES)(`a $profile node over ${transport}`, (make) => {
    const wishes = [...make.offered, ...make.refused.map(([wish]) => wish)];
    const samples: SimulationSample[] = [];
    let live: LiveRic;
    let ric: Program;
    let sim: Program;
    let probe: ProbeXApp;

    beforeAll(async () => {
      live = await LiveRic.create({
        ric: {
          RICOCHET_XAPPS: '[]',
          RICOCHET_E2_PROFILES: JSON.stringify(make.configured ?? {}),
          ...environment.ric,
        },
        sim: { RICOCHET_E2_PROFILE: make.profile, ...environment.sim },
      });
      await live.startNats();
      live.bus.subscribe(simulationSample, (sample) => samples.push(sample));
      ric = live.startRic();
      sim = live.startSim();
      probe = new ProbeXApp(live.bus, wishes);
      await connected().catch((error: Error) => {
        throw new Error([error.message, ...ric.stderr.slice(-10), ...sim.stderr.slice(-10)].join('\n'));
      });
    }, TIMEOUT_MS);
    afterAll(async () => {
      probe.stop();
      await live.dispose();
    });

    const connected = () =>
      live.status(
        'both nodes',
        ({ nodes }) =>
          nodes.length === make.nodes.length && nodes.every(({ state }) => state === 'connected'),
        PATIENCE_MS,
      );

    /** All that is offered is active at a node, since the notice `from`. */
    const subscribed = async (nodes: readonly string[], from = 0): Promise<void> => {
      for (const nodeId of nodes) {
        for (const { name } of make.offered) {
          await probe.notice(
            { nodeId, subscription: name, state: 'active' },
            { from, timeoutMs: PATIENCE_MS },
          );
        }
      }
    };

    /** Every subscription that is offered brings reports of a node from now on. */
    const reported = async (nodes: readonly string[]): Promise<void> => {
      const from = probe.indications.length;
      for (const nodeId of nodes) {
        for (const { name } of make.offered) {
          const of = reportsOf(name, nodeId);
          await waitFor(`${name} reports of ${nodeId}`, () => of(from).length > 0, PATIENCE_MS);
        }
      }
    };
    const reportsOf = (name: string, nodeId: string) => (from: number) =>
      probe.indications
        .slice(from)
        .filter(({ subscription, report }) => subscription === name && report.nodeId === nodeId)
        .map(({ report }) => report);

    /** What the simulator and its nodes complain of: a node tells of each message that is none for it. */
    const complaints = (): string[] => sim.stderr.filter((line) => levelOf(line) >= WARN && !isLate(line));

    it('is known for what it is', async () => {
      const { nodes } = await connected();
      expect(nodes.map(({ nodeId }) => nodeId).toSorted()).toEqual(make.nodes);
      for (const node of nodes) expect(node).toMatchObject({ transport, profile: make.profile });
      await ric.logged(
        new RegExp(`${make.nodes[0]} connected over .* as ${make.profile} with ORAN-E2SM-KPM`),
      );
    });

    it(
      'reports all that it offers, as it was',
      async () => {
        await subscribed(make.nodes);
        for (const nodeId of make.nodes) {
          let deliveredKbit = 0;
          for (const wish of make.offered) {
            const reports = await waitFor(
              `${wish.name} reports of ${nodeId}`,
              () => {
                const have = reportsOf(wish.name, nodeId)(0);
                return have.length >= REPORTS ? have.slice(-REPORTS) : undefined;
              },
              PATIENCE_MS,
            );
            for (const report of reports) {
              expect(report).toMatchObject({ level: wish.level, periodMs: wish.periodMs });
              expect(report.measurements).toEqual(wish.measurements);
              expectPlausible(report);
              // The truth is told every 100 ms, in step with the first node: the other one's periods begin 10 ms later.
              if (nodeId === make.nodes[0]) {
                await waitFor(
                  `what ${nodeId} did up to ${report.timeMs} ms, as in ${JSON.stringify(report)}`,
                  () => samples.some((sample) => isTrue(report, sample, make)),
                  PATIENCE_MS,
                );
              } else expect(report.timeMs % 100).toBe(make.clockMs === 1 ? 10 : 0);
              deliveredKbit += volumeOf(report, make);
            }
          }
          expect(deliveredKbit).toBeGreaterThan(0);
        }
      },
      TIMEOUT_MS,
    );

    it(
      'is not sent what its definition or its profile does not allow',
      async () => {
        for (const nodeId of make.nodes) {
          for (const [{ name }, words] of make.refused) {
            const { cause } = await probe.notice(
              { nodeId, subscription: name, state: 'failed' },
              { timeoutMs: PATIENCE_MS },
            );
            expect(cause).toMatch(words);
          }
        }
        for (const [control, words] of make.refusedControls) {
          const answer = await probe.control(make.nodes[0], control);
          expect(answer).toMatchObject({ outcome: 'refused', cause: expect.stringMatching(words) });
        }
        for (const [procedure, words] of Object.entries(make.refusedProcedures ?? {})) {
          const answer = await begin(procedure as RicProcedure, make.nodes[0]);
          expect(answer).toMatchObject({ outcome: 'refused', text: expect.stringMatching(words) });
        }
        // What was sent would have come before these.
        await reported(make.nodes);
        expect(complaints()).toEqual([]);
      },
      TIMEOUT_MS,
    );

    it(
      'is given a slice quota, or is not asked',
      async () => {
        const [nodeId] = make.nodes;
        const { quota } = make;
        if (quota instanceof RegExp) {
          const answer = await probe.control(nodeId, QUOTA);
          expect(answer).toMatchObject({ outcome: 'refused', cause: expect.stringMatching(quota) });
          expect(complaints()).toEqual([]);
          return;
        }
        // One that comes late in a period has no effect on the whole of it.
        await waitFor(
          'a quota in effect',
          async () => {
            const { controlId, outcome, cause } = await probe.control(nodeId, QUOTA);
            // Nor does one that a busy machine answers too late.
            if (outcome === 'timed-out') return false;
            expect({ outcome, cause }).toEqual({
              outcome: 'acknowledged',
              cause: quota.cause && expect.stringMatching(quota.cause),
            });
            const effect = await waitFor('an effect', () =>
              probe.effects.find((each) => each.controlId === controlId),
            );
            return effect.effective || (effect.reason !== undefined && quota.effect?.test(effect.reason));
          },
          PATIENCE_MS,
        );
        await live.sample('the quota in force', ({ nodes }) => {
          const slices = nodes.find((node) => node.nodeId === nodeId)?.slices ?? [];
          return QUOTA.ratios.every(({ snssai, minRatio, maxRatio }) => {
            const inForce = slices.find((slice) => slice.snssai.sst === snssai.sst);
            return (
              inForce?.maxRatio === maxRatio && inForce.minRatio === (quota.isMinimumInForce ? minRatio : 0)
            );
          });
        });
      },
      TIMEOUT_MS,
    );

    if (make.refusedProcedures === undefined) {
      it.each<[RicProcedure, boolean, boolean]>([
        ['query', false, false],
        ['reset', true, false],
        ['remove', true, true],
      ])(
        'does what the RIC begins: %s',
        async (procedure, isSubscribedAnew, isGone) => {
          const [nodeId, other] = make.nodes;
          const from = probe.notices.length;
          expect(await begin(procedure, nodeId)).toMatchObject({ outcome: 'done' });
          if (isGone) {
            await probe.notice(
              { nodeId, subscription: make.offered[0]?.name ?? '', state: 'lost' },
              { from, timeoutMs: PATIENCE_MS },
            );
          }
          if (isSubscribedAnew) await subscribed([nodeId], from);
          await reported(make.nodes);
          expect(probe.notices.slice(from).filter((notice) => notice.nodeId === other)).toEqual([]);
        },
        TIMEOUT_MS,
      );
    }

    it(
      'comes back when its process was killed, and after each reset',
      async () => {
        const killedAt = probe.notices.length;
        await sim.kill('SIGKILL');
        for (const nodeId of make.nodes) {
          const lost = { nodeId, subscription: make.offered[0]?.name ?? '', state: 'lost' as const };
          await probe.notice(lost, { from: killedAt, timeoutMs: PATIENCE_MS });
        }
        const from = probe.notices.length;
        const lines = ric.stderr.length;
        sim = live.startSim('resets.yaml');
        await subscribed(make.nodes, from);
        const subscribedAt = probe.notices.length;
        const [nodeId] = make.nodes;
        const isReset = (line: string): boolean => line.includes(nodeId) && make.reset.test(line);
        await waitFor(`a reset of ${nodeId}`, () => ric.stderr.slice(lines).some(isReset), PATIENCE_MS);
        await subscribed([nodeId], subscribedAt);
        await reported(make.nodes);
      },
      TIMEOUT_MS,
    );

    it('leaves nothing in the log that is an error, and no PDU that could not be read', async () => {
      const { nodes, counts } = await live.status('the last', () => true, PATIENCE_MS);
      expect(counts.controlsFailed).toBe(0);
      expect(nodes.map(({ refusedPdus }) => refusedPdus)).toEqual([0, 0]);
      expect(ric.stderr.filter((line) => levelOf(line) >= ERROR || UNREADABLE.test(line))).toEqual([]);
      expect([ric.state, sim.state]).toEqual(['runs', 'runs']);
    });

    const begin = (procedure: RicProcedure, nodeId: string) =>
      live.bus.request(ricProcedure, { nodeId, procedure }, PATIENCE_MS);
  });
}

/** Level of a line of a log, of which there is none without. */
function levelOf(line: string): number {
  return (JSON.parse(line) as { level: number }).level;
}

/** A machine that is busy with other things: says nothing of the node. */
function isLate(line: string): boolean {
  return line.includes('behind the wall clock');
}
