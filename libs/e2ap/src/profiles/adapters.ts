import { type MeasurementsByLevel, type RanCapabilities } from './capabilities.js';
import { oran } from './oran.js';
import { type AdapterProfileName, type PeerProfile } from './profile.js';

/** Of each UE, with what its MAC tells: rate, buffer, transport blocks, modulation. */
const BY_UE = ['DRB.UEThpDl', 'DRB.PdcpSduVolumeDL', 'RCT.BufferDl', 'RCT.SpectralEfficiencyDl'];
const BLOCKS = ['TB.TotNbrDl', 'TB.ErrTotNbrDl'];
const USE = ['RRU.PrbUsedDl', 'DRB.UEThpDl', 'DRB.PdcpSduVolumeDL', 'DRB.MeanActiveUeDl', 'RRC.ConnMean'];
const NEED = ['RCT.OfferedVolumeDl', 'RCT.PrbNeedArrivalDl', 'RCT.PrbNeedBacklogDl'];
const OF_SLICES = [
  ...USE,
  ...BLOCKS,
  ...NEED,
  'DRB.RlcSduDelayDl',
  'RCT.BufferDl',
  'RCT.SpectralEfficiencyDl',
  'RCT.QosDl',
];
const QUOTAS = ['RCT.RrmPolicyMinDl', 'RCT.RrmPolicyMaxDl', 'RCT.RrmPolicyDedicatedDl'];

const NOTHING_BY_SLICE =
  'The gNB tells nothing by slice: slices are sums over the UEs that are configured as theirs.';
const PRBS_ARE_RECKONED =
  'PRBs are reckoned from bits and modulation; use is judged to within a tenth of the carrier.';

/** MAC's metrics; what else, by release. */
function srsran({
  measured = {},
  derived = [],
}: {
  measured?: Partial<MeasurementsByLevel>;
  derived?: string[];
}) {
  const atUe = [...BY_UE, ...(measured.ue ?? [])];
  const reckoned = ['RRU.PrbUsedDl', 'RCT.SNssai', ...NEED];
  if (!atUe.includes('DRB.RlcSduDelayDl')) reckoned.push('DRB.RlcSduDelayDl');
  return {
    measured: { cell: [], slice: [], ue: atUe },
    derived: {
      cell: [
        ...OF_SLICES.filter((name) => name !== 'RCT.QosDl'),
        'RRU.PrbTotDl',
        'RRU.PrbAvailDl',
        ...derived,
      ],
      slice: [...OF_SLICES, ...QUOTAS, ...derived],
      ue: reckoned,
    },
  };
}

const withoutRlc = srsran({});
const withRlc = srsran({
  measured: { ue: ['DRB.RlcSduDelayDl', 'DRB.RlcPacketDropRateDl'] },
  derived: ['DRB.RlcPacketDropRateDl'],
});

const DELAY_IS_RECKONED = 'Delays are reckoned from buffer and rate.';
const RLC_MUST_BE_ON = 'Delays and drops are there when metrics.layers.enable_rlc is true on the gNB.';
const OF_ALL_CELLS = 'A quota holds for all cells of the gNB: the command names none.';
const MAX_ONLY = 'Of a quota the maximum alone takes effect, and what is in force can not be read back.';

const oai = (measured: readonly string[], derived: readonly string[]) => ({
  measured: {
    cell: ['RRU.PrbTotDl', 'RRC.ConnMean'],
    slice: [],
    ue: ['DRB.UEThpDl', 'DRB.PdcpSduVolumeDL', ...measured],
  },
  derived: {
    cell: [...USE.filter((name) => name !== 'RRC.ConnMean'), 'RRU.PrbAvailDl', ...derived],
    slice: [...USE, ...derived],
    ue: ['RRU.PrbUsedDl', 'RCT.SNssai'],
  },
});

const OAI_LIMITS = [
  'The scheduler of OAI has no slice quotas, and telnet no command for any.',
  'Buffers and delays are not told.',
  NOTHING_BY_SLICE,
];

/** gNBs that are reached by other ways than E2. Their nodes are ours (`libs/e2-node`): they take what `oran` takes. */
export const adapterProfiles: { readonly [N in AdapterProfileName]: PeerProfile<N> } = {
  'srsran-24.04': adapter('srsran-24.04', 'none', {
    ran: 'srsRAN 24.04 to 24.10',
    reached: 'JSON metrics over UDP',
    ...withoutRlc,
    limits: [
      'There is no way to command it: no quotas.',
      DELAY_IS_RECKONED,
      NOTHING_BY_SLICE,
      PRBS_ARE_RECKONED,
    ],
  }),
  'srsran-25.04': adapter('srsran-25.04', 'none', {
    ran: 'srsRAN 25.04',
    reached: 'JSON metrics over UDP',
    ...withoutRlc,
    limits: [
      'Its remote control knows quit and ssb_set alone: no quotas.',
      DELAY_IS_RECKONED,
      NOTHING_BY_SLICE,
      PRBS_ARE_RECKONED,
    ],
  }),
  'srsran-25.10': adapter('srsran-25.10', 'max-only', {
    ran: 'srsRAN 25.10',
    reached: 'WebSocket remote control',
    ...withRlc,
    limits: [MAX_ONLY, OF_ALL_CELLS, RLC_MUST_BE_ON, NOTHING_BY_SLICE, PRBS_ARE_RECKONED],
  }),
  'ocudu-26.04': adapter('ocudu-26.04', 'max-only', {
    ran: 'OCUDU 26.04',
    reached: 'WebSocket remote control',
    ...withRlc,
    limits: [MAX_ONLY, OF_ALL_CELLS, RLC_MUST_BE_ON, NOTHING_BY_SLICE, PRBS_ARE_RECKONED],
  }),
  'oai-telnet': adapter('oai-telnet', 'none', {
    ran: 'OAI',
    reached: 'telnet, o1 stats',
    ...oai([], []),
    limits: [
      ...OAI_LIMITS,
      'PRBs of UEs are their parts of the load by throughput, as if their channels were alike.',
    ],
  }),
  'oai-mac-stats': adapter('oai-mac-stats', 'none', {
    ran: 'OAI',
    reached: 'nrMAC_stats.log, and o1 stats over telnet where that is given',
    ...oai(['RCT.SpectralEfficiencyDl'], ['RCT.SpectralEfficiencyDl', ...BLOCKS]),
    limits: [...OAI_LIMITS, 'Without telnet the load is reckoned, too.', PRBS_ARE_RECKONED],
  }),
};

function adapter<N extends AdapterProfileName>(
  name: N,
  quotaApplies: PeerProfile['rc']['quotaApplies'],
  capabilities: RanCapabilities,
): PeerProfile<N> {
  const { ran, reached } = capabilities;
  return {
    ...oran,
    name,
    description: `${ran} behind our adapter: ${reached}`,
    rc: { ...oran.rc, quotaApplies },
    capabilities,
  };
}
