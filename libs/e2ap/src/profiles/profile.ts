import { type MessageName } from '../pdu.js';

export const PROFILE_NAMES = ['oran', 'srsran', 'flexric-2.03', 'flexric-3.01'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * What an E2 node of one make takes, and in which form. It says what the RIC may send to it; the node's own side of
 * an association, whose peer is a RIC, has the profile `oran`.
 */
export interface PeerProfile {
  readonly name: ProfileName;
  /** In words, for a list of profiles. */
  readonly description: string;
  readonly e2apVersion: 'v2.03' | 'v3.01';
  /** What would harm it, or what its version does not have. */
  readonly neverSend: ReadonlySet<MessageName>;
  /** What it takes and passes over: nobody need wait for an answer. */
  readonly unanswered: ReadonlySet<MessageName>;
  readonly actionsPerSubscription: number;
  /** How many RIC Subscription Deletes may be outstanding. */
  readonly deletesAtOnce: number;
  /** It answers the deletion of what it does not know under the RIC request id 0/0. */
  readonly unknownDeleteAnswersZero: boolean;
  /** An E2 Setup Response may list rejected RAN functions. */
  readonly acceptsRejectedFunctions: boolean;
  readonly kpm: KpmProfile;
  readonly rc: RcProfile;
  /** SCTP payload protocol identifier of what it sends; on reading none is insisted on. */
  readonly ppid: number;
  /** How long it waits before it tries another E2 Setup. */
  readonly setupRetryMs?: number;
}

interface KpmProfile {
  /** In which form action definitions are written to it (`KpmDialect` of the service model). */
  readonly dialect: 'v3' | 'flexric';
  /** It can report by slice; otherwise it knows the label `noLabel` alone. */
  readonly sliceLabels: boolean;
  /**
   * Which condition on the S-NSSAI of UEs it takes: that there is one, or equal to a given one; or equal alone; or any,
   * without looking at it.
   */
  readonly ueCondition: 'present' | 'equal' | 'ignored';
}

interface RcProfile {
  /** Ids of the RAN parameters of the slice-level PRB quota: those of the standard, or without its gap at 4. */
  readonly quotaNumbering: 'standard' | 'gapless';
  /** NR CGI in 9 octets of aligned PER, or in 8 raw ones. */
  readonly nrCgi: 'per' | 'raw';
  /** Which of the three ratios of a quota take effect. */
  readonly quotaApplies: 'all' | 'max-only';
}
