export { type SrsranOptions } from './metrics/metrics-flow.js';
export { type SrsranRemoteOptions, SrsranRemoteRan } from './srsran-remote-ran.js';
export { type SrsranUdpOptions, SrsranUdpRan } from './srsran-udp-ran.js';
