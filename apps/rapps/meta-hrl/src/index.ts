export { metaHrl } from './meta-hrl.js';
export { metaHrlConfigSchema, type MetaHrlConfig } from './meta-hrl.config.js';
