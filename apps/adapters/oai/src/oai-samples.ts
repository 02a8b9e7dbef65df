import { type OwnTime, type RanOptions, type RanSample, SampleClock, type UeSample } from '@ricochet/e2-node';
import { linkKpis, macThroughputKpis, throughputKpis } from './oai-kpis.js';
import { MAX_UES } from './stats/max-ues.js';
import { type O1Cell, type O1Stats } from './stats/o1-stats.js';
import { type MacSnapshot } from './stats/stats-file.js';
import { UeIdentities } from './ue-identities.js';

export interface OaiSamplesOptions extends RanOptions {
  /** Of the polls, ms. */
  readonly periodMs: number;
}

/** What a poll brought. */
export interface Polled {
  readonly sample?: RanSample | undefined;
  /** What is odd, in words, by kind. */
  readonly notes: readonly (readonly [kind: string, line: string])[];
}

/** More than so many periods, and a step of time is one of the clock. */
const LONGEST_PERIODS = 10;

interface Period {
  readonly mac: MacSnapshot | undefined;
  /** The snapshot before it, when it is a new one. */
  readonly before: MacSnapshot | undefined;
  readonly monotonicMs: number;
  readonly periodMs: number;
}

/** Makes samples of what `o1 stats` and `nrMAC_stats.log` told, poll by poll. */
export class OaiSamples {
  private readonly identities = new UeIdentities();
  private readonly clock: SampleClock;
  private last: MacSnapshot | undefined;
  private isFirst = true;

  constructor(private readonly options: OaiSamplesOptions) {
    this.clock = new SampleClock(options.periodMs, LONGEST_PERIODS);
  }

  /** The gNB was away. */
  restart(): void {
    this.clock.restart();
    this.last = undefined;
    this.isFirst = true;
  }

  /** One of the two at least. Without `stats` only what was written anew makes a sample. */
  take(stats: O1Stats | undefined, mac: MacSnapshot | undefined, own: OwnTime): Polled {
    const notes = stats === undefined ? [] : this.compare(stats.cell);
    const { last, isFirst } = this;
    const isNew = mac !== undefined && mac !== last;
    if (stats === undefined && !isNew) return { notes };
    const leftOut = Math.max(stats?.leftOut ?? 0, isNew ? mac.leftOut : 0);
    if (leftOut > 0) notes.push(['ues', `${leftOut} UEs beyond ${MAX_UES} are left out`]);
    const time = this.clock.next(stats === undefined ? mac?.writtenMs : undefined, own);
    if (time.note !== undefined) notes.push(['clock', `The gNB: ${time.note}`]);
    this.last = mac;
    this.isFirst = false;
    // The first rates are of the time since somebody asked last, the first counters of all time.
    if (isFirst) return { notes };
    const { endMs, periodMs } = time;
    const { monotonicMs } = own;
    const ues = this.uesOf(stats, { mac, before: isNew ? last : undefined, monotonicMs, periodMs });
    return { sample: { endMs, periodMs, cells: [{ cell: 0, kpis: this.cellKpis(stats), ues }] }, notes };
  }

  private cellKpis(stats: O1Stats | undefined) {
    const load = stats?.loadPercent;
    if (load === undefined) return {};
    return { 'RRU.PrbTotDl': load, 'RRU.PrbUsedDl': (load * this.options.cells[0]!.prbs) / 100 };
  }

  private uesOf(stats: O1Stats | undefined, { mac, before, monotonicMs, periodMs }: Period): UeSample[] {
    const present = new Set(stats?.ues.keys() ?? inSync(mac));
    this.identities.expire(monotonicMs);
    return [...present].map((rnti) => {
      const now = mac?.ues.get(rnti);
      const rate = stats?.ues.get(rnti);
      const former = before?.ues.get(rnti);
      // Of one that a half-written file did not have, counters and time are those of the file before.
      const macPeriodMs = (now?.writtenMs ?? 0) - (former?.writtenMs ?? Infinity);
      const isNewer = macPeriodMs > 0;
      const ue = {
        mac: now,
        before: isNewer ? former : undefined,
        periodMs: isNewer ? macPeriodMs : periodMs,
      };
      const { ueId, firstRnti } = this.identities.of(rnti, now?.number, { present, atMs: monotonicMs });
      return {
        ueId,
        snssai: this.options.sliceOf({ number: now?.number, rnti: firstRnti }),
        kpis: {
          ...(rate === undefined ? macThroughputKpis(ue) : throughputKpis(rate, periodMs)),
          ...linkKpis(ue),
        },
      };
    });
  }

  /** What the gNB says of its cell, against what is configured. */
  private compare(told: O1Cell): [kind: string, line: string][] {
    const { prbs, pci, nrCgi } = this.options.cells[0]!;
    const own = { PRBs: prbs, PCI: pci, PLMN: `${nrCgi.plmn.mcc}-${nrCgi.plmn.mnc}` };
    const its = { PRBs: told.prbs, PCI: told.pci, PLMN: told.plmn };
    return (['PRBs', 'PCI', 'PLMN'] as const)
      .filter((name) => its[name] !== undefined && own[name] !== undefined && its[name] !== own[name])
      .map((name) => [name, `The gNB's ${name}: ${its[name]}; configured: ${own[name]}`]);
  }
}

function inSync(mac: MacSnapshot | undefined): readonly number[] {
  return [...(mac?.ues.values() ?? [])].filter((ue) => ue.inSync !== false).map(({ rnti }) => rnti);
}
