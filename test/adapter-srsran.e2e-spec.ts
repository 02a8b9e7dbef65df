import { createSocket } from 'node:dgram';
import { CellKpis, type RanOptions } from '@ricochet/e2-node';
import { type SNssai, sNssaiOf } from '@ricochet/ran-types';
import { SrsranRemoteRan, SrsranUdpRan } from '@ricochet/srsran';
import { RanProbe, surroundings } from './emulators/ran-probe.js';
import { SrsranEmulator, type SrsranEmulatorOptions } from './emulators/srsran/srsran-emulator.js';
import { waitFor } from './support/wait-for.js';

const PLMN = { mcc: '001', mnc: '01' };
const [EMBB, URLLC] = [sNssaiOf('eMBB'), sNssaiOf('URLLC')];
const SLICES = [EMBB, sNssaiOf('mMTC'), URLLC];
/** Of the emulated gNB; the adapter believes in a longer one, so that no slow machine makes the gNB seem silent. */
const PERIOD_MS = 100;
const BELIEVED_PERIOD_MS = 10_000;
/** More than a cell can carry, so that quotas bind. */
const CROWDED = { load: { min: 2, max: 2 } };
const TIMEOUT_MS = 600_000;

const ratios = (snssai: SNssai, maxRatio: number) => [{ snssai, minRatio: 0, maxRatio, dedicatedRatio: 0 }];

