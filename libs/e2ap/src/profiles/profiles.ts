import { adapterProfiles } from './adapters.js';
import { flexric203, flexric301 } from './flexric.js';
import { oran } from './oran.js';
import { type PeerProfile, type ProfileName } from './profile.js';
import { srsran } from './srsran.js';

export const profiles: { readonly [N in ProfileName]: PeerProfile<N> } = {
  oran,
  srsran,
  'flexric-2.03': flexric203,
  'flexric-3.01': flexric301,
  ...adapterProfiles,
};
