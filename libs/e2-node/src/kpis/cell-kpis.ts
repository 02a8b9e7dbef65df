import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { type CellSample, type KpiValues, type RanCell } from '../ran.js';
import { type CellPeriod, type UePeriod } from './cell-period.js';
import { deriveGroup, qualityOf } from './derive-group.js';
import { deriveUe, withoutGaps } from './derive-ue.js';

/** Makes of what a gNB tells of one cell, sample by sample, all that can be told of it. */
export class CellKpis {
  private buffers = new Map<number, number>();

  /** @param quotaOf what of quotas is in force, as far as the gNB has said so */
  constructor(
    private readonly cell: RanCell,
    private readonly quotaOf: (snssai: SNssai) => KpiValues,
  ) {}

  /** The gNB begins anew: what waited before is no measure of what comes. */
  reset(): void {
    this.buffers.clear();
  }

  take(sample: CellSample, { endMs, periodMs }: Pick<CellPeriod, 'endMs' | 'periodMs'>): CellPeriod {
    const ues = this.uesOf(sample, periodMs);
    this.buffers = new Map(
      sample.ues.flatMap(({ ueId, kpis }) => {
        const bytes = kpis['RCT.BufferDl'];
        return bytes === undefined ? [] : [[ueId, bytes] as const];
      }),
    );
    const all = [...ues.values()];
    const together = deriveGroup(all.map(({ kpis }) => kpis));
    const usedPrbs = together['RRU.PrbUsedDl'];
    const cell = withoutGaps({
      ...together,
      'RRU.PrbAvailDl': this.cell.prbs,
      'RRU.PrbTotDl': usedPrbs && (100 * usedPrbs) / this.cell.prbs,
      ...sample.kpis,
    });
    const slices = new Map(
      this.cell.slices.map((snssai) => [formatSNssai(snssai), this.sliceOf(snssai, all, sample)]),
    );
    return { endMs, periodMs, cell, slices, ues };
  }

  private uesOf({ kpis, ues }: CellSample, periodMs: number): Map<number, UePeriod> {
    const derived = ues.map((ue) =>
      deriveUe(ue, { cell: this.cell, periodMs, formerBufferBytes: this.buffers.get(ue.ueId) }),
    );
    const loadPercent = kpis['RRU.PrbTotDl'];
    const used = prbsUsed(derived, {
      carrierPrbs: this.cell.prbs,
      usedPrbs: loadPercent && (loadPercent / 100) * this.cell.prbs,
    });
    return new Map(
      ues.map(({ ueId, snssai }, at) => [
        ueId,
        { snssai, kpis: withoutGaps({ ...derived[at], 'RRU.PrbUsedDl': used[at] }) },
      ]),
    );
  }

  private sliceOf(snssai: SNssai, ues: readonly UePeriod[], { slices = [] }: CellSample): KpiValues {
    const slice = formatSNssai(snssai);
    const isIts = (of: SNssai | undefined): boolean => of !== undefined && formatSNssai(of) === slice;
    const derived = deriveGroup(ues.filter((ue) => isIts(ue.snssai)).map(({ kpis }) => kpis));
    const told = slices.find((each) => isIts(each.snssai))?.kpis;
    const all = { ...derived, ...told };
    return withoutGaps({ 'RCT.QosDl': qualityOf(snssai, all), ...this.quotaOf(snssai), ...all });
  }
}

/**
 * PRBs of each UE so that they add up to what the cell used where it tells that, and to the carrier at most. Where a UE's
 * can not be reckoned, all have their parts of what was used by what they got.
 */
function prbsUsed(
  ues: readonly KpiValues[],
  { carrierPrbs, usedPrbs }: { readonly carrierPrbs: number; readonly usedPrbs: number | undefined },
): (number | undefined)[] {
  const reckoned = ues.map((ue) => ue['RRU.PrbUsedDl']);
  const isWhole = reckoned.every((prbs) => prbs !== undefined);
  if (!isWhole && usedPrbs === undefined) return reckoned;
  const parts = isWhole ? reckoned : ues.map((ue) => ue['DRB.PdcpSduVolumeDL'] ?? 0);
  const sum = parts.reduce((total, part) => total + part, 0);
  const target = usedPrbs ?? Math.min(sum, carrierPrbs);
  return parts.map((part) => (sum === 0 ? 0 : (part / sum) * target));
}
