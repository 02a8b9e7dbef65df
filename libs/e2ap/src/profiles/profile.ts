import { type MessageName } from '../pdu.js';
import { type RanCapabilities } from './capabilities.js';

/** Of nodes that speak E2 themselves. */
export const AGENT_PROFILE_NAMES = ['oran', 'srsran', 'flexric-2.03', 'flexric-3.01'] as const;
/** Of gNBs behind our adapters: the same E2 as ours, the limits of theirs. */
export const ADAPTER_PROFILE_NAMES = [
  'srsran-24.04',
  'srsran-25.04',
  'srsran-25.10',
  'ocudu-26.04',
  'oai-telnet',
  'oai-mac-stats',
] as const;
export const PROFILE_NAMES = [...AGENT_PROFILE_NAMES, ...ADAPTER_PROFILE_NAMES] as const;
export type AgentProfileName = (typeof AGENT_PROFILE_NAMES)[number];
export type AdapterProfileName = (typeof ADAPTER_PROFILE_NAMES)[number];
export type ProfileName = AgentProfileName | AdapterProfileName;

/**
 * What an E2 node of one make takes, and in which form. It says what the RIC may send to it; the node's own side of
 * an association, whose peer is a RIC, has the profile `oran`.
 */
export interface PeerProfile<N extends ProfileName = ProfileName> {
  readonly name: N;
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
  readonly capabilities: RanCapabilities;
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
  /** Which of the three ratios of a quota take effect; `none`: it takes no quota at all. */
  readonly quotaApplies: 'all' | 'max-only' | 'none';
}
