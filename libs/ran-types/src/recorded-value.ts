import { KPI_CATALOGUE, type KpiName } from './kpi-catalogue.js';

/** Real values are told in steps of one of this many, which keeps them short. */
const STEPS = 1e4;

/** How a report tells the values of a measurement: whole and not negative, in steps, or as they are (weights). */
export function recorderOf(name: KpiName): (value: number) => number {
  if (KPI_CATALOGUE[name].record === 'integer') return (value) => Math.max(0, Math.round(value));
  if (name === 'RCT.SchedulingWeightDl') return (value) => value;
  return (value) => Math.round(value * STEPS) / STEPS;
}
