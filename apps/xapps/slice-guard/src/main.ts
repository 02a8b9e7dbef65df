import { runXApp } from '@ricochet/xapp-sdk';
import { sliceGuard } from './slice-guard.js';

await runXApp(sliceGuard);
