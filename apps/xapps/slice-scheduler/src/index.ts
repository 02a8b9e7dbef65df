export { sliceScheduler } from './slice-scheduler.js';
