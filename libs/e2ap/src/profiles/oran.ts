import { type PeerProfile } from './profile.js';

/** What the standard has, and what our own nodes are. */
export const oran: PeerProfile = {
  name: 'oran',
  description: 'as the O-RAN specifications have it; the emulated nodes',
  e2apVersion: 'v3.01',
  neverSend: new Set(),
  unanswered: new Set(),
  actionsPerSubscription: 16,
  deletesAtOnce: Infinity,
  unknownDeleteAnswersZero: false,
  acceptsRejectedFunctions: true,
  kpm: {
    dialect: 'v3',
    sliceLabels: true,
    ueCondition: 'present',
  },
  rc: { quotaNumbering: 'standard', nrCgi: 'per', quotaApplies: 'all' },
  ppid: 70,
};
