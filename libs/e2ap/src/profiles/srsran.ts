import { NO_MEASUREMENTS } from './capabilities.js';
import { type PeerProfile } from './profile.js';

/** Of the DU; those of RLC stay zero unless `metrics.layers.enable_rlc` is true. */
const MEASUREMENTS = [
  'RRU.PrbAvailDl',
  'RRU.PrbAvailUl',
  'RRU.PrbUsedDl',
  'RRU.PrbUsedUl',
  'RRU.PrbTotDl',
  'RRU.PrbTotUl',
  'DRB.UEThpDl',
  'DRB.UEThpUl',
  'DRB.RlcSduDelayDl',
  'DRB.RlcPacketDropRateDl',
  'DRB.RlcSduTransmittedVolumeDL',
  'DRB.RlcSduTransmittedVolumeUL',
  'DRB.AirIfDelayUl',
  'DRB.RlcDelayUl',
  'RACH.PreambleDedCell',
];

/** The E2 agents of srsRAN 24.04 to 25.10, and of OCUDU after it. */
export const srsran: PeerProfile<'srsran'> = {
  name: 'srsran',
  description:
    'srsRAN and OCUDU: no KPM by slice, one action a subscription, PRB quotas of which the maximum applies',
  e2apVersion: 'v3.01',
  neverSend: new Set([
    'RICsubscriptionModificationRequest',
    'RICsubscriptionModificationConfirm',
    'RICsubscriptionModificationRefuse',
    'RICqueryRequest',
  ]),
  unanswered: new Set(['ResetRequest', 'RICserviceQuery', 'E2removalRequest']),
  actionsPerSubscription: 1,
  // An answer under the request id 0/0 must be told by being the only one outstanding.
  deletesAtOnce: 1,
  unknownDeleteAnswersZero: true,
  acceptsRejectedFunctions: true,
  kpm: {
    dialect: 'v3',
    sliceLabels: false,
    ueCondition: 'ignored',
  },
  rc: { quotaNumbering: 'standard', nrCgi: 'per', quotaApplies: 'max-only' },
  capabilities: {
    ran: 'srsRAN 24.04 to 25.10, OCUDU 26.04',
    reached: 'E2 over SCTP',
    measured: { cell: MEASUREMENTS, slice: [], ue: MEASUREMENTS },
    derived: NO_MEASUREMENTS,
    limits: [
      'KPM has no labels: nothing by slice.',
      'Conditions on UEs are not looked at: all UEs are reported.',
      'What RLC measures is 0 unless metrics.layers.enable_rlc is true on the gNB.',
      'Of a quota the maximum alone takes effect, and what is in force can not be read back.',
      'A control that it does not support has no answer.',
    ],
  },
  ppid: 72,
};
