import { type Surroundings } from '@ricochet/adapter';
import {
  type CellSample,
  type KpiValues,
  type RanCell,
  type RanListener,
  type RanOptions,
  SampleClock,
  type UeSample,
} from '@ricochet/e2-node';
import { messageOf, RareLines } from '@ricochet/platform';
import { type McsTable } from '@ricochet/ran-types';
import { type CellMetrics, type MetricsFrame, metricsFrameOf, type RlcMetrics } from './metrics-frame.js';
import { PeriodCheck } from './period-check.js';
import { UeIdentities } from './ue-identities.js';
import { rlcKpis, type RlcSums, ueKpis } from './ue-kpis.js';

/** What is known of an srsRAN gNB beforehand. */
export interface SrsranOptions extends RanOptions {
  /** `metrics.periodicity.du_report_period` of the gNB, ms. */
  readonly periodMs: number;
  /** `cell_cfg.pdsch.mcs_table` of the gNB. */
  readonly mcsTable: McsTable;
}

/** No report for so many periods, and for no less than this: the gNB is silent. */
const SILENT_PERIODS = 5;
const LEAST_SILENCE_MS = 3_000;
/** In less time than this no gNB restarts: its RNTIs are still those of the same UEs. */
const RESTART_MS = 5_000;

/** From JSON text as the gNB sends it to samples; the same for all releases and ways of transport. */
export class MetricsFlow {
  readonly lines: RareLines;
  private readonly clock: SampleClock;
  private readonly pace: PeriodCheck;
  private readonly identities = new UeIdentities();
  private readonly rlc = new Map<number, RlcSums>();
  private reportedMs = -Infinity;
  private isUp = false;
  private isClosed = false;
  private stopWatch: (() => void) | undefined;

  constructor(
    private readonly options: SrsranOptions,
    private readonly surroundings: Surroundings,
    private readonly listener: RanListener,
  ) {
    this.clock = new SampleClock(options.periodMs);
    this.pace = new PeriodCheck(options.periodMs);
    this.lines = new RareLines((line) => {
      if (!this.isClosed) listener.notice(line);
    }, surroundings.monotonicMs);
  }

