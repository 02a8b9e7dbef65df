/** Releases whose `nrMAC_stats.log` differs: octets by MAC until 2025, goodput since. */
export type OaiEra = '2024' | '2026';

/** A UE's counters from when it came. */
export interface MacTotals {
  readonly rnti: number;
  /** CU UE id. */
  readonly number: number;
  cqi: number;
  mcs: number;
  first: number;
  later: number;
  lost: number;
  txBytes: number;
  kbitPerS: number;
}

/** The UE's lines as `nrMAC_stats.log` has them, in the words of an era. */
export function macStatsText(era: OaiEra, ues: readonly MacTotals[]): string {
  const lines = ues.flatMap((ue) => (era === '2024' ? lines2024(ue) : lines2026(ue)));
  const head = era === '2024' ? [] : ['=== Cell 0 ==='];
  return [...head, ...lines, '', 'gNB_scheduler: 12.3 us; 1000 times', ''].join('\n');
}

const hex = (rnti: number) => rnti.toString(16).padStart(4, '0');

function lines2024({ rnti, number, cqi, first, later, lost, mcs, txBytes }: MacTotals): string[] {
  const name = `UE ${hex(rnti)}`;
  return [
    `UE RNTI ${hex(rnti)} CU-UE-ID ${number} in-sync PH 48 dB PCMAX 20 dBm, average RSRP -84 (16 meas)`,
    `${name}: CQI ${cqi}, RI 1, PMI (0,0)`,
    `${name}: UL-RI 1, TPMI 0`,
    `${name}: dlsch_rounds ${first}/${later}/0/0, dlsch_errors ${lost}, pucch0_DTX 0, BLER 0.05000 MCS (0) ${mcs} CCE fail 0`,
    `${name}: ulsch_rounds 415/0/0/0, ulsch_errors 0, ulsch_DTX 0, BLER 0.00000 MCS (0) 9 (Qm 2 deltaMCS 0 dB) NPRB 5  SNR 51.0 dB CCE fail 0`,
    `${name}: MAC:    TX ${String(txBytes).padStart(14)} RX           8948 bytes`,
    `${name}: LCID 4: TX ${String(txBytes).padStart(14)} RX            216 bytes`,
  ];
}

function lines2026({ rnti, number, cqi, first, later, lost, mcs, kbitPerS }: MacTotals): string[] {
  const name = `UE ${hex(rnti)}`;
  return [
    `UE RNTI ${hex(rnti)} CU-UE-ID ${number} in-sync PH 48 dB PCMAX 20 dBm, average RSRP -84 (16 meas), average SINR 21.3 (30 meas)`,
    `${name}: CSI [CQI ${cqi} RI 1 PMI (0,0)]`,
    `${name}: dlsch_rounds ${first}/${later}/0/0, dlsch_errors ${lost}, pucch0_DTX 0 (SNR 25.0+2.0) RSSI -50.0, BLER 0.05000 MCS (0) ${mcs} (Qm 6) CCE fail 0`,
    `${name}: ulsch_rounds 415/0/0/0, ulsch_errors 0, ulsch_DTX 0, BLER 0.00000 MCS (0) 9 (Qm 2 deltaMCS 0) NPRB 5 SNR 51.0 (+1.0) RSSI -50.0 CCE fail 0`,
    `${name}: LCID 1,2,4, goodput DL ${(kbitPerS / 1000).toFixed(2).padStart(7)} UL    0.10 Mbps`,
  ];
}
