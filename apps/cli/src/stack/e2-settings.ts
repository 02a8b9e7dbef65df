import { type AgentProfileName, type E2CodecName, type ProfileName } from '@ricochet/e2ap';

/** How the nodes and the RIC of a stack speak E2. */
export interface E2Settings {
  /** Where the emulated nodes connect: `nats` or `sctp://host:port`. */
  readonly nodesAt: string;
  readonly codec: E2CodecName;
  /** Whose E2 agent the emulated nodes behave like. */
  readonly profile: AgentProfileName;
  /** Where the RIC takes nodes over SCTP: `none`, `auto` or `sctp://host:port`. */
  readonly listen: string;
  /** From where; absent: from anywhere. */
  readonly allow?: string;
  /** How the RIC speaks to nodes, by id or `prefix*`. */
  readonly peerProfiles: Readonly<Record<string, ProfileName>>;
}

/** All over NATS, as the standard has it. */
export const E2_OVER_NATS: E2Settings = {
  nodesAt: 'nats',
  codec: 'aper',
  profile: 'oran',
  listen: 'none',
  peerProfiles: {},
};
