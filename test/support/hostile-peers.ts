import { type Transport } from '@ricochet/e2ap';
import { E2Peer } from './e2-peer.js';
import { LiveRic, NODES, type LiveRicEnvironment } from './live-ric.js';
import { type Program } from './processes.js';
import { waitFor } from './wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
/** A busy machine may let xApps miss a report, and slices drift by themselves: that says nothing of the peer. */
const NOT_OF_PEERS = /missing|drift: /;
/** The RIC's own timers: 2 s for subscriptions, 10 s for a set-up that never comes. */
const TIMERS_MS = 20_000;
const FLOOD_PDUS = 100_000;
const MEMORY_BOUND_MIB = 300;

export interface HostilePeersOptions {
  readonly environment?: LiveRicEnvironment;
  /** What is told of the two nodes where the machine is slow, whatever a peer does. */
  readonly excused?: RegExp;
  /** Opens an association with the RIC, as whoever wants to may. */
  readonly connect: (live: LiveRic) => Promise<Transport>;
}

/**
 * What peers can do to a RIC: each case has one beside two nodes that work, and holds the RIC to its timers, to
 * bounded memory, to a line that says what happened, and to the two nodes not noticing.
 */
export function describeHostilePeers(
  title: string,
  { environment, excused, connect }: HostilePeersOptions,
): void {
  describe(title, () => {
    let live: LiveRic;
    let ric: Program;
    let nextDu = 50;
    const peers: E2Peer[] = [];

    beforeAll(async () => {
      live = await LiveRic.create(environment);
      await live.startNats();
      ric = live.startRic();
      live.startSim();
      await live.loopGoesOn(PATIENCE_MS);
    }, TIMEOUT_MS);
    afterEach(() => {
      for (const { transport } of peers.splice(0)) transport.close('the test is over');
    });
    afterAll(() => live.dispose());

    const peer = async (gnbDuId = nextDu++): Promise<E2Peer> => {
      const made = new E2Peer(await connect(live), gnbDuId);
      peers.push(made);
      return made;
    };
    /** A peer that is set up and whose every subscription is admitted. */
    const member = async (): Promise<E2Peer> => {
      const made = await peer();
      made.onPdu = (pdu) => {
        if (pdu.message === 'RICsubscriptionRequest') made.admit(pdu.value);
      };
      await made.setUp();
      return made;
    };
    const told = (pattern: RegExp): Promise<string> => ric.logged(pattern, TIMERS_MS);
    const garbage = (seed: number): Uint8Array =>
      Uint8Array.from({ length: 40 }, (_, i) => (seed * 7 + i * 13) % 251);

    /** Does it, and sees that the two nodes went on all the while, as the RIC tells it and the simulator. */
    const besideOthers = (name: string, act: () => Promise<void>): void => {
      it(
        name,
        async () => {
          const from = ric.stderr.length;
          await act();
          await live.loopGoesOn(PATIENCE_MS);
          expect(ric.isRunning).toBe(true);
          const aboutOthers = ric.stderr
            .slice(from)
            .filter((line) => NODES.some((node) => line.includes(`${node} `)))
            .filter((line) => !NOT_OF_PEERS.test(line) && excused?.test(line) !== true);
          expect(aboutOthers).toEqual([]);
        },
        TIMEOUT_MS,
      );
    };

    besideOthers('sends garbage before a set-up', async () => {
      const { transport, closed } = await peer();
      for (let i = 0; i < 150 && closed.length === 0; i++) transport.send(garbage(i));
      await waitFor('the RIC closes', () => closed.length > 0, TIMERS_MS);
      await told(/not E2AP|could not be read/);
    });

    besideOthers('sends garbage after it', async () => {
      const { transport, closed, nodeId } = await member();
      for (let i = 0; i < 150 && closed.length === 0; i++) transport.send(garbage(i));
      await waitFor('the RIC closes', () => closed.length > 0, TIMERS_MS);
      await told(new RegExp(`${nodeId}.* lost: `));
    });

    besideOthers('floods with reports that nobody asked for', async () => {
      const { transport, closed, ...flooder } = await member();
      const pdu = new E2Peer(transport, 1).indication({ requestorId: 9, instanceId: 9 }, 1, 300);
      const before = ric.memoryMiB;
      for (let sent = 0; sent < FLOOD_PDUS && closed.length === 0; sent += 1) {
        transport.send(pdu);
        if (sent % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await told(new RegExp(flooder.nodeId));
      expect(ric.memoryMiB).toBeLessThan(before + MEMORY_BOUND_MIB);
    });

    besideOthers('never sets up', async () => {
      const { closed } = await peer();
      await waitFor('the RIC closes', () => closed.length > 0, TIMERS_MS);
    });

    besideOthers('never answers a subscription', async () => {
      const silent = await peer();
      await silent.setUp();
      await silent.hears('RICsubscriptionRequest');
      const heard = silent.heard.length;
      await silent.hears('RICsubscriptionRequest', heard, TIMERS_MS);
      await told(new RegExp(`${silent.nodeId}.*no answer within 2000 ms`));
    });

    besideOthers('answers a subscription twice', async () => {
      const twice = await peer();
      twice.onPdu = (pdu) => {
        if (pdu.message !== 'RICsubscriptionRequest') return;
        twice.admit(pdu.value);
        twice.admit(pdu.value);
      };
      await twice.setUp();
      await told(
        new RegExp(`${twice.nodeId}: RICsubscriptionResponse \\d+/\\d+ answers nothing that was asked`),
      );
      expect(twice.closed).toEqual([]);
    });

    besideOthers('answers a subscription with another id, and one with RAN function 0', async () => {
      const other = await peer();
      other.onPdu = (pdu) => {
        if (pdu.message !== 'RICsubscriptionRequest') return;
        const { requestorId, instanceId } = pdu.value.ricRequestId;
        other.admit({ ...pdu.value, ricRequestId: { requestorId: requestorId + 1, instanceId } });
      };
      await other.setUp();
      await told(
        new RegExp(`${other.nodeId}: RICsubscriptionResponse 2/\\d+ answers nothing that was asked`),
      );
      // An e2sim agent does so: the id of the request is what counts.
      other.onPdu = (pdu) => {
        if (pdu.message === 'RICsubscriptionRequest') other.admit({ ...pdu.value, ranFunctionId: 0 });
      };
      await waitForActive(other.nodeId);
    });

    const waitForActive = async (nodeId: string): Promise<void> => {
      await waitFor(
        `an active subscription at ${nodeId}`,
        () =>
          live.query(`SELECT 1 FROM subscription WHERE nodeId = '${nodeId}' AND state = 'active'`).length > 0,
        TIMERS_MS,
      );
    };

    besideOthers('vanishes in the middle of each procedure', async () => {
      const inSetup = await peer();
      inSetup.sendSetup();
      inSetup.transport.close('gone');

      const inSubscription = await peer();
      inSubscription.onPdu = ({ message }) => {
        if (message === 'RICsubscriptionRequest') inSubscription.transport.close('gone');
      };
      await inSubscription.setUp();
      await told(new RegExp(`${inSubscription.nodeId} lost: `));

      const inControl = await member();
      inControl.onPdu = (pdu) => {
        if (pdu.message === 'RICsubscriptionRequest') {
          inControl.admit(pdu.value);
          inControl.transport.send(inControl.indication(pdu.value.ricRequestId, 1, 9));
        }
        if (pdu.message === 'RICcontrolRequest') inControl.transport.close('gone');
      };
      inControl.transport.close('gone');
      await told(new RegExp(`${inControl.nodeId} lost: `));

      const inReset = await member();
      inReset.send('ResetRequest', { transactionId: 9, cause: { misc: 'om-intervention' } });
      inReset.transport.close('gone');
      await told(new RegExp(`${inReset.nodeId} lost: `));

      const inUpdate = await member();
      inUpdate.send('E2nodeConfigurationUpdate', { transactionId: 9 });
      inUpdate.transport.close('gone');
      await told(new RegExp(`${inUpdate.nodeId} lost: `));
    });

    besideOthers('sets up fifty times at once, and comes back at once when it is closed', async () => {
      const storm = await Promise.all(Array.from({ length: 50 }, () => peer()));
      for (const each of storm) each.sendSetup();
      await Promise.all(storm.map((each) => each.hears('E2setupResponse', 0, PATIENCE_MS)));
      for (const { transport } of storm) transport.close('gone');
      const again = await Promise.all(storm.map(({ nodeId }) => peer(Number(nodeId.split('-').at(-1)))));
      for (const each of again) each.sendSetup();
      await Promise.all(again.map((each) => each.hears('E2setupResponse', 0, PATIENCE_MS)));
    });
  });
}
