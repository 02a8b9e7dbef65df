import { type RadioInput, RadioNetwork, resolveRadioConfig, type KpiWindow } from '@ricochet/radio';
import { cqiEfficiency, formatSNssai, mcsEfficiency, type SNssai } from '@ricochet/ran-types';

/**
 * The radio under the emulated gNBs of this folder: what other people's software would report and control, played by
 * `libs/radio`. Test doubles, made from public facts; nothing here is that software.
 */
export interface EmulatedGnbOptions {
  readonly seed?: number | undefined;
  readonly cells?: number | undefined;
  readonly uesPerCell?: number | undefined;
  /** Period of the reports, ms. */
  readonly periodMs?: number | undefined;
  readonly radio?: RadioInput | undefined;
}

/** A UE over a period, as a gNB's scheduler sees it. */
export interface UeReading {
  readonly ueIndex: number;
  /** Its number at the DU; a UE that comes anew has the one that it had. */
  readonly number: number;
  readonly rnti: number;
  readonly snssai: SNssai;
  readonly bits: number;
  readonly blocks: number;
  readonly errors: number;
  readonly bufferBytes: number;
  /** Table 5.1.3.1-1 of TS 38.214, the mean over the period; 0 when nothing was sent. */
  readonly mcs: number;
  readonly cqi: number;
  /** Mean PRBs a slot. */
  readonly prbs: number;
  /** Mean delay at RLC; `undefined` when nothing was sent. */
  readonly rlcDelayUs: number | undefined;
}

export interface UeChange {
  readonly ueIndex: number;
  readonly rnti: number;
  readonly kind: 'ue_create' | 'ue_rem';
}

export interface CellReading {
  readonly cell: number;
  readonly prbs: number;
  readonly usedPrbs: number;
  readonly ues: readonly UeReading[];
  readonly changes: readonly UeChange[];
}

const FIRST_RNTI = 0x4601;
/** Resource elements for data in a PRB and slot of the radio model: 12 symbols less 12 elements of DM-RS. */
const RE_OF_PRB = 132;
const HIGHEST_MCS = 28;

export class EmulatedGnb {
  readonly network: RadioNetwork;
  readonly periodMs: number;
  private readonly window: KpiWindow;
  private nextRnti = FIRST_RNTI;
  private readonly rntis = new Map<number, number>();
  /** The UE of each RNTI that was ever given. */
  private readonly ueOfRnti = new Map<number, number>();
  private changes: UeChange[] = [];

  constructor({ seed = 1, cells = 1, uesPerCell = 9, periodMs = 1_000, radio }: EmulatedGnbOptions = {}) {
    const config = resolveRadioConfig({ preset: 'tr38901', cells, uesPerCell, ...radio });
    this.network = new RadioNetwork(config, seed);
    this.periodMs = periodMs;
    this.window = this.network.openWindow(periodMs);
  }

  /** Lets a period pass and measures it. */
  step(): readonly CellReading[] {
    this.network.advance(this.periodMs);
    this.window.roll();
    return Array.from({ length: this.network.cellCount }, (_, cell) => this.read(cell));
  }

  /** The maximum of a slice in all cells: the only ratio that srsRAN puts in force. @returns whether there is such a slice */
  setMaximum(snssai: SNssai, maxRatio: number): boolean {
    const slice = this.network.slices.findIndex((one) => formatSNssai(one.snssai) === formatSNssai(snssai));
    if (slice < 0) return false;
    for (let cell = 0; cell < this.network.cellCount; cell++) {
      this.network.setSliceQuota(cell, slice, { minRatio: 0, maxRatio, dedicatedRatio: 0 });
    }
    return true;
  }

  /** A UE connects anew: the same one, under another RNTI. @returns the RNTIs before and after */
  reconnect(ueIndex: number): readonly [before: number, after: number] {
    const before = this.rntiOf(ueIndex);
    this.rntis.delete(ueIndex);
    this.changes.push({ ueIndex, rnti: before, kind: 'ue_rem' });
    return [before, this.rntiOf(ueIndex)];
  }

