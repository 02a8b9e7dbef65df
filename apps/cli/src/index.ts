export { type RunSummary } from './run/summary.js';
