import { CQI_64QAM, MCS_TABLES } from '@ricochet/ran-types';

/** TS 38.214 table 5.1.3.1-1, MCS 0 to 28. */
const MCS_TABLE = MCS_TABLES.qam64;

export const MCS_COUNT = MCS_TABLE.length;
export const MCS_ORDER: Uint8Array = Uint8Array.from(MCS_TABLE, ([order]) => order);
export const MCS_RATE_X1024: Uint16Array = Uint16Array.from(MCS_TABLE, ([, rate]) => rate);
/** Spectral efficiency Qm·R/1024, bit/s/Hz. */
export const MCS_EFFICIENCY: Float64Array = Float64Array.from(
  MCS_TABLE,
  ([order, rate]) => (order * rate) / 1024,
);

/** TS 38.214 table 5.2.2.1-2: spectral efficiency of CQI 0 (out of range) to 15. */
export const CQI_EFFICIENCY: Float64Array = Float64Array.of(0, ...CQI_64QAM);

/** Highest MCS that a CQI supports (CQI 0: not scheduled). */
export const CQI_TO_MCS: Int8Array = Int8Array.of(-1, 0, 0, 2, 4, 6, 8, 11, 13, 15, 18, 20, 22, 24, 26, 28);

const STEPS_PER_UNIT = 64;
const CQI_STEPS = Uint8Array.from({ length: 8 * STEPS_PER_UNIT }, (_, i) => highestCqi(i / STEPS_PER_UNIT));

function highestCqi(efficiency: number): number {
  let cqi = 0;
  while (cqi < 15 && (CQI_EFFICIENCY[cqi + 1] as number) <= efficiency) cqi++;
  return cqi;
}

/** Highest CQI whose efficiency a wideband spectral efficiency reaches (to 1/64 bit/s/Hz). */
export function cqiOfEfficiency(efficiency: number): number {
  const step = (efficiency * STEPS_PER_UNIT) | 0;
  return CQI_STEPS[step < CQI_STEPS.length ? step : CQI_STEPS.length - 1] as number;
}
