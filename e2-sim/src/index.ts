export { type SimConfig } from './sim.config.js';
