export { type AdapterConfig, adapterConfigSchema } from './adapter.config.js';
export { type GnbConfig, gnbConfigOf, readGnbConfig } from './gnb.config.js';
export { type Adapter, runAdapter, type Surroundings } from './run-adapter.js';
