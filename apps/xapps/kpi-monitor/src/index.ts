export { kpiMonitor } from './kpi-monitor.js';
