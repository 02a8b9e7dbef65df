export { type AdapterConfig, adapterConfigSchema } from './adapter.config.js';
export { type GnbConfig, gnbConfigOf, readGnbConfig } from './gnb.config.js';
export { type Adapter, type Surroundings } from './adapter.js';
export { runAdapter } from './run-adapter.js';