  /** The gNB starts anew: no quota is in force, and RNTIs begin from the first. */
  restart(): void {
    for (const { snssai } of this.network.slices) this.setMaximum(snssai, 100);
    this.rntis.clear();
    this.ueOfRnti.clear();
    this.changes = [];
    this.nextRnti = FIRST_RNTI;
  }

  /** The slice of each RNTI: what an operator would write into the adapter's configuration. */
  sliceOf(rnti: number | undefined): SNssai | undefined {
    const ueIndex = rnti === undefined ? undefined : this.ueOfRnti.get(rnti);
    return ueIndex === undefined ? undefined : this.snssaiOf(ueIndex);
  }

  rntiOf(ueIndex: number): number {
    const known = this.rntis.get(ueIndex);
    if (known !== undefined) return known;
    const rnti = this.nextRnti++;
    this.rntis.set(ueIndex, rnti);
    this.ueOfRnti.set(rnti, ueIndex);
    this.changes.push({ ueIndex, rnti, kind: 'ue_create' });
    return rnti;
  }

  /** Of a cell's UEs, since its last reading. */
  private changesOf(cell: number): UeChange[] {
    const here = new Set(this.network.uesOf(cell).map(({ ueIndex }) => ueIndex));
    const its = this.changes.filter(({ ueIndex }) => here.has(ueIndex));
    this.changes = this.changes.filter(({ ueIndex }) => !here.has(ueIndex));
    return its;
  }

  private snssaiOf(ueIndex: number): SNssai {
    return this.network.slices[this.network.ueInfo(ueIndex).sliceIndex]!.snssai;
  }

  private read(cell: number): CellReading {
    const { window, network } = this;
    const ues = network
      .uesOf(cell)
      .filter(({ active }) => active)
      .map(({ ueIndex, sliceIndex }) => this.readUe(ueIndex, { cell, sliceIndex }));
    return {
      cell,
      prbs: network.config.prbsPerCell,
      usedPrbs: window.cell('RRU.PrbUsedDl', cell),
      ues,
      changes: this.changesOf(cell),
    };
  }

  private readUe(ueIndex: number, { cell, sliceIndex }: { cell: number; sliceIndex: number }): UeReading {
    const { window } = this;
    const prbs = window.ue('RRU.PrbUsedDl', ueIndex);
    const bits = window.ue('DRB.PdcpSduVolumeDL', ueIndex) * 1000;
    const delay = window.ue('DRB.RlcSduDelayDl', ueIndex);
    const share = prbs / (window.slice('RRU.PrbUsedDl', cell, sliceIndex) || Infinity);
    const blocks = Math.round(window.slice('TB.TotNbrDl', cell, sliceIndex) * share);
    const errors = Math.min(blocks, Math.round(window.slice('TB.ErrTotNbrDl', cell, sliceIndex) * share));
    return {
      ueIndex,
      number: ueIndex,
      rnti: this.rntiOf(ueIndex),
      snssai: this.snssaiOf(ueIndex),
      bits,
      blocks,
      errors,
      bufferBytes: window.ue('RCT.BufferDl', ueIndex),
      mcs: blocks === 0 ? 0 : mcsOf(bits / (prbs * this.periodMs * RE_OF_PRB)),
      cqi: cqiOf(window.ue('RCT.SpectralEfficiencyDl', ueIndex)),
      prbs,
      rlcDelayUs: delay >= 0 ? delay * 100 : undefined,
    };
  }
}

function mcsOf(efficiency: number): number {
  let mcs = 0;
  while (mcs < HIGHEST_MCS && mcsEfficiency('qam64', mcs + 1)! <= efficiency) mcs++;
  return mcs;
}

function cqiOf(efficiency: number): number {
  let cqi = 0;
  while (cqi < 15 && cqiEfficiency('qam64', cqi + 1)! <= efficiency) cqi++;
  return cqi;
}
