import { runAdapter } from '@ricochet/adapter';
import { oaiConfigSchema, type OaiConfig } from './oai.config.js';
import { OaiRan } from './oai-ran.js';

await runAdapter<OaiConfig>({
  name: 'oai',
  schema: oaiConfigSchema,
  profilesOf: ({ RICOCHET_MAC_STATS }) => [RICOCHET_MAC_STATS === undefined ? 'oai-telnet' : 'oai-mac-stats'],
  createRan: (
    { RICOCHET_GNB: telnet, RICOCHET_MAC_STATS: statsFile },
    { cells, sliceOf, periodMs },
    around,
  ) => new OaiRan({ cells, sliceOf, periodMs, telnet, statsFile }, around),
});
