import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OaiRan, type OaiOptions } from '@ricochet/oai';
import { sNssaiOf } from '@ricochet/ran-types';
import { OaiEmulator, type OaiEmulatorOptions } from './emulators/oai/oai-emulator.js';
import { RanProbe, surroundings } from './emulators/ran-probe.js';
import { waitFor } from './support/wait-for.js';

const SLICES = (['eMBB', 'mMTC', 'URLLC'] as const).map(sNssaiOf);
const PERIOD_MS = 100;
const TIMEOUT_MS = 600_000;

describe('the OAI adapter', () => {
  let emulator: OaiEmulator;
  let probe: RanProbe;
  let ran: OaiRan;
  let folder: string;
  let others: Socket[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'oai-'));
    others = [];
  });

  async function adapt(
    sources: readonly ('telnet' | 'file')[],
    more: OaiEmulatorOptions = {},
  ): Promise<void> {
    const statsFile = join(folder, 'nrMAC_stats.log');
    emulator = new OaiEmulator({ periodMs: PERIOD_MS, statsFile, ...more });
    await emulator.start();
    const options: OaiOptions = {
      cells: [
        {
          nrCgi: { plmn: { mcc: '001', mnc: '01' }, nci: 12345678 },
          prbs: 106,
          scsKhz: 30,
          dlShare: 0.7,
          slices: SLICES,
        },
      ],
      sliceOf: ({ rnti }) => emulator.gnb.sliceOf(rnti),
      periodMs: PERIOD_MS,
      ...(sources.includes('telnet') && { telnet: emulator.address }),
      ...(sources.includes('file') && { statsFile }),
    };
    ran = new OaiRan(options, surroundings);
    probe = new RanProbe();
    ran.start(probe);
  }

  const step = () => emulator.step();
  /** A sample of which all that the emulator has told is known. */
  const settled = async () => {
    for (let i = 0; i < 4; i++) await probe.next(step);
    return probe.last;
  };

  afterEach(async () => {
    await ran.close();
    for (const other of others) other.destroy();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'reports what o1 stats tells, and takes no quota',
    async () => {
      await adapt(['telnet']);
      await settled();
      const { cells } = await waitFor('traffic', () =>
        probe.samples.find((sample) =>
          sample.cells[0]!.ues.some(({ kpis }) => (kpis['DRB.UEThpDl'] ?? 0) > 0),
        ),
      );
      expect(cells[0]!.ues).toHaveLength(9);
      expect(cells[0]!.kpis['RRU.PrbTotDl']).toBeGreaterThan(0);
      expect(cells[0]!.kpis['RRU.PrbTotDl']).toBeLessThanOrEqual(100);
      expect(new Set(cells[0]!.ues.map(({ snssai }) => snssai?.sst))).toEqual(new Set([1, 2, 3]));
      expect('setSliceQuota' in ran).toBe(false);
      expect(probe.notices).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(['2024', '2026'] as const)(
    'takes modulation and blocks from nrMAC_stats.log of %s, with telnet and without',
    async (era) => {
      await adapt(['telnet', 'file'], { era });
      await settled();
      const both = await waitFor('blocks', () =>
        probe.samples
          .flatMap(({ cells }) => cells[0]!.ues)
          .find(({ kpis }) => (kpis['TB.TotNbrDl'] ?? 0) > 0 && (kpis['RCT.SpectralEfficiencyDl'] ?? 0) > 0),
      );
      expect(both.kpis['DRB.UEThpDl']).toBeGreaterThanOrEqual(0);
      await ran.close();
      await emulator.stop();
      await adapt(['file'], { era });
      const { cells } = await settled();
      expect(cells[0]!.ues).toHaveLength(9);
      expect(cells[0]!.ues.some(({ kpis }) => (kpis['DRB.PdcpSduVolumeDL'] ?? 0) > 0)).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps its UEs when the file is read half written, or when it is garbage',
    async () => {
      await adapt(['file']);
      await settled();
      emulator.writtenBytes = 1_234;
      expect((await probe.next(step)).cells[0]!.ues).toHaveLength(9);
      emulator.writtenBytes = Infinity;
      writeFileSync(join(folder, 'nrMAC_stats.log'), Buffer.from([0, 255, 10, 27, 91]));
      expect((await settled()).cells[0]!.ues).toHaveLength(9);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps a UE whose RNTI changes, by its CU UE id',
    async () => {
      await adapt(['file']);
      const before = await settled();
      emulator.gnb.reconnect(3);
      const after = await settled();
      const ids = (sample: typeof before) =>
        sample.cells[0]!.ues.map(({ ueId }) => ueId).toSorted((a, b) => a - b);
      expect(ids(after)).toEqual(ids(before));
    },
    TIMEOUT_MS,
  );

  it(
    'comes back after a restart of the gNB',
    async () => {
      await adapt(['telnet']);
      await settled();
      await emulator.stop();
      await probe.isDown();
      await emulator.start();
      await probe.next(step);
      expect(probe.ups).toBe(2);
    },
    TIMEOUT_MS,
  );

  it(
    'says so when another telnet client is served, and goes on when that has left',
    async () => {
      await adapt(['telnet']);
      await settled();
      await ran.close();
      await waitFor('the adapter’s leave', () => emulator.clients.length === 0);
      const { host, port } = emulator.address;
      const other = connect(port, host);
      others.push(other);
      await waitFor('the other client', () => emulator.clients.length === 1);
      ran = new OaiRan(
        {
          cells: [
            {
              nrCgi: { plmn: { mcc: '208', mnc: '95' }, nci: 1 },
              pci: 7,
              prbs: 51,
              scsKhz: 30,
              dlShare: 0.7,
              slices: SLICES,
            },
          ],
          sliceOf: () => undefined,
          periodMs: PERIOD_MS,
          telnet: emulator.address,
        },
        surroundings,
      );
      probe = new RanProbe();
      ran.start(probe);
      await probe.noticed(/no answer within 5 s; OAI serves one telnet client at a time/);
      other.destroy();
      await probe.next(step);
      // What is configured otherwise than the gNB is shows as well.
      await probe.noticed(/The gNB's PRBs: 106; configured: 51/);
      await probe.noticed(/The gNB's PLMN: 001-01; configured: 208-95/);
      await probe.noticed(/The gNB's PCI: 0; configured: 7/);
    },
    TIMEOUT_MS,
  );

  it(
    'goes on through garbage, greetings and what steers a terminal',
    async () => {
      await adapt(['telnet']);
      await settled();
      for (const noise of [
        'softmodem_gnb> ',
        '\u001b[1J',
        Buffer.from([255, 251, 1, 0, 13, 10]),
        '{"half":',
      ]) {
        emulator.raw(noise);
        await probe.next(step);
      }
      expect(probe.downs).toEqual([]);
      emulator.hasO1 = false;
      await probe.noticed(
        /^The gNB says no: o1 stats: Error: o1 stats is not a softmodem command; is its module o1 loaded\?$/,
      );
      await probe.isDown();
      expect(probe.downs).toEqual(['no statistics for 5 s']);
      emulator.hasO1 = true;
      await probe.next(step);
    },
    TIMEOUT_MS,
  );
});
