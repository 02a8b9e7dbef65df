import { runXApp } from '@ricochet/xapp-sdk';
import { sliceQuota } from './slice-quota.js';

await runXApp(sliceQuota);
