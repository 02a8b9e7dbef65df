import { ConfigError } from '@ricochet/platform';
import { type AdapterConfig } from './adapter.config.js';
import { type GnbConfig, readGnbConfig } from './gnb.config.js';
import { type Adapter } from './adapter.js';

/**
 * The description of the gNB that an adapter is to adapt.
 * @throws ConfigError it can not be read, or is of a gNB that is met another way; names the file and the key
 */
export function adaptedGnb<C extends AdapterConfig>(
  adapter: Pick<Adapter<C>, 'profilesOf' | 'takesDatagrams'>,
  config: C,
): GnbConfig {
  const file = config.RICOCHET_GNB_CONFIG;
  const gnb = readGnbConfig(file);
  const possible = adapter.profilesOf(config);
  if (gnb.profile !== undefined && !possible.includes(gnb.profile)) {
    throw new ConfigError(
      `${file}: profile: ${gnb.profile} is not met this way, ${possible.join(' or ')} is`,
    );
  }
  if (gnb.udp !== undefined && !adapter.takesDatagrams?.(config)) {
    throw new ConfigError(
      `${file}: udp: expected none: ${possible.join(' or ')} sends no datagrams; srsRAN 24.04 to 25.04 sends them (--udp)`,
    );
  }
  return gnb;
}
