import { sliceTypeOf, type KpiName, type SNssai } from '@ricochet/ran-types';
import { type KpiValues } from '../ran.js';
import { withoutGaps } from './derive-ue.js';

const KBIT_PER_BYTE = 8 / 1000;

/** Of a group of UEs, the sum. */
const SUMS = [
  'RRU.PrbUsedDl',
  'DRB.PdcpSduVolumeDL',
  'TB.TotNbrDl',
  'TB.ErrTotNbrDl',
  'RCT.BufferDl',
  'RCT.OfferedVolumeDl',
  'RCT.PrbNeedArrivalDl',
  'RCT.PrbNeedBacklogDl',
] as const satisfies readonly KpiName[];

/** Of a group of UEs, the mean by what each of them got. */
const BY_VOLUME = ['DRB.RlcSduDelayDl', 'DRB.RlcPacketDropRateDl'] as const satisfies readonly KpiName[];

/** What UEs have together. A sum over UEs of which none has the value is not there; over no UEs it is 0. */
export function deriveGroup(ues: readonly KpiValues[]): KpiValues {
  const sums = SUMS.map((name) => [name, sumOf(ues, name)] as const);
  const means = BY_VOLUME.map((name) => [name, meanByVolume(ues, name)] as const);
  const active = ues.filter(
    (ue) => (ue['RCT.BufferDl'] ?? 0) > 0 || (ue['DRB.PdcpSduVolumeDL'] ?? ue['DRB.UEThpDl'] ?? 0) > 0,
  );
  return withoutGaps({
    ...Object.fromEntries([...sums, ...means]),
    'DRB.UEThpDl': meanOf(active, 'DRB.UEThpDl'),
    'RCT.SpectralEfficiencyDl': meanOf(ues, 'RCT.SpectralEfficiencyDl'),
    'RRC.ConnMean': ues.length,
    'DRB.MeanActiveUeDl': active.length,
  });
}

/**
 * The served share of a slice: what was delivered of that and of what waits. Of URLLC, whose quality is a delay, there
 * is none.
 */
export function qualityOf(snssai: SNssai, slice: KpiValues): number | undefined {
  const deliveredKbit = slice['DRB.PdcpSduVolumeDL'];
  const bufferBytes = slice['RCT.BufferDl'];
  if (sliceTypeOf(snssai) === 'URLLC' || deliveredKbit === undefined || bufferBytes === undefined) {
    return undefined;
  }
  const toDeliverKbit = deliveredKbit + bufferBytes * KBIT_PER_BYTE;
  return toDeliverKbit === 0 ? 1 : deliveredKbit / toDeliverKbit;
}

function valuesOf(ues: readonly KpiValues[], name: KpiName): number[] {
  return ues.flatMap((ue) => ue[name] ?? []);
}

function sumOf(ues: readonly KpiValues[], name: KpiName): number | undefined {
  const values = valuesOf(ues, name);
  if (ues.length > 0 && values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(ues: readonly KpiValues[], name: KpiName): number | undefined {
  const values = valuesOf(ues, name);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanByVolume(ues: readonly KpiValues[], name: KpiName): number | undefined {
  let weighted = 0;
  let total = 0;
  for (const ue of ues) {
    const value = ue[name];
    const volume = ue['DRB.PdcpSduVolumeDL'] ?? 0;
    if (value === undefined) continue;
    weighted += value * volume;
    total += volume;
  }
  return total === 0 ? undefined : weighted / total;
}
