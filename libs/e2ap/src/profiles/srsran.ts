import { type PeerProfile } from './profile.js';

/** The E2 agents of srsRAN 24.04 to 25.10, and of OCUDU after it. */
export const srsran: PeerProfile = {
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
  ppid: 72,
};
