export * from './a1.contract.js';
export * from './contract.js';
export * from './e2.contract.js';
export * from './learning.contract.js';
export * from './ran.schema.js';
export * from './ric.contract.js';
export * from './simulation.contract.js';
export * from './xapp.contract.js';
