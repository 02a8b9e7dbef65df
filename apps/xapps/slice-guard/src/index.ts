export { sliceGuard } from './slice-guard.js';
