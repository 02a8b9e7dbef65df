import { type HtmlFigure } from '../charts/html-page.js';
import { intervalChart, type IntervalSeries } from '../charts/interval-chart.js';
import { type Colours } from '../charts/palette.js';
import { type ComparedKpi } from '../compare/compared-kpis.js';
import { type ComparedQuantity, type Comparison } from '../compare/comparison.js';

const ARROWS: Readonly<Record<ComparedKpi['better'], string>> = {
  more: ', right is better',
  less: ', left is better',
  neither: '',
};

/** For each KPI of slices the paired differences with their intervals. */
export function differenceCharts({ methods, kpis }: Comparison, colours: Colours): HtmlFigure[] {
  const [first = '', ...others] = methods;
  const titles = [...new Set(kpis.filter(({ slice }) => slice !== 'all').map(({ kpi }) => kpi.title))];
  return titles.flatMap((title) => {
    const quantities = kpis.filter(({ kpi }) => kpi.title === title);
    const series = others
      .map((name) => ({ name, values: quantities.flatMap((quantity) => valueOf(quantity, name)) }))
      .filter(({ values }) => values.length > 0);
    const rows = quantities
      .map(({ slice }) => slice)
      .filter((slice) => series.some(({ values }) => values.some(({ row }) => row === slice)));
    const better = quantities[0]?.kpi.better ?? 'neither';
    if (series.length === 0) return [];
    const name = `${title}: ${others.length === 1 ? others[0] : 'difference'} less ${first}`;
    const xName = `difference${ARROWS[better]}`;
    return [{ name, svg: intervalChart({ title: name, xName, rows, series, colours }) }];
  });
}

function valueOf({ kpi, slice, differences }: ComparedQuantity, method: string): IntervalSeries['values'] {
  const { mean = null, halfWidth = null } = differences.find((one) => one.method === method) ?? {};
  if (mean === null) return [];
  const reach = halfWidth ?? Infinity;
  return [
    { row: slice, mean: mean * kpi.scale, low: (mean - reach) * kpi.scale, high: (mean + reach) * kpi.scale },
  ];
}
