/** The MCS tables of PDSCH, TS 38.214 tables 5.1.3.1-1 to 5.1.3.1-3, by their names in TS 38.331 (no name: `qam64`). */
export type McsTable = 'qam64' | 'qam256' | 'qam64LowSE';

/** By MCS. */
type Rates = readonly (readonly [order: number, rateX1024: number])[];

const QPSK_LOW: Rates = [30, 40, 50, 64, 78, 99].map((rate) => [2, rate]);
const QPSK: Rates = [120, 157, 193, 251, 308, 379, 449, 526, 602].map((rate) => [2, rate]);
const QAM16: Rates = [340, 378, 434, 490, 553, 616].map((rate) => [4, rate]);
const QAM64: Rates = [438, 466, 517, 567, 616, 666, 719, 772].map((rate) => [6, rate]);

/** Modulation order and code rate × 1024 by MCS. */
export const MCS_TABLES: Readonly<Record<McsTable, Rates>> = {
  qam64: [...QPSK, [2, 679], ...QAM16, [4, 658], ...QAM64, [6, 822], [6, 873], [6, 910], [6, 948]],
  qam256: [
    ...[120, 193, 308, 449, 602].map((rate): [number, number] => [2, rate]),
    ...QAM16.slice(1),
    [4, 658],
    ...QAM64.slice(1),
    [6, 822],
    [6, 873],
    ...[682.5, 711, 754, 797, 841, 885, 916.5, 948].map((rate): [number, number] => [8, rate]),
  ],
  qam64LowSE: [...QPSK_LOW, ...QPSK, ...QAM16, ...QAM64],
};

/** Spectral efficiency by CQI from 1, TS 38.214 table 5.2.2.1-2; bit/s/Hz. */
export const CQI_64QAM: readonly number[] = [
  0.1523, 0.2344, 0.377, 0.6016, 0.877, 1.1758, 1.4766, 1.9141, 2.4063, 2.7305, 3.3223, 3.9023, 4.5234,
  5.1152, 5.5547,
];
/** The same of table 5.2.2.1-3. */
const CQI_256QAM = [
  0.1523, 0.377, 0.877, 1.4766, 1.9141, 2.4063, 2.7305, 3.3223, 3.9023, 4.5234, 5.1152, 5.5547, 6.2266,
  6.9141, 7.4063,
];

/** Spectral efficiency of one layer under an MCS, bit/s/Hz; `undefined` for an MCS that only retransmits. */
export function mcsEfficiency(table: McsTable, mcs: number): number | undefined {
  const rates = MCS_TABLES[table][mcs];
  return rates && (rates[0] * rates[1]) / 1024;
}

/** Spectral efficiency of one layer that a CQI promises, bit/s/Hz; `undefined` for CQI 0, out of range. */
export function cqiEfficiency(table: McsTable, cqi: number): number | undefined {
  return (table === 'qam256' ? CQI_256QAM : CQI_64QAM)[cqi - 1];
}
