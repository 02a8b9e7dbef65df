import { type KpiValues } from '@ricochet/e2-node';
import { cqiEfficiency, mcsEfficiency, type McsTable } from '@ricochet/ran-types';
import { type MacUe } from './stats/mac-stats.js';

/** By OAI's index of the table. */
const TABLES: readonly McsTable[] = ['qam64', 'qam256', 'qam64LowSE'];

/** A UE over a period: what is told of it at the end, and what was at the beginning. */
export interface UePeriod {
  readonly mac: MacUe | undefined;
  readonly before: MacUe | undefined;
  readonly periodMs: number;
}

/** What `o1 stats` tells of a UE: kbit/s that RLC sent, over the period. */
export function throughputKpis(kbitPerS: number, periodMs: number): KpiValues {
  return { 'DRB.UEThpDl': kbitPerS, 'DRB.PdcpSduVolumeDL': (kbitPerS * periodMs) / 1000 };
}

/** The same of `nrMAC_stats.log`: octets that MAC sent, or the goodput where the octets are not told any more. */
export function macThroughputKpis({ mac, before, periodMs }: UePeriod): KpiValues {
  const bytes = grown(mac?.txBytes, before?.txBytes);
  if (bytes !== undefined) return throughputKpis((bytes * 8) / periodMs, periodMs);
  return mac?.goodputMbps === undefined ? {} : throughputKpis(mac.goodputMbps * 1000, periodMs);
}

/** Blocks, and the spectral efficiency by the MCS of what was sent, or by the CQI where nothing was. */
export function linkKpis({ mac, before }: UePeriod): KpiValues {
  if (mac === undefined) return {};
  const first = grown(mac.firstRounds, before?.firstRounds);
  const later = grown(mac.laterRounds, before?.laterRounds);
  const lost = grown(mac.lostBlocks, before?.lostBlocks);
  const efficiency = efficiencyOf(mac, first);
  return {
    ...(first !== undefined && { 'TB.TotNbrDl': first }),
    ...(later !== undefined && { 'TB.ErrTotNbrDl': later + (lost ?? 0) }),
    ...(efficiency !== undefined && { 'RCT.SpectralEfficiencyDl': efficiency }),
  };
}

function efficiencyOf(mac: MacUe, sent: number | undefined): number | undefined {
  const table = TABLES[mac.mcsTable ?? 0] ?? 'qam64';
  const hasMcs = mac.mcs !== undefined && (sent === undefined || sent > 0);
  const ofLayer =
    (hasMcs ? mcsEfficiency(table, mac.mcs!) : undefined) ??
    (mac.cqi === undefined ? undefined : cqiEfficiency(table, mac.cqi));
  return ofLayer === undefined ? undefined : ofLayer * Math.max(1, mac.layers ?? 1);
}

/** By how much a counter grew; nothing when it began anew. */
function grown(now: number | undefined, before: number | undefined): number | undefined {
  return now === undefined || before === undefined || now < before ? undefined : now - before;
}
