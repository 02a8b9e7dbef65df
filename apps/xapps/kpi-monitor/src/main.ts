import { runXApp } from '@ricochet/xapp-sdk';
import { kpiMonitor } from './kpi-monitor.js';

await runXApp(kpiMonitor);
