/** Where a KPI can be measured. */
export type KpiLevel = 'cell' | 'slice' | 'ue';

/** One entry of the catalogue: what an E2 node of ours measures over a granularity period. */
export interface KpiDefinition {
  readonly unit: string;
  /** How KPM carries it: an integer record or a real one. */
  readonly record: 'integer' | 'real';
  readonly levels: readonly KpiLevel[];
  readonly definition: string;
  /** Clause of TS 28.552, or `ricochet` for names of our own (prefix `RCT.`). */
  readonly source: string;
}

const ALL = ['cell', 'slice', 'ue'] as const;
const SLICE_UP = ['cell', 'slice'] as const;

function define<const T extends Record<string, KpiDefinition>>(catalogue: T): T {
  return catalogue;
}

/** Every measurement name that our nodes offer. 3GPP names carry TS 28.552 units; the S-NSSAI is a label. */
export const KPI_CATALOGUE = define({
  'RRU.PrbTotDl': {
    unit: '%',
    record: 'integer',
    levels: ['cell'],
    source: 'TS 28.552 5.1.1.2.1',
    definition: 'PRBs used of those available, downlink',
  },
  'RRU.PrbUsedDl': {
    unit: 'PRB',
    record: 'real',
    levels: ALL,
    source: 'TS 28.552 5.1.1.2.5',
    definition: 'Mean PRBs used a slot, downlink',
  },
  'RRU.PrbAvailDl': {
    unit: 'PRB',
    record: 'integer',
    levels: ['cell'],
    source: 'TS 28.552 5.1.1.2.7',
    definition: 'PRBs available a slot, downlink',
  },
  'DRB.UEThpDl': {
    unit: 'kbit/s',
    record: 'real',
    levels: ALL,
    source: 'TS 28.552 5.1.1.3.1',
    definition:
      'Bits delivered over the time in which there were bits to deliver; mean over UEs above UE level',
  },
  'DRB.PdcpSduVolumeDL': {
    unit: 'kbit',
    record: 'real',
    levels: ALL,
    source: 'TS 28.552 5.1.2.1.1.1',
    definition: 'Bits delivered to the UEs',
  },
  'DRB.RlcSduDelayDl': {
    unit: '0.1 ms',
    record: 'real',
    levels: ALL,
    source: 'TS 28.552 5.1.3.3.3',
    definition: 'Mean time of a packet from its arrival to the start of its last transmission',
  },
  'DRB.AirIfDelayDl': {
    unit: '0.1 ms',
    record: 'real',
    levels: ALL,
    source: 'TS 28.552 5.1.1.1.1',
    definition: 'Mean time of a packet on the air, retransmissions included',
  },
  'DRB.RlcPacketDropRateDl': {
    unit: '1e-6',
    record: 'integer',
    levels: ALL,
    source: 'TS 28.552 5.1.3.2.2',
    definition: 'Packets dropped or lost of those that arrived',
  },
  'DRB.MeanActiveUeDl': {
    unit: 'UE',
    record: 'real',
    levels: SLICE_UP,
    source: 'TS 28.552 5.1.1.23.1',
    definition: 'Mean number of UEs with data in their buffer',
  },
  'RRC.ConnMean': {
    unit: 'UE',
    record: 'real',
    levels: SLICE_UP,
    source: 'TS 28.552 5.1.1.4.1',
    definition: 'Mean number of connected UEs',
  },
  'CARR.WBCQIDist': {
    unit: 'count',
    record: 'integer',
    levels: ['cell'],
    source: 'TS 28.552 5.1.1.11.1',
    definition: 'Wideband CQI reports by CQI; bin X is the CQI, 0 to 15',
  },
  'TB.TotNbrDl': {
    unit: 'count',
    record: 'integer',
    levels: SLICE_UP,
    source: 'TS 28.552 5.1.1.7.1',
    definition: 'Transport blocks sent, first transmissions',
  },
  'TB.ErrTotNbrDl': {
    unit: 'count',
    record: 'integer',
    levels: SLICE_UP,
    source: 'TS 28.552 5.1.1.7.2',
    definition: 'Transport blocks received in error',
  },
  'RCT.PacketDelayDl.Mean': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'Mean delay of the packets delivered: queueing, transmission and HARQ',
  },
  'RCT.PacketDelayDl.P50': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'Median packet delay',
  },
  'RCT.PacketDelayDl.P95': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: '95th percentile of the packet delay',
  },
  'RCT.PacketDelayDl.P99': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: '99th percentile of the packet delay',
  },
  'RCT.PacketDelayDl.Max': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition:
      'Largest packet delay: of the packets delivered, and of those still waiting at the end of the period',
  },
  'RCT.BufferDl': {
    unit: 'byte',
    record: 'integer',
    levels: ALL,
    source: 'ricochet',
    definition: 'Data waiting at the end of the period',
  },
  'RCT.OfferedVolumeDl': {
    unit: 'kbit',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'Bits that arrived in the period, those dropped included',
  },
  'RCT.HolDelayDl': {
    unit: 'ms',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'Age of the oldest waiting packet at the end of the period',
  },
  'RCT.SpectralEfficiencyDl': {
    unit: 'bit/s/Hz',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'Wideband spectral efficiency at the end of the period; mean over UEs above UE level',
  },
  'RCT.PrbNeedArrivalDl': {
    unit: 'PRB',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'PRBs a slot that would carry the arrivals of the period at the present spectral efficiency',
  },
  'RCT.PrbNeedBacklogDl': {
    unit: 'PRB slot',
    record: 'real',
    levels: ALL,
    source: 'ricochet',
    definition: 'PRBs times slots that would empty the buffers at the present spectral efficiency',
  },
  'RCT.QosDl': {
    unit: '1',
    record: 'real',
    levels: ['slice'],
    source: 'ricochet',
    definition:
      'Slice quality in 0..1: served share (eMBB), quality-weighted capacity (mMTC), latency benefit (URLLC)',
  },
  'RCT.RrmPolicyMinDl': {
    unit: '%',
    record: 'integer',
    levels: ['slice'],
    source: 'ricochet',
    definition: 'RRMPolicyMinRatio in force',
  },
  'RCT.RrmPolicyMaxDl': {
    unit: '%',
    record: 'integer',
    levels: ['slice'],
    source: 'ricochet',
    definition: 'RRMPolicyMaxRatio in force',
  },
  'RCT.RrmPolicyDedicatedDl': {
    unit: '%',
    record: 'integer',
    levels: ['slice'],
    source: 'ricochet',
    definition: 'RRMPolicyDedicatedRatio in force',
  },
  'RCT.SNssai': {
    unit: 'S-NSSAI',
    record: 'integer',
    levels: ['ue'],
    source: 'ricochet',
    definition: 'S-NSSAI of the UE: SST times 2^24 plus SD, SD FFFFFF for none',
  },
  'RCT.SchedulingWeightDl': {
    unit: '1',
    record: 'real',
    levels: ['ue'],
    source: 'ricochet',
    definition: 'Intra-slice scheduling weight in force',
  },
});

/** The name of a measurement that our nodes offer. */
export type KpiName = keyof typeof KPI_CATALOGUE;

/** Names of the measurements that can be had at a level. */
export type KpiNameAt<L extends KpiLevel> = {
  [K in KpiName]: L extends (typeof KPI_CATALOGUE)[K]['levels'][number] ? K : never;
}[KpiName];

/** Unit of a measurement, as text. */
export type KpiUnit<K extends KpiName> = (typeof KPI_CATALOGUE)[K]['unit'];

export const KPI_NAMES = Object.keys(KPI_CATALOGUE) as readonly KpiName[];

/** Narrows any text to a known measurement name. */
export function isKpiName(name: string): name is KpiName {
  return Object.hasOwn(KPI_CATALOGUE, name);
}