  /** Takes one JSON object as text. @returns whether it was a report, and a sample came of it */
  takeText(text: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      this.refuse(messageOf(error), text);
      return false;
    }
    return this.take(value, text);
  }

  take(value: unknown, text: string): boolean {
    const frame = metricsFrameOf(value);
    if (frame.kind === 'refused') this.refuse(frame.why, text);
    else if (frame.kind === 'rlc') this.addRlc(frame.rlc);
    return frame.kind === 'cells' && this.report(frame);
  }

  /** The gNB has gone: what it says next begins anew. */
  lost(reason: string): void {
    this.stopWatch?.();
    this.stopWatch = undefined;
    this.clock.restart();
    this.pace.restart();
    this.rlc.clear();
    if (!this.isUp || this.isClosed) return;
    this.isUp = false;
    this.listener.down(reason);
  }

  close(): void {
    this.isClosed = true;
    this.stopWatch?.();
  }

  private refuse(why: string, text: string): void {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    this.lines.tell('refused', `Metrics refused, ${why}: ${shown}`);
  }

  private addRlc({ number, ...more }: RlcMetrics): void {
    const sum = this.rlc.get(number) ?? { sdus: 0, lostSdus: 0, latencyUs: 0 };
    this.rlc.set(number, {
      sdus: sum.sdus + more.sdus,
      lostSdus: sum.lostSdus + more.lostSdus,
      latencyUs: sum.latencyUs + more.latencyUs,
    });
  }

  private report({ profile, timeMs, cells, refused }: MetricsFrame & { readonly kind: 'cells' }): boolean {
    if (this.isClosed) return false;
    this.tellRefused(cells.reduce((sum, cell) => sum + cell.refused, refused));
    const told = new Map<number, CellMetrics>();
    for (const metrics of cells) {
      const cell = this.cellOf(metrics);
      if (cell !== undefined) told.set(cell, metrics);
    }
    if (told.size === 0) return false;
    const [nowMs, monotonicMs] = [this.surroundings.nowMs(), this.surroundings.monotonicMs()];
    const time = this.clock.next(timeMs, { nowMs, monotonicMs });
    if (time.note !== undefined) this.lines.tell('clock', `The gNB: ${time.note}`);
    const pace = this.pace.reported(monotonicMs);
    if (pace !== undefined) this.lines.tell('period', pace);
    if (monotonicMs - this.reportedMs > this.options.periodMs + RESTART_MS) this.identities.forget();
    this.reportedMs = monotonicMs;
    const events = [...told.values()].flatMap((metrics) => metrics.events);
    const there = new Set([...told.values()].flatMap(({ ues }) => ues.map(({ rnti }) => rnti)));
    for (const line of this.identities.happened(events, there, monotonicMs))
      this.lines.tell('identity', line);
    const samples = [...told].map(([cell, metrics]) =>
      this.sampleOf(cell, metrics, { monotonicMs, periodMs: time.periodMs }),
    );
    this.rlc.clear();
    this.watch();
    if (!this.isUp) {
      this.isUp = true;
      this.listener.up({ profile });
    }
    this.listener.sample({ endMs: time.endMs, periodMs: time.periodMs, cells: samples });
    return true;
  }

  private tellRefused(refused: number): void {
    if (refused === 0) return;
    this.lines.tell(
      'entries',
      `${refused} cells, UEs or events of a report could not be understood, or were too many`,
    );
  }

  /** The place of a cell among those that are configured. */
  private cellOf({ pci: own, ues }: CellMetrics): number | undefined {
    const { cells } = this.options;
    const pci = own ?? ues[0]?.pci;
    const isIt = (cell: RanCell) =>
      cells.length === 1 ? cell.pci === undefined || pci === undefined || cell.pci === pci : cell.pci === pci;
    const place = cells.findIndex(isIt);
    if (place >= 0) return place;
    const named = pci === undefined ? 'a cell without a PCI' : `the cell of PCI ${pci}`;
    this.lines.tell('cell', `A report of ${named}, which is not configured, is left out`);
    return undefined;
  }

  private sampleOf(cell: number, metrics: CellMetrics, { monotonicMs, periodMs }: SampleTimes): CellSample {
    const { sliceOf, mcsTable } = this.options;
    const ues = new Map<number, UeSample>();
    for (const ue of metrics.ues) {
      const { ueId, firstRnti } = this.identities.of(ue.rnti, monotonicMs);
      const rlc = ue.number === undefined ? undefined : this.rlc.get(ue.number);
      ues.set(ueId, {
        ueId,
        snssai: sliceOf({ number: ue.number, rnti: firstRnti }),
        kpis: { ...ueKpis(ue, periodMs, mcsTable), ...(rlc && rlcKpis(rlc)) },
      });
    }
    return { cell, kpis: cellKpis(metrics, this.options.cells[cell]!), ues: [...ues.values()] };
  }

  private watch(): void {
    this.stopWatch?.();
    const silentMs = Math.max(LEAST_SILENCE_MS, SILENT_PERIODS * this.options.periodMs);
    this.stopWatch = this.surroundings.timers.after(silentMs, () =>
      this.lost(`no metrics for ${silentMs / 1000} s`),
    );
  }
}

type SampleTimes = { readonly monotonicMs: number; readonly periodMs: number };

/** PRBs where the gNB counts them itself: a mean by slot of the TDD pattern, uplink slots included, which have none. */
function cellKpis({ prbsBySlot }: CellMetrics, { prbs, dlShare }: RanCell): KpiValues {
  if (prbsBySlot === undefined || prbsBySlot.length === 0) return {};
  const busy = prbsBySlot.filter((used) => used > 0).length;
  const slots = Math.max(1, busy, Math.ceil(prbsBySlot.length * dlShare));
  const used = Math.min(prbs, prbsBySlot.reduce((sum, one) => sum + one, 0) / slots);
  return { 'RRU.PrbUsedDl': used, 'RRU.PrbTotDl': Math.round((100 * used) / prbs) };
}
