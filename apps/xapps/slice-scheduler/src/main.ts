import { runXApp } from '@ricochet/xapp-sdk';
import { sliceScheduler } from './slice-scheduler.js';

await runXApp(sliceScheduler);
