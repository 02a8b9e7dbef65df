import { KPI_CATALOGUE, KPI_NAMES, type KpiLevel } from '@ricochet/ran-types';
import { NO_MEASUREMENTS } from './capabilities.js';
import { type PeerProfile } from './profile.js';

const measuredAt = (level: KpiLevel) =>
  KPI_NAMES.filter((name) => KPI_CATALOGUE[name].levels.some((each: KpiLevel) => each === level));

/** What the standard has, and what our own nodes are. */
export const oran: PeerProfile<'oran'> = {
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
  capabilities: {
    ran: 'our emulated nodes',
    reached: 'E2, over NATS or SCTP',
    measured: { cell: measuredAt('cell'), slice: measuredAt('slice'), ue: measuredAt('ue') },
    derived: NO_MEASUREMENTS,
    limits: ['The downlink alone: the radio model has no uplink.'],
  },
  ppid: 70,
};
