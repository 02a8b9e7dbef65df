import { runAdapter } from '@ricochet/adapter';
import { srsranConfigSchema, type SrsranConfig } from './srsran.config.js';
import { SrsranRemoteRan } from './srsran-remote-ran.js';
import { SrsranUdpRan } from './srsran-udp-ran.js';

await runAdapter<SrsranConfig>({
  name: 'srsran',
  schema: srsranConfigSchema,
  profilesOf: ({ RICOCHET_GNB: { kind } }) =>
    kind === 'ws' ? ['srsran-25.10', 'ocudu-26.04'] : ['srsran-24.04', 'srsran-25.04'],
  takesDatagrams: ({ RICOCHET_GNB: { kind } }) => kind === 'udp',
  createRan(
    { RICOCHET_GNB: address, RICOCHET_MCS_TABLE: mcsTable },
    { cells, sliceOf, periodMs, udp },
    around,
  ) {
    const options = { cells, sliceOf, periodMs, mcsTable };
    return address.kind === 'ws'
      ? new SrsranRemoteRan({ ...options, url: address.url }, around)
      : new SrsranUdpRan({ ...options, bind: address, from: udp?.from }, around);
  },
});
