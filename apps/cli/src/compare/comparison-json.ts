import { type Comparison } from './comparison.js';

/** `comparison.json`: the same, KPIs by the names that `summary.json` has them by. */
export function comparisonJson({ kpis, ...comparison }: Comparison): string {
  const named = kpis.map(({ kpi, slice, methods, differences }) => ({
    kpi: kpi.name,
    slice,
    better: kpi.better,
    methods,
    differences,
  }));
  return `${JSON.stringify({ ...comparison, kpis: named }, null, 2)}\n`;
}
