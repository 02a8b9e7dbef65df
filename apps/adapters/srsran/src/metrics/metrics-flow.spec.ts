import fc from 'fast-check';
import { type RanSample } from '@ricochet/e2-node';
import { MetricsFlow } from './metrics-flow.js';

const PERIOD_MS = 1_000;
const START_MS = Date.UTC(2026, 0, 1);

/** A clock that goes when it is told to, with the flow's one timer. */
class Clock {
  ms = START_MS;
  /** By how much somebody has set it. */
  setMs = 0;
  private due: { readonly ms: number; readonly call: () => void } | undefined;

  readonly surroundings = {
    nowMs: () => this.ms + this.setMs,
    monotonicMs: () => this.ms,
    timers: {
      after: (delayMs: number, call: () => void) => {
        const due = { ms: this.ms + delayMs, call };
        this.due = due;
        return () => {
          if (this.due === due) this.due = undefined;
        };
      },
    },
  };

  advance(ms: number): void {
    this.ms += ms;
    const { due } = this;
    if (due === undefined || due.ms > this.ms) return;
    this.due = undefined;
    due.call();
  }
}

describe('the flow of metrics', () => {
  let clock: Clock;
  let flow: MetricsFlow;
  let heard: (RanSample | string)[];

  const cell = (pci: number | undefined) => ({
    nrCgi: { plmn: { mcc: '001', mnc: '01' }, nci: 1 },
    pci,
    prbs: 51,
    scsKhz: 30 as const,
    dlShare: 0.7,
    slices: [{ sst: 1 }],
  });

  function flowOf(...pcis: (number | undefined)[]): void {
    clock = new Clock();
    heard = [];
    flow = new MetricsFlow(
      {
        cells: pcis.map(cell),
        sliceOf: ({ number, rnti }) => (number === 0 || rnti === 0x4601 ? { sst: 1 } : undefined),
        periodMs: PERIOD_MS,
        mcsTable: 'qam64',
      },
      clock.surroundings,
      {
        up: (found) => heard.push(`up ${found?.profile}`),
        down: (reason) => heard.push(`down ${reason}`),
        sample: (sample) => heard.push(sample),
        notice: (line) => heard.push(line),
      },
    );
  }

  const take = (value: unknown) => flow.takeText(JSON.stringify(value));
  const report = (ue_list: object[], more: object = {}) =>
    take({
      timestamp: new Date(clock.ms).toISOString(),
      cells: [{ cell_metrics: { pci: 1 }, ue_list, ...more }],
    });
  const last = (): RanSample => heard.at(-1) as RanSample;

  beforeEach(() => flowOf(undefined));

  it('tells in the catalogue’s units, with RLC’s metrics of the period', () => {
    const tx = { num_sdus: 10, sum_sdu_latency_us: 20_000, num_dropped_sdus: 5 };
    take({ rlc_metrics: { ue_id: 0, tx } });
    take({ rlc_metrics: { ue_id: 0, tx: { ...tx, num_sdus: 30 } } });
    const ue = {
      rnti: 0x4602,
      ue: 0,
      dl_brate: 8e6,
      dl_nof_ok: 90,
      dl_nof_nok: 10,
      dl_bs: 500,
      dl_mcs: 28,
      dl_ri: 2,
    };
    report([ue, { rnti: 0x4601, cqi: 15, dl_brate: 0, dl_nof_ok: 0, dl_nof_nok: 0, dl_bs: 0, dl_mcs: 0 }]);
    expect(heard).toEqual(['up srsran-25.10', last()]);
    expect(last()).toMatchObject({ endMs: START_MS, periodMs: PERIOD_MS });
    const [first, second] = last().cells[0]!.ues;
    expect(first).toEqual({
      ueId: 0,
      snssai: { sst: 1 },
      kpis: {
        'DRB.UEThpDl': 8_000,
        'DRB.PdcpSduVolumeDL': 8_000,
        'RCT.BufferDl': 500,
        'TB.TotNbrDl': 100,
        'TB.ErrTotNbrDl': 10,
        'RCT.SpectralEfficiencyDl': expect.closeTo(11.109, 2),
        'DRB.RlcSduDelayDl': 10,
        'DRB.RlcPacketDropRateDl': 200_000,
      },
    });
    expect(second).toMatchObject({ ueId: 1, snssai: { sst: 1 } });
    expect(second?.kpis).toEqual({
      'DRB.UEThpDl': 0,
      'DRB.PdcpSduVolumeDL': 0,
      'RCT.BufferDl': 0,
      'TB.TotNbrDl': 0,
      'TB.ErrTotNbrDl': 0,
      'RCT.SpectralEfficiencyDl': 5.5547,
    });
    clock.advance(PERIOD_MS);
    report([ue]);
    expect(last().cells[0]!.ues[0]!.kpis).not.toHaveProperty(['DRB.RlcSduDelayDl']);
  });

  it('takes PRBs where the gNB counts them, uplink slots left out', () => {
    const counted = { pci: 1, pdsch_prbs_used_per_tdd_slot_idx: [10, 20, 30, 0, 0, 10, 0, 0, 0, 0] };
    take({ cells: [{ cell_metrics: counted }] });
    expect(last().cells[0]).toEqual({
      cell: 0,
      kpis: { 'RRU.PrbUsedDl': 10, 'RRU.PrbTotDl': 20 },
      ues: [],
    });
  });

  it('tells cells apart by their PCI, and of one that is not configured', () => {
    flowOf(1, 2);
    const cells = [2, 1, 3].map((pci) => ({ cell_metrics: { pci }, ue_list: [{ rnti: 0x4600 + pci }] }));
    take({ cells });
    expect(last().cells.map(({ cell: place, ues }) => [place, ues.length])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(heard).toContain('A report of the cell of PCI 3, which is not configured, is left out');
  });

  it('is down after silence, and up with the next report', () => {
    report([]);
    clock.advance(4_999);
    report([]);
    clock.advance(5_000);
    expect(heard.at(-1)).toBe('down no metrics for 5 s');
    report([]);
    expect(heard.filter((entry) => entry === 'up srsran-25.10')).toHaveLength(2);
  });

  it('takes UEs after a restart for others, and those after a short break for the same', () => {
    report([{ rnti: 0x4601 }]);
    flow.lost('gone');
    clock.advance(4_000);
    report([{ rnti: 0x4601 }]);
    expect(last().cells[0]!.ues[0]!.ueId).toBe(0);
    flow.lost('gone');
    clock.advance(10_000);
    report([{ rnti: 0x4601 }]);
    expect(last().cells[0]!.ues[0]!.ueId).toBe(1);
  });

  it.each([-3_600_000, 3_600_000])('keeps its UEs when our clock and the gNB’s are set by %d ms', (setMs) => {
    report([{ rnti: 0x4601 }]);
    for (clock.setMs = setMs; clock.ms < START_MS + 5 * PERIOD_MS;) {
      clock.advance(PERIOD_MS);
      take({
        timestamp: (clock.ms + setMs) / 1_000,
        cells: [{ cell_metrics: { pci: 1 }, ue_list: [{ rnti: 0x4601 }] }],
      });
      expect(last().cells[0]!.ues[0]!.ueId).toBe(0);
      expect(last().periodMs).toBe(PERIOD_MS);
    }
  });

  it('says that the gNB keeps another period than is configured, not that reports were lost', () => {
    const at = (afterMs: number) => {
      clock.advance(afterMs);
      report([]);
    };
    for (let i = 0; i < 20; i++) at(i % 5 === 0 ? 2_000 : 1_000);
    expect(heard.filter((entry) => typeof entry === 'string')).toEqual(['up srsran-25.10']);
    for (let i = 0; i < 20; i++) at(500);
    expect(heard).toContain('The gNB reports after 500 ms; periodMs is 1000');
  });

  it('keeps the slice of a UE that comes back under another RNTI', () => {
    report([{ rnti: 0x4601 }]);
    clock.advance(PERIOD_MS);
    const event_list = [
      { rnti: 0x4601, event_type: 'ue_rem' },
      { rnti: 0x4605, event_type: 'ue_create' },
    ];
    report([{ rnti: 0x4605 }], { event_list });
    expect(last().cells[0]!.ues[0]).toMatchObject({ ueId: 0, snssai: { sst: 1 } });
  });

  it('tells of refusals, once a minute and with their number, and says nothing after its close', () => {
    for (let i = 0; i < 50; i++) flow.takeText('{"half":');
    expect(heard).toEqual([expect.stringMatching(/^Metrics refused, .*: \{"half":$/)]);
    expect(flow.lines.counts).toEqual({ refused: 50 });
    clock.advance(60_000);
    flow.takeText('[]');
    expect(heard).toHaveLength(2);
    expect(heard[1]).toBe('Metrics refused, no JSON object: [] (and 49 more like it)');
    flow.close();
    report([]);
    flow.lost('gone');
    expect(heard).toHaveLength(2);
  });

  it('never brings more than a notice, whatever text comes', () => {
    const good = JSON.stringify({ cells: [{ ue_list: [{ rnti: 1, dl_brate: 1e6, cqi: -1 }] }] });
    const broken = fc
      .tuple(fc.nat(good.length), fc.string({ maxLength: 5 }), fc.nat(5))
      .map(([at, more, cut]) => good.slice(0, at) + more + good.slice(at + cut));
    fc.assert(
      fc.property(fc.array(fc.oneof(broken, fc.json(), fc.string()), { maxLength: 20 }), (texts) => {
        for (const text of texts) flow.takeText(text);
        for (const entry of heard) {
          if (typeof entry === 'string') continue;
          for (const value of entry.cells.flatMap(({ ues }) =>
            ues.flatMap(({ kpis }) => Object.values(kpis)),
          )) {
            expect(value).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
