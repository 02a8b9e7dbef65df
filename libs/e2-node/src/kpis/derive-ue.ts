import { sNssaiToInteger } from '@ricochet/ran-types';
import { type KpiValues, type RanCell, type UeSample } from '../ran.js';

const SUBCARRIERS_PER_PRB = 12;
/** TS 38.211 clause 4.3.2, with the normal cyclic prefix; a slot of 15 kHz is 1 ms. */
const SYMBOLS_PER_SLOT = 14;
const KBIT_PER_BYTE = 8 / 1000;
const TENTHS_PER_MS = 10;

export interface UeContext {
  readonly cell: RanCell;
  readonly periodMs: number;
  /** `RCT.BufferDl` at the end of the period before; `undefined` of a UE that is new. */
  readonly formerBufferBytes: number | undefined;
}

/**
 * What of a UE follows from what its gNB tells. PRBs are those that carry its bits at its spectral efficiency. What was
 * offered is what was delivered and by what the buffer has grown. The delay is that of Little's law: what waits, over
 * the rate at which it goes. What can not be reckoned is not there.
 */
export function deriveUe({ snssai, kpis }: UeSample, context: UeContext): KpiValues {
  const { cell, periodMs, formerBufferBytes } = context;
  const deliveredKbit = kpis['DRB.PdcpSduVolumeDL'];
  const bufferBytes = kpis['RCT.BufferDl'];
  const kbitPerPrbMs = kbitOfPrbMs(kpis['RCT.SpectralEfficiencyDl'] ?? 0, cell);
  const bufferKbit = bufferBytes && bufferBytes * KBIT_PER_BYTE;
  const offeredKbit = offered(deliveredKbit, bufferKbit, formerBufferBytes);
  return withoutGaps({
    'RRU.PrbUsedDl': over(deliveredKbit, kbitPerPrbMs * periodMs),
    'RCT.OfferedVolumeDl': offeredKbit,
    'RCT.PrbNeedArrivalDl': over(offeredKbit, kbitPerPrbMs * periodMs),
    // In slots of 1 ms, whatever the cell's: what controllers reckon in.
    'RCT.PrbNeedBacklogDl': over(bufferKbit, kbitPerPrbMs),
    'DRB.RlcSduDelayDl': delayOf(bufferKbit, deliveredKbit, periodMs),
    'RCT.SNssai': snssai && sNssaiToInteger(snssai),
    ...kpis,
  });
}

/** What a PRB carries in a millisecond: a spectral efficiency is the bits of a resource element. */
function kbitOfPrbMs(efficiency: number, { scsKhz, dlShare }: RanCell): number {
  const symbolsPerMs = SYMBOLS_PER_SLOT * (scsKhz / 15) * dlShare;
  return (efficiency * SUBCARRIERS_PER_PRB * symbolsPerMs) / 1000;
}

function offered(
  deliveredKbit: number | undefined,
  bufferKbit: number | undefined,
  formerBufferBytes: number | undefined,
): number | undefined {
  if (deliveredKbit === undefined || bufferKbit === undefined) return undefined;
  const formerKbit = formerBufferBytes === undefined ? bufferKbit : formerBufferBytes * KBIT_PER_BYTE;
  return Math.max(0, deliveredKbit + bufferKbit - formerKbit);
}

function delayOf(
  bufferKbit: number | undefined,
  deliveredKbit: number | undefined,
  periodMs: number,
): number | undefined {
  if (bufferKbit === undefined || deliveredKbit === undefined || deliveredKbit === 0) return undefined;
  return (bufferKbit / deliveredKbit) * periodMs * TENTHS_PER_MS;
}

/** Nothing needs nothing; something needs to be divided by more than nothing. */
function over(value: number | undefined, divisor: number): number | undefined {
  if (value === 0) return 0;
  return value === undefined || divisor === 0 ? undefined : value / divisor;
}

export function withoutGaps(values: { readonly [K in keyof KpiValues]: number | undefined }): KpiValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