describe('the srsRAN adapter', () => {
  let emulator: SrsranEmulator;
  let probe: RanProbe;
  let close: () => Promise<void>;

  const options = (cells = 1): RanOptions & { periodMs: number; mcsTable: 'qam64' } => ({
    cells: Array.from({ length: cells }, (_, place) => ({
      nrCgi: { plmn: PLMN, nci: 0x19b0 + place },
      ...{ pci: 1 + place, prbs: 106, scsKhz: 15, dlShare: 0.79, slices: SLICES },
    })),
    sliceOf: ({ rnti }) => emulator.gnb.sliceOf(rnti),
    periodMs: BELIEVED_PERIOD_MS,
    mcsTable: 'qam64',
  });

  async function remote(more: Partial<SrsranEmulatorOptions> = {}): Promise<SrsranRemoteRan> {
    emulator = new SrsranEmulator({ era: '25.10', periodMs: PERIOD_MS, radio: CROWDED, ...more });
    await emulator.start();
    const ran = new SrsranRemoteRan({ ...options(more.cells), url: emulator.url }, surroundings);
    close = () => ran.close();
    probe = new RanProbe();
    ran.start(probe);
    return ran;
  }

  const step = () => emulator.step();

  const used = async (snssai: SNssai, cell = 0): Promise<number> => {
    // The period in which a quota came is half the old one.
    await probe.next(step);
    const { cells } = await probe.next(step);
    const kbit = cells
      .find((one) => one.cell === cell)!
      .ues.filter((ue) => ue.snssai?.sst === snssai.sst)
      .map(({ kpis }) => kpis['DRB.PdcpSduVolumeDL'] ?? 0);
    return kbit.reduce((sum, one) => sum + one, 0);
  };

  afterEach(async () => {
    await close();
    await emulator.close();
  });

  it.each(['25.10', 'ocudu'] as const)(
    'reports what %s measures, over its WebSocket, and changes it by a maximum',
    async (era) => {
      const ran = await remote({ era });
      const { cells, periodMs, endMs } = await probe.next(step);
      expect(Math.abs(endMs - Date.now())).toBeLessThan(60_000);
      expect(periodMs).toBeGreaterThan(0);
      expect(cells[0]!.ues).toHaveLength(9);
      const kpis = cells[0]!.ues.map((ue) => ue.kpis);
      expect(kpis.every((of) => (of['DRB.UEThpDl'] ?? -1) >= 0 && (of['RCT.BufferDl'] ?? -1) >= 0)).toBe(
        true,
      );
      expect(kpis.some((of) => (of['RCT.SpectralEfficiencyDl'] ?? 0) > 0.1)).toBe(true);
      expect(kpis.some((of) => (of['DRB.RlcSduDelayDl'] ?? 0) > 0)).toBe(true);
      expect(cells[0]!.kpis['RRU.PrbUsedDl'] !== undefined).toBe(era === 'ocudu');
      const before = await used(EMBB);
      await ran.setSliceQuota(0, ratios(EMBB, 10));
      const capped = await used(EMBB);
      expect(capped).toBeLessThan(0.5 * before);
      expect(emulator.policies.at(-1)).toEqual({
        resourceType: 'PRB',
        rRMPolicyMemberList: [{ plmn: '00101', sst: 1 }],
        min_prb_policy_ratio: 0,
        max_prb_policy_ratio: 10,
        dedicated_ratio: 0,
      });
      // A minimum is taken with a yes, and does nothing.
      await ran.setSliceQuota(0, [{ snssai: URLLC, minRatio: 80, maxRatio: 100, dedicatedRatio: 0 }]);
      expect(emulator.gnb.network.sliceQuota(0, 2).minRatio).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'has a quota in force at all cells of the gNB: the command names none',
    async () => {
      const ran = await remote({ cells: 2 });
      const { cells } = await probe.next(step);
      expect(cells.map(({ cell, ues }) => [cell, ues.length])).toEqual([
        [0, 9],
        [1, 9],
      ]);
      const before = [await used(EMBB, 0), await used(EMBB, 1)];
      await ran.setSliceQuota(0, ratios(EMBB, 10));
      expect(emulator.policies).toHaveLength(1);
      expect(await used(EMBB, 0)).toBeLessThan(0.5 * before[0]!);
      expect(await used(EMBB, 1)).toBeLessThan(0.5 * before[1]!);
    },
    TIMEOUT_MS,
  );

  it(
    'tells enough to reckon PRBs: a little too many, since the MCS is told whole',
    async () => {
      await remote();
      await probe.next(step);
      const kpis = new CellKpis(options().cells[0]!, () => ({}));
      const advance = emulator.gnb.step.bind(emulator.gnb);
      let used = 0;
      emulator.gnb.step = () => {
        const reading = advance();
        used = reading[0]!.usedPrbs;
        return reading;
      };
      let [reckoned, truth] = [0, 0];
      for (let period = 0; period < 20; period++) {
        const sample = await probe.next(step);
        reckoned += kpis.take(sample.cells[0]!, sample).cell['RRU.PrbUsedDl'] ?? NaN;
        truth += used;
      }
      expect(reckoned / truth).toBeGreaterThan(1);
      expect(reckoned / truth).toBeLessThan(1.05);
    },
    TIMEOUT_MS,
  );

  it(
    'says what the gNB says no to, and what it was not sent',
    async () => {
      const ran = await remote();
      await probe.next(step);
      emulator.gnb.setMaximum = () => false;
      await expect(ran.setSliceQuota(0, ratios(EMBB, 10))).rejects.toThrow(
        'slice 1: rrm_policy_ratio_set: RRM policy ratio remote command procedure failed to be applied by the DU',
      );
      await expect(ran.setSliceQuota(0, ratios({ sst: 9 }, 10))).rejects.toThrow('slice 9 is none of cell 0');
      await expect(ran.setSliceQuota(4, ratios(EMBB, 10))).rejects.toThrow('there is no cell 4');
    },
    TIMEOUT_MS,
  );

  it(
    'answers pings, reads messages in pieces, and goes on through garbage',
    async () => {
      await remote({ pingMs: 100 });
      await probe.next(step);
      await waitFor('pongs', () => emulator.remote.pongs >= 3);
      emulator.frameBytes = 7;
      await probe.next(step);
      emulator.broadcast([
        '{"timestamp":',
        'null',
        '[]',
        '{"cells":[{"ue_list":[{"rnti":-4}]}]}',
        '{"cells":3}',
      ]);
      await probe.noticed(/Metrics refused, .*: \{"timestamp":/);
      await probe.next(step);
      expect(emulator.remote.accepted).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'comes back after a restart of the gNB, and refuses commands in between',
    async () => {
      const ran = await remote();
      const before = await probe.next(step);
      await emulator.stop();
      await probe.isDown();
      await expect(ran.setSliceQuota(0, ratios(EMBB, 10))).rejects.toThrow('not connected to the gNB');
      await emulator.start();
      const after = await probe.next(step);
      expect(probe.ups).toBe(2);
      expect(after.endMs).toBeGreaterThan(before.endMs);
    },
    TIMEOUT_MS,
  );

  it(
    'closes on frames that are no WebSocket, and on a command that is not answered, and connects again',
    async () => {
      const ran = await remote();
      await probe.next(step);
      for (const client of emulator.remote.clients) client.raw(Buffer.from([0xff, 0x00]));
      await probe.isDown(1);
      expect(probe.downs).toEqual(['sent a frame with reserved bits']);
      await probe.next(step);
      emulator.isMute = true;
      await expect(ran.setSliceQuota(0, ratios(EMBB, 10))).rejects.toThrow('no answer within 5 s');
      emulator.isMute = false;
      await probe.next(step);
      expect(probe.ups).toBe(3);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps a UE that connects anew, and time that goes on when the clock is set back',
    async () => {
      await remote();
      const before = await probe.next(step);
      const [, rnti] = emulator.gnb.reconnect(before.cells[0]!.ues[0]!.ueId);
      emulator.clockOffsetMs = -3_600_000;
      const after = await probe.next(step);
      expect(after.cells[0]!.ues.map(({ ueId }) => ueId).toSorted((a, b) => a - b)).toEqual(
        before.cells[0]!.ues.map(({ ueId }) => ueId),
      );
      expect(after.endMs).toBeGreaterThan(before.endMs);
      await probe.noticed(new RegExp(`is back, as RNTI 0x${rnti.toString(16)}`));
      await probe.noticed(/clock went back by 3\d\d\d\.\d s/);
    },
    TIMEOUT_MS,
  );

  it(
    'is not kept busy by a gNB that floods it: a line or two, and reports go on',
    async () => {
      const ran = await remote();
      await probe.next(step);
      for (let round = 0; round < 20; round++)
        emulator.broadcast(Array.from({ length: 2_000 }, () => '{"no":'));
      emulator.broadcast([JSON.stringify({ cells: 'x'.repeat(1 << 20) })]);
      await waitFor('all of it', () => (ran.counts['refused'] ?? 0) >= 40_001, TIMEOUT_MS);
      await probe.next(step);
      expect(probe.notices.filter((line) => line.startsWith('Metrics refused'))).toHaveLength(1);
      emulator.broadcast(['x'.repeat((4 << 20) + 1)]);
      await probe.isDown();
      expect(probe.downs).toEqual(['sent a message of more than 4194304 octets']);
      await probe.next(step);
    },
    TIMEOUT_MS,
  );

  it(
    'says nothing of metrics that are not given when the connection goes before an answer',
    async () => {
      await remote();
      await probe.next(step);
      emulator.isMute = true;
      for (const client of emulator.remote.clients) client.drop();
      await waitFor('another connection', () => emulator.remote.accepted === 2, TIMEOUT_MS);
      await emulator.stop();
      emulator.isMute = false;
      await emulator.start();
      await probe.next(step);
      expect(probe.notices).not.toContainEqual(expect.stringMatching(/gives no metrics/));
    },
    TIMEOUT_MS,
  );

  it(
    'says that 25.04 has no metrics on its remote control',
    async () => {
      await remote({ era: '25.04' });
      await probe.noticed(
        /gives no metrics \(.*Unknown command type: metrics_subscribe\): it needs srsRAN 25.10/,
      );
      expect(probe.ups).toBe(0);
    },
    TIMEOUT_MS,
  );

  describe.each(['24.10', '25.04'] as const)('over UDP, of %s', (era) => {
    async function udp(more: { from?: string } = {}): Promise<SrsranUdpRan> {
      const bind = { host: '127.0.0.1', port: 0 };
      const ran = new SrsranUdpRan({ ...options(), bind, ...more }, surroundings);
      close = () => ran.close();
      probe = new RanProbe();
      ran.start(probe);
      const port = await waitFor('the port', () => ran.port);
      const metricsTo = { host: '127.0.0.1', port };
      emulator = new SrsranEmulator({ era, periodMs: PERIOD_MS, radio: CROWDED, metricsTo });
      await emulator.start();
      return ran;
    }

    it(
      'reports while somebody else sends datagrams that are no reports',
      async () => {
        const ran = await udp();
        const stranger = createSocket('udp4');
        stranger.bind(0, '127.0.0.2');
        await waitFor('what the stranger sends', () => {
          stranger.send('{"cells":3}', ran.port, '127.0.0.1');
          return (ran.counts['refused'] ?? 0) > 0;
        });
        expect((await probe.next(step)).cells[0]!.ues).toHaveLength(9);
        await waitFor('the stranger to be dropped', () => {
          stranger.send(JSON.stringify({ ue_list: [] }), ran.port, '127.0.0.1');
          return (ran.counts['stranger'] ?? 0) > 0;
        });
        await probe.noticed(/Datagrams of 127.0.0.2 are dropped: 127.0.0.1 sends metrics/);
        await new Promise<void>((resolve) => stranger.close(() => resolve()));
      },
      TIMEOUT_MS,
    );

    it(
      'takes those of the address that it is told alone',
      async () => {
        const ran = await udp({ from: '127.0.0.2' });
        await waitFor('reports of others to be dropped', () => {
          emulator.step();
          return (ran.counts['stranger'] ?? 0) > 0;
        });
        expect(probe.ups).toBe(0);
      },
      TIMEOUT_MS,
    );

    it(
      'reports, takes no quota, and goes on through garbage and half a datagram',
      async () => {
        const ran = await udp();
        expect('setSliceQuota' in ran).toBe(false);
        const sample = await probe.next(step);
        expect(sample.cells[0]!.ues).toHaveLength(9);
        emulator.datagram('garbage {"ue_list":[{"ue_container":{"rnti":');
        await probe.noticed(/octets of datagrams belong to no whole JSON object/);
        await probe.next(step);
        await waitFor('the flood to be noticed', () => {
          // No more at once than a socket holds.
          for (let i = 0; i < 100; i++) emulator.datagram('{}');
          return (ran.counts['flood'] ?? 0) > 0;
        });
        await probe.noticed(/More than 500 datagrams in a second: the rest is dropped/);
        await probe.next(step);
        emulator.datagram(JSON.stringify({ ue_list: 'none', timestamp: 'never' }));
        await probe.noticed(/Metrics refused/);
        await probe.next(step);
      },
      TIMEOUT_MS,
    );
  });
});
