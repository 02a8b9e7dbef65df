export { sliceQuota } from './slice-quota.js';
