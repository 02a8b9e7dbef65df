import { PROFILE_NAMES, type ProfileName } from '@ricochet/e2ap';
import { z } from 'zod';

const PREFIX_MARK = '*';

/** Profiles of nodes by their ids, or by the beginnings of ids: `gnb-001-01-1-*`. */
export const peerProfilesSchema = z.record(
  z.string().regex(/^[^*]*\*?$/, 'expected a node id, or the beginning of one and *'),
  z.enum(PROFILE_NAMES),
);
export type PeerProfiles = z.infer<typeof peerProfilesSchema>;

/** The profile that was given for a node: the id itself before any beginning, a longer beginning before a shorter. */
export function profileGivenFor(nodeId: string, given: PeerProfiles): ProfileName | undefined {
  const matching = Object.keys(given).filter((pattern) =>
    pattern.endsWith(PREFIX_MARK)
      ? nodeId.startsWith(pattern.slice(0, -PREFIX_MARK.length))
      : nodeId === pattern,
  );
  const rank = (pattern: string): number => (pattern === nodeId ? Infinity : pattern.length);
  const [best] = matching.toSorted((one, other) => rank(other) - rank(one));
  return best === undefined ? undefined : given[best];
}
