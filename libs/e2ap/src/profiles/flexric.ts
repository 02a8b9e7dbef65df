import { type MessageName } from '../pdu.js';
import { NO_MEASUREMENTS } from './capabilities.js';
import { type PeerProfile } from './profile.js';
import { V3_MESSAGES } from './v3-messages.js';

/** Messages on which FlexRIC's agent ends its process: the whole gNB, with OAI. */
const FATAL: readonly MessageName[] = [
  'ErrorIndication',
  'ResetRequest',
  'ResetResponse',
  'RICserviceQuery',
  'RICserviceUpdateAcknowledge',
  'RICserviceUpdateFailure',
  'E2nodeConfigurationUpdateAcknowledge',
  'E2nodeConfigurationUpdateFailure',
  'E2connectionUpdate',
  'E2setupFailure',
];

const MEASUREMENTS = [
  'DRB.PdcpSduVolumeDL',
  'DRB.PdcpSduVolumeUL',
  'DRB.RlcSduDelayDl',
  'DRB.UEThpDl',
  'DRB.UEThpUl',
  'RRU.PrbTotDl',
  'RRU.PrbTotUl',
];

/** Both versions take the same: what is compiled for v3.01 knows none of its new messages either. */
const common = {
  neverSend: new Set([...FATAL, ...V3_MESSAGES]),
  unanswered: new Set<MessageName>(),
  actionsPerSubscription: 1,
  deletesAtOnce: Infinity,
  unknownDeleteAnswersZero: false,
  acceptsRejectedFunctions: false,
  kpm: {
    dialect: 'flexric',
    sliceLabels: false,
    ueCondition: 'equal',
  },
  rc: { quotaNumbering: 'gapless', nrCgi: 'raw', quotaApplies: 'none' },
  capabilities: {
    ran: 'OAI with the agent of FlexRIC',
    reached: 'E2 over SCTP',
    measured: { cell: [], slice: [], ue: MEASUREMENTS },
    derived: NO_MEASUREMENTS,
    limits: [
      'KPM of the UEs of one slice, which the subscription has to name; a DU measures nothing of PDCP.',
      'An unknown measurement, label or condition ends the gNB: none is sent.',
      'The scheduler of OAI has no slice quotas.',
      'Errors, resets and queries end the gNB: none is sent.',
    ],
  },
  ppid: 0,
  setupRetryMs: 3_000,
} as const satisfies Partial<PeerProfile>;

/** OAI with FlexRIC's agent as it is compiled by default. */
export const flexric203: PeerProfile<'flexric-2.03'> = {
  name: 'flexric-2.03',
  description: 'OAI with the agent of FlexRIC, E2AP v2.03: KPM of the UEs of one slice, no errors told to it',
  e2apVersion: 'v2.03',
  ...common,
};

/** The same compiled for E2AP v3.01. */
export const flexric301: PeerProfile<'flexric-3.01'> = {
  name: 'flexric-3.01',
  description: 'OAI with the agent of FlexRIC, E2AP v3.01: KPM of the UEs of one slice, no errors told to it',
  e2apVersion: 'v3.01',
  ...common,
};
